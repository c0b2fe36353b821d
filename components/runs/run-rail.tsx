import { ButtonLink } from '@/components/ui/button'
import { Facts, RailPart } from '@/components/ui/facts'
import { Rehearsal } from '@/components/ui/state-shape'
import { Tally } from '@/components/ui/tally'
import type { RunChangeSet, RunPage } from '@/lib/runs/queries/page'

const LETTER = { create: 'A', modify: 'M', delete: 'D' } as const
const SAID: Record<RunChangeSet['state'], string> = {
  proposed: 'In the workspace only. Applied after sign-off.',
  approved: 'Approved. Being applied.',
  rejected: 'Rejected. Nothing was written.',
  applying: 'Being applied, file by file.',
  applied: 'Applied to the workspace.',
  conflicted: 'Not applied: the workspace has changed since the run began.',
}

/** Beside the steps: what the run wants to change, and what it is pinned to. */
export function RunRail(props: { run: RunPage }) {
  const { run } = props
  return (
    <>
      <RailPart title="Change-set" aside={run.changeSet ? sizeOf(run.changeSet) : null}>
        {run.changeSet ? (
          <Changes set={run.changeSet} />
        ) : (
          <p className="text-ink-2">
            {run.over ? 'It changed nothing.' : 'Nothing yet. Changes show here when it is done.'}
          </p>
        )}
      </RailPart>
      <RailPart title="Pinned at start" aside="cannot change">
        <Facts
          labelWidth={96}
          facts={[
            {
              label: 'Definition',
              value: <Tally digest={run.digest} rule={{ state: 'sealed' }} />,
            },
            { label: 'Constitution', value: <Tally digest={run.constitutionHash} /> },
            {
              label: 'Workspace',
              value: run.snapshotDigest ? <Tally digest={run.snapshotDigest} /> : 'not read yet',
            },
            { label: 'Model', value: run.rehearsal ? <Rehearsal /> : run.model },
          ]}
        />
      </RailPart>
    </>
  )
}

function sizeOf(set: RunChangeSet): string {
  const added = set.files.reduce((sum, file) => sum + file.added, 0)
  const removed = set.files.reduce((sum, file) => sum + file.removed, 0)
  const files = set.files.length === 1 ? '1 file' : `${set.files.length} files`
  return `${files}, +${added} −${removed}`
}

function Changes(props: { set: RunChangeSet }) {
  const { set } = props
  return (
    <>
      <ul>
        {set.files.map((file) => (
          <li key={file.path} className="flex items-baseline gap-2.5 py-0.5 text-mono">
            <span className="font-mono text-ink-3">{LETTER[file.change]}</span>
            <span className="min-w-0 flex-1 truncate font-mono" title={file.path}>
              <bdi>{file.path}</bdi>
            </span>
            <span className="text-grn">+{file.added}</span>
            <span className="text-red">−{file.removed}</span>
          </li>
        ))}
        {set.operations.map((operation) => (
          <li key={`${operation.callId} ${operation.argv.join(' ')}`} className="py-0.5">
            <code className="text-mono [overflow-wrap:anywhere]">{operation.argv.join(' ')}</code>{' '}
            <span className="text-meta text-ink-3">{operation.state.replace('_', ' ')}</span>
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-between gap-3 pt-2">
        <p className="text-meta text-ink-2">{SAID[set.state]}</p>
        {set.approvalId ? (
          <ButtonLink href={`/inbox/${set.approvalId}`} size="small">
            Open diff
          </ButtonLink>
        ) : null}
      </div>
      {set.error ? <p className="pt-1 text-meta text-red">{set.error}</p> : null}
    </>
  )
}

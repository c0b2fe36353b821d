'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { PartError } from '@/components/ui/empty'
import { Field, Select } from '@/components/ui/field'
import { countItems, type IntakeCounts } from './import/intake'
import { ImportResults } from './import/results'
import { ImportSources } from './import/sources'
import { useImport } from './import/use-import'
import { counted } from './marks'

/** The heading: first what will happen, afterwards what did. */
function headingOf(total: number, counts: IntakeCounts): string {
  if (total === 0) return 'Import agents'
  const waiting = counts.ready + counts.sending + counts.lost
  if (counts.imported + counts.unchanged === 0 && waiting > 0) {
    return `${counted(total, 'file')} read, ${waiting} can be imported`
  }
  if (waiting > 0) return `${counts.imported + counts.unchanged} of ${total} files imported`
  const parts = [
    `${counts.imported} imported`,
    counts.unchanged > 0 ? `${counts.unchanged} unchanged` : '',
    counts.skipped > 0 ? `${counts.skipped} skipped` : '',
    counts.refused > 0 ? `${counts.refused} refused` : '',
  ].filter(Boolean)
  return `${counted(total, 'file')}: ${parts.join(', ')}`
}

/** What there is to know before or after the button; never only a colour. */
function footOf(counts: IntakeCounts): string {
  const waiting = counts.ready + counts.lost
  if (waiting > 0) {
    return waiting === 1 ? 'It arrives as a draft.' : `All ${waiting} arrive as drafts.`
  }
  if (counts.withErrors > 0) {
    return `${counted(counts.withErrors, 'agent')} with errors: they wait on each agent’s page.`
  }
  return counts.imported > 0 ? 'They are drafts. Nothing runs before a proposal is approved.' : ''
}

/**
 * Imports agent files as they are, each by itself: one that is refused stops no other, and importing
 * again changes nothing. `departments` are those into which the reader may import. Used by the
 * import page and by setup; `onDone` is called after
 * every round in which all files were answered.
 */
export function ImportPanel(props: {
  departments: readonly { id: string; name: string }[]
  onDone?: () => void
}) {
  const router = useRouter()
  const { onDone } = props
  const [departmentId, setDepartment] = useState(props.departments[0]?.id ?? '')
  const intake = useImport(() => {
    router.refresh()
    onDone?.()
  })
  const counts = countItems(intake.items)
  const waiting = counts.ready + counts.lost
  const total = intake.items.length
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-sm:px-4">
        <h2 className="text-heading">{headingOf(total, counts)}</h2>
        <p className="pt-0.5 text-ink-2">
          Every file is kept byte for byte. Import never repairs; findings wait on each agent.
        </p>
        <div className="flex max-w-[760px] flex-col gap-4 pt-4 pb-5">
          <Field id="import-department" label="Department" hint="It owns what is imported.">
            <Select
              id="import-department"
              className="max-w-[320px]"
              value={departmentId}
              disabled={intake.sending}
              onChange={(event) => setDepartment(event.target.value)}
            >
              {props.departments.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
          <ImportSources add={intake.add} />
        </div>
        {intake.problem === null ? null : (
          <PartError title="Not everything was imported.">{intake.problem}</PartError>
        )}
        {total === 0 ? null : <ImportResults items={intake.items} />}
      </div>
      {total === 0 ? null : (
        <div
          data-verbs=""
          className="flex min-h-14 shrink-0 flex-wrap items-center gap-3 border-t border-line-2 px-6 py-2.5 max-sm:px-4"
        >
          <p className="text-ink-2">{footOf(counts)}</p>
          <div className="ml-auto flex items-center gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
            {intake.sending ? null : (
              <Button tone="quiet" size="commit" onClick={intake.clear}>
                Clear the list
              </Button>
            )}
            {waiting > 0 || intake.sending ? (
              <Button
                tone="primary"
                size="commit"
                keys="⌘↵"
                pending={intake.sending}
                disabled={departmentId === ''}
                onClick={() => void intake.send(departmentId)}
              >
                {intake.sending
                  ? `Importing, ${counts.imported + counts.unchanged + counts.refused} of ${total}`
                  : counts.lost > 0
                    ? `Import the other ${waiting}`
                    : `Import ${counted(waiting, 'file')}`}
              </Button>
            ) : (
              <ButtonLink href="/agents" tone="primary" size="commit">
                See the agents
              </ButtonLink>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

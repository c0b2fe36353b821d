import { Download, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/empty'
import { State } from '@/components/ui/state-shape'
import { Tabs } from '@/components/ui/tabs'
import type { AgentFacts, DraftView } from '@/lib/agents/queries/page'
import { LIFECYCLE_VERBS, whyNotLifecycle, whyNotRunnable } from '@/lib/agents/rules'
import { Lifecycle } from './lifecycle'
import { OpenDraft } from './open-draft'

export type AgentTab = 'record' | 'definition' | 'versions'

type Props = {
  facts: AgentFacts
  draft: DraftView | null
  versionCount: number
  current: AgentTab
  reader: { mayEdit: boolean; mayRun: boolean; mayReadLog: boolean; maySuspend: boolean }
  children: ReactNode
}

function whyNotRun(facts: AgentFacts): string | null {
  return whyNotRunnable({
    state: facts.state,
    live: facts.liveVersionId !== null,
    slug: facts.slug,
  })
}

function Verbs(props: Props) {
  const { facts, draft, reader } = props
  const edit = `/agents/${facts.slug}/edit`
  const whyNot = whyNotRun(facts)
  return (
    <div className="ml-auto flex shrink-0 flex-wrap items-center gap-2 max-sm:ml-0 max-sm:w-full">
      <a
        href={`/api/console/agents/${facts.slug}/definition`}
        download
        className={buttonClass({ tone: 'quiet' })}
        title="The exact bytes of the current definition"
      >
        <Download aria-hidden="true" size={14} strokeWidth={1.75} />
        Export
      </a>
      {reader.maySuspend ? (
        <Lifecycle
          agentId={facts.id}
          slug={facts.slug}
          verbs={LIFECYCLE_VERBS.filter((verb) => whyNotLifecycle(verb, facts) === null)}
        />
      ) : null}
      {reader.mayRun && whyNot === null ? (
        <ButtonLink
          href={`/runs/new?agent=${facts.slug}`}
          icon={<Play aria-hidden="true" size={13} strokeWidth={1.75} />}
        >
          Start run
        </ButtonLink>
      ) : null}
      {draft ? (
        <ButtonLink href={edit} tone={reader.mayEdit ? 'primary' : 'secondary'} keys="E">
          {reader.mayEdit ? 'Edit draft' : 'Read draft'}
        </ButtonLink>
      ) : reader.mayEdit && facts.state !== 'retired' ? (
        <OpenDraft agentId={facts.id} to={edit} tone="primary" keys="E">
          Edit draft
        </OpenDraft>
      ) : null}
    </div>
  )
}

/** What stands above every page of one agent: name, state, risk, its verbs and its parts. */
export function AgentFrame(props: Props) {
  const { facts, current } = props
  const base = `/agents/${facts.slug}`
  const tabs = [
    { label: 'Record', href: base, current: current === 'record' },
    { label: 'Definition', href: `${base}/definition`, current: current === 'definition' },
    {
      label: 'Versions',
      href: `${base}/versions`,
      count: props.versionCount,
      current: current === 'versions',
    },
    ...(props.reader.mayReadLog
      ? [{ label: 'Log', href: `/log?target=${facts.id}`, current: false }]
      : []),
  ]
  return (
    <>
      <PageHeader crumbs={[{ label: 'Agents', href: '/agents' }, { label: facts.slug }]} />
      <div className="shrink-0 px-6 pt-3.5 max-sm:px-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 text-heading [overflow-wrap:anywhere]">{facts.slug}</h1>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-ink-2">
            <State kind="agent" is={facts.state} />
            <span aria-hidden="true">·</span>
            <State kind="risk" is={facts.riskTier} />
            <span aria-hidden="true">·</span>
            {facts.department}
          </p>
          <Verbs {...props} />
        </div>
        <Tabs
          label={`Parts of ${facts.slug}`}
          tabs={tabs}
          className="-mx-6 mt-2 px-6 max-sm:-mx-4 max-sm:px-4"
        />
      </div>
      {facts.state === 'suspended' || facts.state === 'retired' ? (
        <Notice tone={facts.state === 'suspended' ? 'amber' : 'plain'}>{whyNotRun(facts)}</Notice>
      ) : null}
      {facts.sponsorId === null && facts.state === 'active' ? (
        <Notice tone="amber">
          Nobody sponsors {facts.slug}, so nobody answers for it at its review. An administrator
          assigns a sponsor beside the facts.
        </Notice>
      ) : null}
      {props.children}
    </>
  )
}

import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageHeader, Views } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/empty'
import { Tabs } from '@/components/ui/tabs'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ConstitutionView, DraftFacts } from '@/lib/agents/queries/constitution'
import { OpenDraft } from './draft-verbs'

const PARTS = [
  { key: '', label: 'Overview' },
  { key: 'principles', label: 'Principles' },
  { key: 'policy', label: 'Policy matrix' },
  { key: 'tools', label: 'Tools' },
  { key: 'models', label: 'Models' },
  { key: 'servers', label: 'MCP servers' },
  { key: 'keywords', label: 'Keywords' },
  { key: 'sections', label: 'Sections' },
  { key: 'reviews', label: 'Reviews' },
  { key: 'approvals', label: 'Approvals' },
  { key: 'rules', label: 'Rules' },
  { key: 'document', label: 'Document' },
  { key: 'versions', label: 'Versions' },
] as const
type PartKey = (typeof PARTS)[number]['key'] | 'changes'

/** The address of a page; the draft goes along, so that an editor stays in it. */
export function partHref(key: PartKey, of: ConstitutionView['of']): string {
  const base = key === '' ? '/constitution' : `/constitution/${key}`
  const drafted = !['rules', 'versions', 'changes', ''].includes(key)
  return of === 'draft' && drafted ? `${base}?draft` : base
}

type Props = {
  view: ConstitutionView
  current: PartKey
  clock: Clock
  /** True when the page shows the same whatever is in the draft. */
  plain?: boolean
  title?: string
  children: ReactNode
}

/** What stands above every page of the constitution: which one is shown, its bytes, its parts. */
export function ConstitutionFrame(props: Props) {
  const { view, current, plain } = props
  const { draft, of } = view
  const label = PARTS.find((part) => part.key === current)?.label ?? props.title ?? ''
  const tabs = PARTS.map((part) => ({
    label: part.label,
    href: partHref(part.key, of),
    current: part.key === current,
  }))
  const here = current === 'changes' ? '/constitution/changes' : partHref(current, 'force')
  const views = [
    { label: 'In force', href: here, current: of === 'force' },
    { label: 'Draft', href: `${here}?draft`, current: of === 'draft' },
  ]
  return (
    <>
      <PageHeader
        crumbs={
          current === ''
            ? [{ label: 'Constitution' }]
            : [{ label: 'Constitution', href: '/constitution' }, { label }]
        }
        views={draft && !plain ? <Views views={views} /> : null}
      />
      <div className="shrink-0 px-6 pt-3.5 max-sm:px-4">
        <Heading view={view} />
        <Tabs
          label="Parts of the constitution"
          tabs={tabs}
          className="-mx-6 mt-2 px-6 max-sm:-mx-4 max-sm:px-4"
        />
      </div>
      {draft && !plain && (of === 'draft' || current === 'changes') ? (
        <DraftNotice draft={draft} clock={props.clock} current={current} />
      ) : null}
      <Pane label={label} focusable className="px-6 py-5 max-sm:px-4">
        {props.children}
      </Pane>
    </>
  )
}

function Heading({ view }: { view: ConstitutionView }) {
  const { inForce, draft, of } = view
  const shown = of === 'draft' && draft ? draft : inForce
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="text-heading">Constitution {shown.label}</h1>
      <Tally
        digest={shown.hash}
        rule={
          of === 'draft' ? { state: 'draft' } : { state: inForce.ordinal > 0 ? 'sealed' : 'none' }
        }
      />
      <p className="text-ink-2">
        {of === 'draft' ? 'draft, not in force' : null}
        {of === 'force' ? (inForce.ordinal === 0 ? 'in force, as it ships' : 'in force') : null}
      </p>
      <div className="ml-auto flex shrink-0 flex-wrap items-center gap-2 max-sm:ml-0">
        <a
          href={`/api/console/constitution/document${of === 'draft' ? '?draft' : ''}`}
          download
          className={buttonClass({ tone: 'quiet' })}
          title="The exact bytes of this document"
        >
          <Download aria-hidden="true" size={14} strokeWidth={1.75} />
          Export
        </a>
        {view.whyNotEdit === null && draft === null ? (
          <OpenDraft to="/constitution/changes" />
        ) : null}
      </div>
    </div>
  )
}

function DraftNotice(props: { draft: DraftFacts; clock: Clock; current: PartKey }) {
  const { draft } = props
  const proposed = draft.state === 'proposed'
  return (
    <Notice tone="amber">
      <p>
        <strong>Draft, not in force.</strong>{' '}
        {proposed
          ? 'It is up for approval and cannot be changed until people have decided.'
          : 'Nothing changes for any agent until people have agreed to it.'}{' '}
        <span className="text-ink-2">
          Revision {draft.revision}, saved by <bdi>{draft.editedBy.name}</bdi>{' '}
          <Time at={draft.updatedAt} clock={props.clock} />.{' '}
          {props.current === 'changes' ? null : (
            <TextLink href="/constitution/changes">
              {draft.changes.length === 1 ? '1 change' : `${draft.changes.length} changes`}
            </TextLink>
          )}
        </span>
      </p>
    </Notice>
  )
}

import type { ReactNode } from 'react'
import { State } from '@/components/ui/state-shape'
import { Tally, TallyMark, tallyName } from '@/components/ui/tally'
import type { TallyRule } from '@/components/ui/tally-geometry'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { FindingCells, ReviewDate } from '../marks'
import type { CatalogColumn } from './columns'

/** What people said about the bytes that speak for the agent. */
function ruleOf(row: CatalogRow): TallyRule {
  if (row.live !== null) return { state: 'sealed' }
  return row.proposed === null ? { state: 'draft' } : openRule(row)
}

function openRule(row: CatalogRow): TallyRule {
  return { state: 'open', seats: row.quorum ?? 1, signed: row.signed }
}

/** What waits beside the live version: an open proposal with its seats, or a draft. */
function Pending(props: { row: CatalogRow }) {
  const { row } = props
  if (row.draftDigest === null) return null
  const proposed = row.proposed !== null
  if (!proposed && row.live === null) return null
  const rule: TallyRule = proposed ? openRule(row) : { state: 'draft' }
  return (
    <span className="inline-flex items-center gap-[7px] align-middle" title={row.draftDigest}>
      <span className="sr-only">{tallyName(row.draftDigest, rule)}, </span>
      <TallyMark digest={row.draftDigest} rule={rule} />
      <span className="whitespace-nowrap text-ink-2">
        {proposed ? row.proposed : `rev ${row.draftRevision}`}
      </span>
    </span>
  )
}

function Words(props: { children: string }) {
  return (
    <span className="block truncate text-ink-2" title={props.children}>
      {props.children}
    </span>
  )
}

function Person(props: { name: string | null }) {
  return props.name === null ? (
    <span className="text-amb">nobody</span>
  ) : (
    <Words>{props.name}</Words>
  )
}

/** The first names of a list and how many more there are; every tool is said, not listed. */
function Names(props: { names: readonly string[]; total: number }) {
  const { names, total } = props
  if (names.includes('*')) return <span className="text-red">every tool</span>
  const said = names.join(', ')
  return (
    <bdi className="block truncate font-mono text-mono text-ink-2" title={said}>
      {said}
      {total > names.length ? ` +${total - names.length}` : ''}
    </bdi>
  )
}

type CellProps = { row: CatalogRow; clock: Clock }

const CELLS: Record<CatalogColumn, (props: CellProps) => ReactNode> = {
  department: ({ row }) => <Words>{row.department}</Words>,
  state: ({ row }) => <State kind="agent" is={row.state} />,
  live: ({ row }) => row.live ?? <span className="text-ink-3">–</span>,
  digest: ({ row }) => <Tally digest={row.digest} rule={ruleOf(row)} />,
  pending: ({ row }) => <Pending row={row} />,
  findings: ({ row }) => (
    <FindingCells errors={row.errors} warnings={row.warnings} notes={row.notes} />
  ),
  review: ({ row, clock }) => (
    <span className="whitespace-nowrap">
      <ReviewDate on={row.nextReviewOn} clock={clock} />
    </span>
  ),
  owner: ({ row }) => <Person name={row.owner} />,
  sponsor: ({ row }) => <Person name={row.sponsor} />,
  model: ({ row }) =>
    row.model === null ? null : (
      <bdi className="block truncate font-mono text-mono text-ink-2" title={row.model}>
        {row.model}
      </bdi>
    ),
  tools: ({ row }) => <Names names={row.tools} total={row.toolCount} />,
  mcp: ({ row }) => <Names names={row.mcpServers} total={row.mcpCount} />,
}

/** The cell of one column; what is not there stays blank. */
export function CatalogCell(props: CellProps & { column: CatalogColumn }): ReactNode {
  return CELLS[props.column](props)
}

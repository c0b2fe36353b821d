import { KeyHint } from '@/components/ui/key-hint'
import { State } from '@/components/ui/state-shape'
import { RowLink, Td, Th, Tr } from '@/components/ui/table'
import { Tally, TallyMark, tallyName } from '@/components/ui/tally'
import type { TallyRule } from '@/components/ui/tally-geometry'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { FindingCells, ReviewDate } from '../marks'

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

/** One agent of the catalog; the same on the first page and on those that are loaded later. */
export function AgentRow(props: { row: CatalogRow; clock: Clock; index: number }) {
  const { row, clock } = props
  return (
    <Tr aria-rowindex={props.index + 2}>
      <Td>
        <State kind="risk" is={row.riskTier} hideWord />
      </Td>
      <Td className="max-w-[34ch] max-sm:w-full max-sm:max-w-0 max-sm:py-1.5">
        <span className="flex flex-col">
          <RowLink
            href={`/agents/${row.slug}`}
            prefetch={false}
            className="truncate"
            title={row.slug}
          >
            {row.slug}
          </RowLink>
          <span className="flex gap-2 truncate text-meta text-ink-3 sm:hidden">
            <State kind="agent" is={row.state} /> <span className="truncate">{row.department}</span>
          </span>
        </span>
      </Td>
      <Td quiet className="max-sm:hidden">
        <span className="block max-w-[16ch] truncate" title={row.department}>
          {row.department}
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <State kind="agent" is={row.state} />
      </Td>
      <Td right className="max-md:hidden">
        {row.live ?? <span className="text-ink-3">–</span>}
      </Td>
      <Td className="max-md:hidden">
        <Tally digest={row.digest} rule={ruleOf(row)} />
      </Td>
      <Td className="max-md:hidden">
        <Pending row={row} />
      </Td>
      <Td className="max-sm:pr-0">
        <FindingCells errors={row.errors} warnings={row.warnings} notes={row.notes} />
      </Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        <ReviewDate on={row.nextReviewOn} clock={clock} />
      </Td>
      <Td quiet className="max-xl:hidden">
        <span className="block max-w-[18ch] truncate" title={row.owner ?? undefined}>
          {row.owner ?? <span className="text-amb">nobody</span>}
        </span>
      </Td>
    </Tr>
  )
}

/** Columns of the catalog; what is sortable carries the address of its order. */
export function CatalogColumns(props: {
  sortHref: (sort: 'risk' | 'name' | 'review') => string
  sorted: (sort: 'risk' | 'name' | 'review') => 'ascending' | 'descending' | undefined
}) {
  const by = (sort: 'risk' | 'name' | 'review') => ({
    href: props.sortHref(sort),
    sort: props.sorted(sort),
  })
  return (
    <>
      <Th {...by('risk')}>Risk</Th>
      <Th {...by('name')}>Agent</Th>
      <Th className="max-sm:hidden">Department</Th>
      <Th className="max-sm:hidden">State</Th>
      <Th right className="max-md:hidden">
        Live
      </Th>
      <Th className="max-md:hidden">Digest</Th>
      <Th className="max-md:hidden">Pending</Th>
      <Th>Findings</Th>
      <Th {...by('review')} className="max-sm:hidden">
        Next review
      </Th>
      <Th className="max-xl:hidden">Owner</Th>
    </>
  )
}

/** The keys of the list, as they are printed under it. */
export function CatalogHints() {
  return (
    <span className="flex items-center gap-1.5 text-ink-2 max-md:hidden">
      <KeyHint keys="J" />
      <KeyHint keys="K" /> move
      <KeyHint keys="↵" className="ml-1.5" /> open
      <KeyHint keys="E" className="ml-1.5" /> edit draft
    </span>
  )
}

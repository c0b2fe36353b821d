import clsx from 'clsx'
import { State } from '@/components/ui/state-shape'
import { RowLink, Td, Tr } from '@/components/ui/table'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { CatalogCell } from './cells'
import { type CatalogColumn, COLUMNS } from './columns'

/**
 * One agent of the catalog. Its box is there for every reader; it is drawn while the pointer or the
 * focus is in the row, or something is selected.
 */
export function AgentRow(props: {
  row: CatalogRow
  columns: readonly CatalogColumn[]
  clock: Clock
  index: number
  selecting: boolean
  selected: boolean
  onSelect: (row: CatalogRow, on: boolean) => void
}) {
  const { row, clock, selecting, selected } = props
  return (
    <Tr aria-rowindex={props.index + 2} selected={selected} className="group/row">
      <Td className="pr-0!">
        <span className="flex items-center gap-2">
          <input
            type="checkbox"
            className={clsx(
              'tick relative z-1',
              !selecting &&
                'opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 pointer-coarse:opacity-100',
            )}
            aria-label={`Select ${row.slug}`}
            checked={selected}
            onChange={(event) => props.onSelect(row, event.target.checked)}
          />
          <State kind="risk" is={row.riskTier} hideWord />
        </span>
      </Td>
      <Td className="max-sm:py-1.5">
        <span className="flex min-w-0 flex-col">
          <RowLink
            href={`/agents/${row.slug}`}
            prefetch={false}
            className="max-w-full truncate"
            title={row.slug}
          >
            {row.slug}
          </RowLink>
          <span className="flex gap-2 truncate text-meta text-ink-3 sm:hidden">
            <State kind="agent" is={row.state} /> <span className="truncate">{row.department}</span>
          </span>
        </span>
      </Td>
      {props.columns.map((column) => (
        <Td
          key={column}
          right={COLUMNS[column].right ?? false}
          className={COLUMNS[column].className}
        >
          <CatalogCell column={column} row={row} clock={clock} />
        </Td>
      ))}
    </Tr>
  )
}

import { Table } from '@/components/ui/table'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { type CatalogPlace, hrefOf } from './address'
import { Chunk } from './chunk'
import { CatalogHead } from './head'
import { MoreAgents } from './more'
import { AgentRow } from './row'
import type { Pages } from './use-pages'
import type { Selection } from './use-selection'

/** Rows that enter and leave the document together. */
const CHUNK = 50

/**
 * The catalog as a real table of fixed columns: its head sorts by links, its rows follow their
 * name, and only the stretches near what is seen are in the document.
 */
export function CatalogTable(props: {
  place: CatalogPlace
  pages: Pages
  total: number
  clock: Clock
  selection: Selection
}) {
  const { place, pages, clock, selection } = props
  const columns = place.columns.length + 2
  return (
    <Table caption="Agents" edge={20} rowCount={props.total + 1} className="table-fixed">
      <CatalogHead place={place} />
      {chunks(pages.rows).map((rows, chunk) => (
        <Chunk key={rows[0]?.id} columns={columns}>
          {rows.map((row, index) => (
            <AgentRow
              key={row.id}
              row={row}
              columns={place.columns}
              clock={clock}
              index={chunk * CHUNK + index}
              selecting={selection.chosen.size > 0}
              selected={selection.chosen.has(row.id)}
              onSelect={selection.set}
            />
          ))}
        </Chunk>
      ))}
      {pages.next === null ? null : (
        <MoreAgents
          href={hrefOf({ ...place, cursor: pages.next })}
          columns={columns}
          state={pages.state}
          onNear={pages.load}
        />
      )}
    </Table>
  )
}

function chunks(rows: readonly CatalogRow[]): CatalogRow[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, n) =>
    rows.slice(n * CHUNK, (n + 1) * CHUNK),
  )
}

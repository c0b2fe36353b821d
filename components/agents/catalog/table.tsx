import { Table, TableHead } from '@/components/ui/table'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogCursor, CatalogSort } from '@/lib/agents/model'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { type CatalogPlace, hrefOf } from './address'
import { MoreAgents } from './more'
import { AgentRow, CatalogColumns } from './row'

const COLUMNS = 10

/** The catalog as a real table: its head sorts by links, its rows follow their name. */
export function CatalogTable(props: {
  place: CatalogPlace
  rows: readonly CatalogRow[]
  next: CatalogCursor | null
  total: number
  clock: Clock
}) {
  const { place, rows, next, clock } = props
  return (
    <Table caption="Agents" edge={20} rowCount={props.total + 1}>
      <TableHead sticky>
        <CatalogColumns
          sortHref={(sort) => hrefOf(sortedBy(place, sort))}
          sorted={(sort) => directionOf(place, sort)}
        />
      </TableHead>
      <tbody>
        {rows.map((row, index) => (
          <AgentRow key={row.id} row={row} clock={clock} index={index} />
        ))}
        {next === null ? null : (
          <MoreAgents
            // A new address is a new list: what was loaded for the old one must not stay.
            key={hrefOf(place)}
            place={place}
            next={next}
            shown={rows.length}
            columns={COLUMNS}
            clock={clock}
          />
        )}
      </tbody>
    </Table>
  )
}

/** The first click sorts in the natural order of the column, the next one turns it round. */
function sortedBy(place: CatalogPlace, sort: CatalogSort): CatalogPlace {
  const again = place.sort === sort && place.order === 'natural'
  return { ...place, sort, order: again ? 'reverse' : 'natural', cursor: null }
}

/** Risk is highest first by nature, so its natural order descends. */
function directionOf(place: CatalogPlace, sort: CatalogSort) {
  if (place.sort !== sort) return undefined
  const descends = (sort === 'risk') === (place.order === 'natural')
  return descends ? 'descending' : 'ascending'
}

import { TableHead, Th } from '@/components/ui/table'
import type { CatalogSort } from '@/lib/agents/model'
import { type CatalogPlace, hrefOf } from './address'
import { type CatalogColumn, COLUMNS } from './columns'

const SORTED: Partial<Record<CatalogColumn, CatalogSort>> = { review: 'review' }

/** The head of the catalog; what is sortable carries the address of its order. */
export function CatalogHead(props: { place: CatalogPlace }) {
  const { place } = props
  type Order = { href?: string; sort?: 'ascending' | 'descending' | undefined }
  const by = (sort: CatalogSort | undefined): Order =>
    sort === undefined
      ? {}
      : { href: hrefOf(sortedBy(place, sort)), sort: directionOf(place, sort) }
  return (
    <TableHead sticky>
      <Th {...by('risk')} className="w-[84px] [text-indent:22px]">
        Risk
      </Th>
      <Th {...by('name')} className="w-[230px] max-sm:w-auto">
        Agent
      </Th>
      {place.columns.map((column) => {
        const { label, width, right, className } = COLUMNS[column]
        return (
          <Th
            key={column}
            {...by(SORTED[column])}
            right={right ?? false}
            width={width}
            {...(className ? { className } : {})}
          >
            {label}
          </Th>
        )
      })}
    </TableHead>
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

import type { CatalogCounts } from '@/lib/agents/queries/list'
import { type CatalogPlace, hrefOf } from './address'
import { CatalogChips, type CatalogChoices } from './chips'
import { ColumnMenu } from './column-menu'
import { FilterMenu } from './filter-menu'
import { CatalogSearch } from './search'

const grouped = (count: number) => new Intl.NumberFormat('en-GB').format(count)

/** The filters in force, one more, the same as text, and how many of all that leaves. */
export function CatalogToolbar(props: {
  place: CatalogPlace
  counts: CatalogCounts
  choices: CatalogChoices
}) {
  const { place, counts, choices } = props
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-5 pt-2.5 pb-1.5 max-sm:px-4">
      <CatalogChips place={place} choices={choices} />
      <FilterMenu key={hrefOf(place)} place={place} />
      <CatalogSearch place={place} />
      <p className="ml-auto whitespace-nowrap text-ink-2 max-md:hidden">
        {counts.shown.agents === counts.visible
          ? null
          : `${grouped(counts.shown.agents)} of ${grouped(counts.visible)} agents`}
      </p>
      <ColumnMenu key={`columns ${hrefOf(place)}`} place={place} />
    </div>
  )
}

import { SavedViews } from '@/components/ui/tabs'
import { AGENT_STATES, type CatalogView } from '@/lib/agents/model'
import type { CatalogCounts } from '@/lib/agents/queries/list'
import { type CatalogPlace, hrefOf, withFilter } from './address'
import { CatalogChips, type CatalogChoices, chipWords } from './chips'
import { type FilterChoice, FilterMenu } from './filter-menu'
import { CatalogSearch } from './search'

const VIEWS: readonly { view: CatalogView; label: string }[] = [
  { view: 'all', label: 'All' },
  { view: 'attention', label: 'Needs attention' },
  { view: 'mine', label: 'My department' },
  { view: 'high', label: 'High risk' },
  { view: 'sponsorless', label: 'Without sponsor' },
  { view: 'retired', label: 'Retired' },
]

const OWNERS_IN_MENU = 12

/** The saved views with their counts. "My department" only for people who belong to one. */
export function CatalogViews(props: {
  place: CatalogPlace
  counts: CatalogCounts
  hasDepartment: boolean
}) {
  const shown = VIEWS.filter(({ view }) => view !== 'mine' || props.hasDepartment)
  return (
    <div className="shrink-0 border-b border-line px-3 py-1.5">
      <SavedViews
        label="Views"
        views={shown.map(({ view, label }) => ({
          label,
          count: props.counts.views[view],
          current: props.place.view === view,
          href: hrefOf({ ...props.place, view, filters: {}, cursor: null }),
        }))}
      />
    </div>
  )
}

function choiceGroups(place: CatalogPlace, choices: CatalogChoices, me: string): FilterChoice[][] {
  const free = { departments: choices.departments, owners: choices.owners }
  const option = (filters: CatalogPlace['filters']): FilterChoice[] =>
    chipWords(filters, free).map((chip) => ({
      field: `${chip.field} ${chip.operator}`,
      value: filters.owner === me ? 'you' : chip.value,
      href: hrefOf({ ...place, filters: { ...place.filters, ...filters }, cursor: null }),
    }))
  const risks = ['critical', 'high', 'medium', 'low'] as const
  const owners = [me, 'none', ...choices.owners.map((one) => one.id).filter((id) => id !== me)]
  return [
    risks.flatMap((risk) => option({ risk: [risk] })),
    AGENT_STATES.flatMap((state) => option({ state: [state] })),
    (['errors', 'yes', 'no'] as const).flatMap((findings) => option({ findings })),
    (['overdue', 'due', 'none'] as const).flatMap((review) => option({ review })),
    choices.departments.flatMap(({ slug }) => option({ department: slug })),
    owners.slice(0, OWNERS_IN_MENU).flatMap((owner) => option({ owner })),
  ].filter((group) => group.length > 0)
}

/** The filters in force, one more, the same as text, and how many of all that leaves. */
export function CatalogToolbar(props: {
  place: CatalogPlace
  counts: CatalogCounts
  choices: CatalogChoices
  me: string
}) {
  const { place, counts, choices } = props
  const { filters } = place
  const all = hrefOf(withFilter(place, 'text', undefined))
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-5 pt-2.5 pb-1.5 max-sm:px-4">
      <CatalogChips place={place} choices={choices} />
      <FilterMenu key={all} groups={choiceGroups(place, choices, props.me)} />
      <CatalogSearch place={place} />
      <p className="ml-auto whitespace-nowrap text-ink-2 max-md:hidden">
        {counts.shown.agents === counts.visible && Object.keys(filters).length === 0
          ? null
          : `${counts.shown.agents} of ${counts.visible} agents`}
      </p>
    </div>
  )
}

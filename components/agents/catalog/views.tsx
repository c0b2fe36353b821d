import { SavedViews } from '@/components/ui/tabs'
import type { CatalogView } from '@/lib/agents/model'
import type { CatalogCounts } from '@/lib/agents/queries/list'
import type { OwnView } from '@/lib/people/queries/views'
import { type CatalogPlace, hrefOf, parsePlace } from './address'
import { OwnViewControls } from './own-views'

const VIEWS: readonly { view: CatalogView; label: string }[] = [
  { view: 'all', label: 'All' },
  { view: 'attention', label: 'Needs attention' },
  { view: 'mine', label: 'My department' },
  { view: 'high', label: 'High risk' },
  { view: 'sponsorless', label: 'Without sponsor' },
  { view: 'retired', label: 'Retired' },
]

const WITHOUT = /^\/agents\??/

/** The built-in views with their counts, the person's own, and the way to keep this one. */
export function CatalogViews(props: {
  place: CatalogPlace
  counts: CatalogCounts
  own: readonly OwnView[]
  hasDepartment: boolean
}) {
  const here = hrefOf({ ...props.place, cursor: null })
  const own = props.own.map((view) => ({ ...view, href: hrefOfQuery(view.query) }))
  const current = own.find((view) => view.href === here) ?? null
  const builtIn = VIEWS.filter(({ view }) => view !== 'mine' || props.hasDepartment)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-0.5 border-b border-line px-3 py-1.5">
      <SavedViews
        label="Lists"
        views={[
          ...builtIn.map(({ view, label }) => ({
            label,
            count: props.counts.views[view],
            current: current === null && props.place.view === view,
            href: hrefOf({ ...props.place, view, filters: {}, cursor: null }),
          })),
          ...own.map(({ name, href }) => ({ label: name, href, current: href === here })),
        ]}
      />
      <OwnViewControls key={here} query={here.replace(WITHOUT, '')} current={current} />
    </div>
  )
}

/** Read and written again: a kept query is trusted no more than an address that somebody typed. */
function hrefOfQuery(query: string): string {
  return hrefOf({ ...parsePlace(Object.fromEntries(new URLSearchParams(query))), cursor: null })
}

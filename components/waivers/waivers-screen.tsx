import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { Button, ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Input } from '@/components/ui/field'
import { FilterChip } from '@/components/ui/filter-chip'
import { SavedViews } from '@/components/ui/tabs'
import type { Clock } from '@/components/ui/time-words'
import type { WaiverFilters, WaiverView } from '@/lib/agents/model'
import type { WaiverRow } from '@/lib/agents/queries/waivers'
import { MAX_WAIVER_DAYS } from '@/lib/constitution/model'
import { hrefOf, type WaiverPlace } from './address'
import { type WaiverReader, WaiverTable } from './waiver-table'

const VIEWS: Record<WaiverView, string> = {
  open: 'Open requests',
  force: 'In force',
  ended: 'Ended',
}

type Props = {
  place: WaiverPlace
  rows: readonly WaiverRow[]
  next: string | null
  counts: Record<WaiverView, number>
  reader: WaiverReader
  clock: Clock
}

/** Dated exceptions to findings: what is asked for, what holds and until when, what has ended. */
export function WaiversScreen(props: Props) {
  const { place, rows, next } = props
  return (
    <>
      <PageHeader crumbs={[{ label: 'Waivers' }]} heading />
      <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2 max-sm:px-4">
        <SavedViews
          label="Waivers"
          views={(Object.keys(VIEWS) as WaiverView[]).map((view) => ({
            label: VIEWS[view],
            href: hrefOf(place, { view }),
            count: props.counts[view],
            current: view === place.view,
          }))}
        />
        <Chips {...props} />
        <Search place={place} />
      </div>
      <Pane label="Waivers">
        {rows.length === 0 ? (
          <Nothing place={place} />
        ) : (
          <>
            <WaiverTable rows={rows} view={place.view} reader={props.reader} clock={props.clock} />
            {next === null ? null : (
              <p className="px-5 py-3">
                <ButtonLink href={hrefOf(place, { after: next })}>Next page</ButtonLink>
              </p>
            )}
          </>
        )}
      </Pane>
    </>
  )
}

function Chips({ place, rows }: Props) {
  const { filters } = place
  const without = (name: keyof WaiverFilters) => {
    const { [name]: _, ...rest } = filters
    return hrefOf(place, { filters: rest })
  }
  const ownerName = rows.find((row) => row.ownerId === filters.owner)?.owner ?? 'one person'
  return (
    <>
      {filters.agent === undefined ? null : (
        <FilterChip field="Agent" value={filters.agent} removeHref={without('agent')} />
      )}
      {filters.rule === undefined ? null : (
        <FilterChip field="Rule" value={filters.rule} removeHref={without('rule')} />
      )}
      {filters.owner === undefined ? null : (
        <FilterChip field="Owner" value={ownerName} removeHref={without('owner')} />
      )}
    </>
  )
}

/** Works without script: the form's address is the filter. */
function Search({ place }: { place: WaiverPlace }) {
  const { view, filters } = place
  return (
    <form
      action="/waivers"
      className="ml-auto flex items-center gap-2 max-sm:ml-0 max-sm:w-full max-sm:flex-wrap"
    >
      {view === 'open' ? null : <input type="hidden" name="view" value={view} />}
      {filters.owner === undefined ? null : (
        <input type="hidden" name="owner" value={filters.owner} />
      )}
      <Input
        name="agent"
        mono
        aria-label="Agent"
        placeholder="agent"
        defaultValue={filters.agent ?? ''}
        className="w-[150px]! max-sm:min-w-0! max-sm:flex-1"
      />
      <Input
        name="rule"
        mono
        aria-label="Rule"
        placeholder="rule"
        defaultValue={filters.rule ?? ''}
        className="w-[150px]! max-sm:min-w-0! max-sm:flex-1"
      />
      <Button type="submit">Filter</Button>
    </form>
  )
}

const NOTHING: Record<WaiverView, string> = {
  open: 'No request waits for a decision.',
  force: 'Nothing is excused.',
  ended: 'No waiver has ended yet.',
}

function Nothing({ place }: { place: WaiverPlace }) {
  if (Object.keys(place.filters).length > 0) {
    const clear = hrefOf(place, { filters: {} })
    return (
      <Empty
        title="No waiver matches."
        actions={<ButtonLink href={clear}>Clear the filter</ButtonLink>}
      />
    )
  }
  return (
    <Empty
      title={NOTHING[place.view]}
      actions={<ButtonLink href="/agents?findings=yes">Agents with findings</ButtonLink>}
    >
      <p>
        A waiver is asked for beside a finding on an agent’s page. It has an owner, a reason and a
        last day at most {MAX_WAIVER_DAYS} days away; somebody else agrees to it.
      </p>
    </Empty>
  )
}

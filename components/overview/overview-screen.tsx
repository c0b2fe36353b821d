import type { ReactNode } from 'react'
import { RefreshOnChange } from '@/components/live/refresh-on-change'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { PartError } from '@/components/ui/empty'
import { absoluteWords, type Clock } from '@/components/ui/time-words'
import type { LogSummary } from '@/lib/audit/queries/summary'
import { localDate } from '@/lib/core/time'
import type { InboxList } from '@/lib/inbox/model'
import type { DecisionStats, Drift } from '@/lib/inbox/queries/overview'
import type { ReviewRow } from '@/lib/reviews/queries'
import type { RunRow } from '@/lib/runs/queries/list'
import { Decisions } from './decisions-chart'
import { DriftList } from './drift'
import { DueReviews } from './due-reviews'
import { IntegrityLine } from './integrity-line'
import { NeedsYou } from './needs-you'
import { Running } from './running'
import { waitingSentence } from './words'

/** A part that was read, or null when it could not be. */
export type OverviewParts = {
  inbox: InboxList | null
  runs: RunRow[] | null
  reviews: ReviewRow[] | null
  drift: { rules: Drift[]; active: number } | null
  decisions: DecisionStats | null
  log: LogSummary | null
}

/** What needs the reader, what runs, what is due; beside it drift and decisions; below the log. */
export function OverviewScreen(props: {
  parts: OverviewParts
  personId: string
  mayStart: boolean
  clock: Clock
}) {
  const { parts, clock } = props
  const { inbox } = parts
  const rows = inbox?.groups[0]?.rows ?? []
  const today = localDate(new Date(clock.now), clock.zone)
  return (
    <>
      <PageHeader crumbs={[{ label: 'Overview' }]}>
        {props.mayStart ? <ButtonLink href="/runs/new">Start a run</ButtonLink> : null}
      </PageHeader>
      {inbox ? <RefreshOnChange facts={inbox.facts} zone={clock.zone} /> : null}
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1fr)_372px] xl:grid-cols-[minmax(0,1fr)_396px]">
        <div className="flex min-w-0 flex-col gap-7 px-6 pt-5 pb-8 max-sm:px-4">
          <div>
            <h1 className="max-w-[90ch] text-heading">
              {inbox
                ? waitingSentence(inbox.counts.needs, rows, clock)
                : 'What waits for you could not be read.'}
            </h1>
            <p className="text-ink-2">{absoluteWords(clock.now, clock.zone)}</p>
          </div>
          <Part value={inbox} name="The inbox">
            {(list) => (
              <NeedsYou
                rows={rows}
                count={list.counts.needs}
                waiting={list.counts.waiting}
                personId={props.personId}
                clock={clock}
              />
            )}
          </Part>
          <Part value={parts.runs} name="The list of runs">
            {(runs) => <Running runs={runs} clock={clock} />}
          </Part>
          <Part value={parts.reviews} name="The list of reviews">
            {(reviews) => <DueReviews reviews={reviews} today={today} />}
          </Part>
        </div>
        <aside
          aria-label="Drift and decisions"
          className="flex min-w-0 flex-col gap-7 border-line px-6 pt-5 pb-8 max-lg:border-t max-sm:px-4 lg:border-l"
        >
          <Part value={parts.drift} name="Drift">
            {(drift) => <DriftList drift={drift.rules} active={drift.active} />}
          </Part>
          <Part value={parts.decisions} name="The decisions">
            {(stats) => <Decisions stats={stats} clock={clock} />}
          </Part>
        </aside>
      </div>
      {parts.log ? <IntegrityLine log={parts.log} clock={clock} /> : null}
    </>
  )
}

function Part<Value>(props: {
  value: Value | null
  name: string
  children: (value: Value) => ReactNode
}) {
  if (props.value !== null) return props.children(props.value)
  return (
    <PartError title={`${props.name} could not be read.`}>
      The database did not answer. Nothing was changed. Load the page again.
    </PartError>
  )
}

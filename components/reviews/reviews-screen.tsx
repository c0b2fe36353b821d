import type { ReactNode } from 'react'
import { PageHeader, Views } from '@/components/shell/page-header'
import { ListAndReader } from '@/components/shell/panes'
import type { Clock } from '@/components/ui/time-words'
import type { CalendarRow, ReviewRow } from '@/lib/reviews/queries'
import type { Quarter } from './quarter'
import { QuarterCalendar } from './quarter-calendar'
import { ReviewTable } from './review-table'
import { dueWords } from './words'

/** The reviews of one view beside the one that is being read. */
export function ReviewsScreen(props: {
  view: 'open' | 'decided'
  rows: readonly ReviewRow[]
  counts: { open: number; overdue: number; decided: number }
  quarter: Quarter
  calendar: readonly CalendarRow[]
  selected: string | null
  clock: Clock
  reader: ReactNode
}) {
  const { counts, view } = props
  const backTo = view === 'decided' ? '/reviews?view=decided' : '/reviews'
  const views = [
    { label: `Open ${counts.open}`, href: '/reviews', current: view === 'open' },
    {
      label: `Decided ${counts.decided}`,
      href: '/reviews?view=decided',
      current: view === 'decided',
    },
  ]
  const list = (
    <>
      <div className="px-5 pt-5 pb-4 max-sm:px-4">
        <h2 className="text-heading">
          {props.quarter.title}{' '}
          <span className="text-body font-normal text-ink-2">{dueWords(counts)}</span>
        </h2>
        <div className="pt-3">
          <QuarterCalendar rows={props.calendar} weeks={props.quarter.weeks} />
        </div>
      </div>
      {props.rows.length === 0 ? (
        <p className="px-5 py-4 text-ink-2 max-sm:px-4">
          {view === 'open'
            ? 'No review is open. Publishing a version schedules its first one, three months later.'
            : 'No review has been decided yet.'}
        </p>
      ) : (
        <ReviewTable rows={props.rows} view={view} selected={props.selected} clock={props.clock} />
      )}
    </>
  )
  return (
    <>
      <PageHeader
        crumbs={
          props.selected === null
            ? [{ label: 'Reviews' }]
            : [{ label: 'Reviews', href: backTo }, { label: 'Review' }]
        }
        heading={props.selected === null}
        views={<Views views={views} />}
      />
      <ListAndReader
        listLabel="Reviews"
        width="half"
        reading={props.selected !== null}
        list={list}
        reader={props.reader}
      />
    </>
  )
}

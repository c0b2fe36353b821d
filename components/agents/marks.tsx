import { StateCount } from '@/components/ui/state-shape'
import type { Clock } from '@/components/ui/time-words'
import { dayWords } from '@/components/ui/time-words'
import { daysBetween, localDate } from '@/lib/core/time'

const SOON_DAYS = 30

/** Open findings as shapes with counts, in columns so that a list can be read downwards. */
export function FindingCells(props: { errors: number; warnings: number; notes: number }) {
  const { errors, warnings, notes } = props
  if (errors + warnings + notes === 0) return <span className="text-ink-3">none</span>
  return (
    <span className="grid grid-cols-[38px_38px_38px]">
      <span>{errors > 0 ? <StateCount kind="finding" is="error" count={errors} /> : null}</span>
      <span>
        {warnings > 0 ? <StateCount kind="finding" is="warning" count={warnings} /> : null}
      </span>
      <span>{notes > 0 ? <StateCount kind="finding" is="note" count={notes} /> : null}</span>
    </span>
  )
}

/** The date of the next review: plain, amber within 30 days, red with the days when it has passed. */
export function ReviewDate(props: { on: string | null; clock: Clock }) {
  const { on, clock } = props
  if (on === null) return <span className="text-ink-3">–</span>
  const days = daysBetween(localDate(new Date(clock.now), clock.zone), on)
  if (days < 0) {
    return (
      <time dateTime={on} title={on} className="font-medium text-red">
        {-days} d overdue
      </time>
    )
  }
  return (
    <time dateTime={on} title={on} className={days <= SOON_DAYS ? 'text-amb' : undefined}>
      {calendarWords(on, clock)}
    </time>
  )
}

/** A calendar date in words; it has no zone, so it is not moved by the reader's. */
export function calendarWords(on: string, clock: Clock): string {
  return dayWords(Date.parse(`${on}T12:00:00Z`), { now: clock.now, zone: 'UTC' })
}

/** "1 agent", "2 agents". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat('en-GB').format(count)} ${count === 1 ? one : many}`
}

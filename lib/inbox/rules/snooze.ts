import { localDate } from '@/lib/core/time'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Longer than this is not "later" but "never". */
const MAX_SNOOZE_DAYS = 30
const AFTERNOON = 16
const MORNING = 9

/** Why an item cannot be set aside until then, as a sentence; null when it can. */
export function whyNotSnooze(until: Date, now: Date, deadlineAt: Date | null): string | null {
  if (until.getTime() <= now.getTime()) return 'Choose a time that is still to come.'
  if (deadlineAt !== null && until.getTime() >= deadlineAt.getTime()) {
    return 'That is after the deadline. Choose an earlier time, or decide.'
  }
  if (until.getTime() > now.getTime() + MAX_SNOOZE_DAYS * DAY) {
    return `Set it aside for at most ${MAX_SNOOZE_DAYS} days.`
  }
  return null
}

type SnoozePreset = {
  id: 'hour' | 'afternoon' | 'tomorrow' | 'week'
  label: string
  until: Date
  /** Why it is off for this item; null when it is not. */
  why: string | null
}

/**
 * The times that are offered, in the reader's zone: in an hour, this afternoon while that is to
 * come, tomorrow morning, Monday morning. One past the deadline is shown and off.
 */
export function snoozePresets(
  reader: { now: number; zone: string },
  deadlineAt: Date | null,
): SnoozePreset[] {
  const now = new Date(reader.now)
  const today = localDate(now, reader.zone)
  const at = (days: number, hour: number) => instantOf(daysAfter(today, days), hour, reader.zone)
  const afternoon = at(0, AFTERNOON)
  const presets: Omit<SnoozePreset, 'why'>[] = [
    { id: 'hour', label: 'In one hour', until: new Date(reader.now + HOUR) },
    { id: 'tomorrow', label: 'Tomorrow 09:00', until: at(1, MORNING) },
  ]
  const monday = daysToMonday(today)
  if (monday > 1) presets.push({ id: 'week', label: 'Monday 09:00', until: at(monday, MORNING) })
  if (afternoon.getTime() > reader.now + HOUR) {
    presets.splice(1, 0, { id: 'afternoon', label: 'This afternoon, 16:00', until: afternoon })
  }
  return presets.map((preset) => ({
    ...preset,
    why: whyNotSnooze(preset.until, now, deadlineAt) === null ? null : 'after the deadline',
  }))
}

/** Monday of next week: at least one day ahead. */
function daysToMonday(date: string): number {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return (8 - weekday) % 7 || 7
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** The instant at which clocks in the zone show this hour of this date. */
function instantOf(date: string, hour: number, zone: string): Date {
  const wanted = Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00Z`)
  // The offset of a first guess may be that of the other side of a clock change; the second is not.
  const guess = wanted - offsetAt(wanted, zone)
  return new Date(wanted - offsetAt(guess, zone))
}

/** How far clocks in the zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  })
  const part = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, Number(p.value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

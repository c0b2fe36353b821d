/** Instants in words. Pure: what "now" is and where the reader is are parameters. */

/** The reader's moment: milliseconds since the epoch, and an IANA zone. */
export type Clock = { now: number; zone: string }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Parts = Record<'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'zone', string>

function parts(at: number, zone: string): Parts {
  const found = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).formatToParts(at)
  const get = (type: Intl.DateTimeFormatPartTypes) =>
    found.find((part) => part.type === type)?.value ?? ''
  return {
    weekday: get('weekday'),
    day: get('day'),
    // The British abbreviation "Sept" is the only one of four letters; every column counts on three.
    month: get('month').slice(0, 3),
    year: get('year'),
    hour: get('hour'),
    minute: get('minute'),
    zone: get('timeZoneName'),
  }
}

const dayOf = (p: Parts) => `${p.year} ${p.month} ${p.day}`

/** "Fri 4 Dec 2026, 18:00 CET": complete, for a deadline and for focus. */
export function absoluteWords(at: number, zone: string): string {
  const p = parts(at, zone)
  return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute} ${p.zone}`
}

/** "18:00 CET". */
export function clockWords(at: number, zone: string): string {
  const p = parts(at, zone)
  return `${p.hour}:${p.minute} ${p.zone}`
}

/** "2 Nov" in the reader's year, "15 Jan 2027" in another. */
export function dayWords(at: number, clock: Clock): string {
  const p = parts(at, clock.zone)
  const year = parts(clock.now, clock.zone).year
  return p.year === year ? `${p.day} ${p.month}` : `${p.day} ${p.month} ${p.year}`
}

/**
 * Relative under 24 hours ("now", "4 min ago", "in 3 h"), "yesterday" and "tomorrow" for the next
 * day of the calendar, else the date.
 */
export function relativeWords(at: number, clock: Clock): string {
  const distance = Math.abs(at - clock.now)
  if (distance < MINUTE) return 'now'
  if (distance < DAY) {
    const words =
      distance < HOUR ? `${Math.floor(distance / MINUTE)} min` : `${Math.floor(distance / HOUR)} h`
    return at < clock.now ? `${words} ago` : `in ${words}`
  }
  const day = dayOf(parts(at, clock.zone))
  if (day === dayOf(parts(clock.now - DAY, clock.zone))) return 'yesterday'
  if (day === dayOf(parts(clock.now + DAY, clock.zone))) return 'tomorrow'
  return dayWords(at, clock)
}

/**
 * When a decision is due: minutes and seconds under an hour ("11:42"), "Today 18:00" on the same
 * day, "Tomorrow 09:00" within 24 hours, "Fri 20 Nov" after. Past deadlines read "overdue".
 */
export function deadlineWords(at: number, clock: Clock): string {
  const left = at - clock.now
  if (left <= 0) return 'overdue'
  if (left < HOUR) return countdownWords(left)
  const p = parts(at, clock.zone)
  if (dayOf(p) === dayOf(parts(clock.now, clock.zone))) return `Today ${p.hour}:${p.minute}`
  if (left < DAY) return `Tomorrow ${p.hour}:${p.minute}`
  return `${p.weekday} ${dayWords(at, clock)}`
}

/** Under 24 hours a deadline is amber. */
export function isUrgent(at: number, clock: Clock): boolean {
  return at - clock.now < DAY
}

/** "11:42" from milliseconds; never negative. */
export function countdownWords(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1_000))
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

/** How long something took: "34 s", "2 m 34", "5 h 12 m". */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 1) return `${Math.round(ms)} ms`
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} m ${String(seconds % 60).padStart(2, '0')}`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`
}

/** A calendar date without a zone, `YYYY-MM-DD`. */
export type LocalDate = string

const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** The calendar date of an instant in an IANA zone. */
export function localDate(at: Date, zone = 'UTC'): LocalDate {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at)
}

/**
 * The date `months` calendar months later, clamped to the end of a shorter month
 * (2025-11-29 + 3 → 2026-02-28). Requirement S88.
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const match = LOCAL_DATE.exec(date)
  if (!match) throw new RangeError(`${date} is not a calendar date`)
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const index = year * 12 + (month - 1) + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12
  const lastDay = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate()
  const pad = (n: number, width = 2) => String(n).padStart(width, '0')
  return `${pad(targetYear, 4)}-${pad(targetMonth + 1)}-${pad(Math.min(day, lastDay))}`
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

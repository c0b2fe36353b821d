const DAY = 86_400_000

export type Week = { key: string; label: string; current: boolean }
export type Quarter = { title: string; from: string; before: string; weeks: Week[] }

/** The calendar quarter of a date with its ISO 8601 weeks; `key` is `IYYY-IW` as PostgreSQL says it. */
export function quarterOf(today: string): Quarter {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const index = Math.floor((month - 1) / 3)
  const from = new Date(Date.UTC(year, index * 3, 1))
  const before = new Date(Date.UTC(year, index * 3 + 3, 1))
  const current = weekKey(new Date(`${today}T00:00:00Z`))
  const weeks: Week[] = []
  for (let at = from.getTime(); at < before.getTime(); at += DAY) {
    const key = weekKey(new Date(at))
    if (weeks.at(-1)?.key !== key) {
      weeks.push({ key, label: key.slice(5), current: key === current })
    }
  }
  const date = (at: Date) => at.toISOString().slice(0, 10)
  return { title: `Q${index + 1} ${year}`, from: date(from), before: date(before), weeks }
}

/** ISO week: the week of a date is that of its Thursday. */
function weekKey(at: Date): string {
  const thursday = new Date(at.getTime() + (3 - ((at.getUTCDay() + 6) % 7)) * DAY)
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const week = 1 + Math.floor((thursday.getTime() - first) / (7 * DAY))
  return `${thursday.getUTCFullYear()}-${String(week).padStart(2, '0')}`
}

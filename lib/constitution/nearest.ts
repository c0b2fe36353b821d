const MAX_LENGTH = 64

/** The one name within two slips of the pen (Levenshtein) of `name`; null when none or several are. */
export function nearest(name: string, names: readonly string[]): string | null {
  if (name.length < 3 || name.length > MAX_LENGTH) return null
  const near = names
    .map((each) => ({ each, away: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, away }) => away <= 2 && away < each.length / 2)
    .sort((a, b) => a.away - b.away)
  const [first, second] = near
  return first && (!second || second.away > first.away) ? first.each : null
}

/** Edit distance with transposed neighbours counted as one slip (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const candidates = [
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + same,
      ]
      if (swapped) candidates.push((rows[i - 2]?.[j - 2] ?? 0) + 1)
      row.push(Math.min(...candidates))
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

/** One line of the table: what was measured, the figure, and the goal beside it. */
export type Figure = { what: string; value: string; goal: string }

/** Finished calls per second of `clients` callers in a closed loop, for `ms` milliseconds. */
export async function rate(
  clients: number,
  ms: number,
  call: (client: number) => Promise<unknown>,
): Promise<number> {
  const started = performance.now()
  const until = started + ms
  let done = 0
  const caller = async (client: number) => {
    while (performance.now() < until) {
      await call(client)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => caller(client)))
  return (done / (performance.now() - started)) * 1_000
}

/** Milliseconds of each of `n` calls, one after the other. */
export async function times(n: number, call: (i: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < n; i += 1) {
    const started = performance.now()
    await call(i)
    taken.push(performance.now() - started)
  }
  return taken
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]) => quantile(values, 0.5)
export const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
export const milliseconds = (values: readonly number[]) =>
  `p50 ${median(values).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms`

export function printTable(figures: readonly Figure[]): void {
  const wide = Math.max(...figures.map((figure) => figure.what.length))
  const value = Math.max(...figures.map((figure) => figure.value.length))
  for (const figure of figures) {
    console.log(`${figure.what.padEnd(wide)}  ${figure.value.padEnd(value)}  ${figure.goal}`)
  }
}

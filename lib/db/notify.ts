import type postgres from 'postgres'
import { rawSql } from './client'

type Bell = { sql: postgres.Sql; ready: Promise<void>; waiters: Set<() => void> }

// Bundlers may load this file more than once in a process; one LISTEN per channel is enough.
const KEY = Symbol.for('chancery.notifications')
const shared = globalThis as typeof globalThis & { [KEY]?: Map<string, Bell> }

/** A channel may be silent about a change (one notification for several); look anyway. */
const LONGEST_NAP_MS = 3_000

/** The process's one subscription to a channel; made again when it points at another database. */
function bellOf(channel: string): Bell {
  shared[KEY] ??= new Map()
  const bells = shared[KEY]
  const sql = rawSql()
  const known = bells.get(channel)
  if (known?.sql === sql) return known
  const waiters = known?.waiters ?? new Set<() => void>()
  const ring = () => {
    for (const wake of [...waiters]) wake()
  }
  // After a lost connection the driver listens again; what was said meanwhile is gone, so ring.
  const ready = sql.listen(channel, ring, ring).then(() => undefined)
  const bell: Bell = { sql, ready, waiters }
  bells.set(channel, bell)
  ready.catch(() => bells.get(channel) === bell && bells.delete(channel))
  return bell
}

/**
 * Looks, and looks again whenever one of the channels was notified and at least every three seconds,
 * until `look` finds something or `timeoutMs` have passed (null). Nothing that is committed between a
 * look and the wait is missed. Throws when the database cannot be reached.
 */
export async function lookUntilNotified<T>(
  channels: readonly string[],
  look: () => Promise<T | null>,
  options: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<T | null> {
  const end = Date.now() + options.timeoutMs
  const bells = channels.map(bellOf)
  await Promise.all(bells.map((bell) => bell.ready))
  for (;;) {
    const ms = Math.min(LONGEST_NAP_MS, end - Date.now())
    const nap = sleepUntilWoken(bells, ms, options.signal)
    try {
      const found = await look()
      if (found !== null || Date.now() >= end || options.signal?.aborted) return found
      await nap.over
    } finally {
      nap.cancel()
    }
  }
}

function sleepUntilWoken(
  bells: readonly Bell[],
  ms: number,
  signal: AbortSignal | undefined,
): { over: Promise<void>; cancel: () => void } {
  let wake: () => void = () => undefined
  const over = new Promise<void>((resolve) => {
    wake = resolve
  })
  const timer = setTimeout(wake, Math.max(0, ms))
  signal?.addEventListener('abort', wake)
  for (const bell of bells) bell.waiters.add(wake)
  const cancel = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', wake)
    for (const bell of bells) bell.waiters.delete(wake)
    wake()
  }
  return { over, cancel }
}

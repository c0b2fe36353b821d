import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'

const clock = new AsyncLocalStorage<Date>()

/**
 * Runs `fn` as if it were `at`. Only the demo organisation's history is made this way: the database
 * refuses a leaf whose time is off by more than five minutes unless the log was opened as a demo.
 */
export function atTime<T>(at: Date, fn: () => Promise<T>): Promise<T> {
  return clock.run(at, fn)
}

/** The moved time, or null when the database's clock holds. */
export function movedTime(): Date | null {
  return clock.getStore() ?? null
}

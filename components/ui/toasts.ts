/** The messages on screen. Browser only; `Toaster` shows them, anything may add one. */

export type ToastEntry = {
  id: number
  kind: 'recorded' | 'undo' | 'pending' | 'failed'
  title: string
  remark?: string | undefined
  /** Seal of a recorded decision: the digest that was signed. */
  digest?: string | undefined
  /** Address of the fact. */
  receipt?: string | undefined
  /** When the effect comes, epoch milliseconds; shown as seconds. */
  until?: number | undefined
  undo?: (() => void) | undefined
  /** Milliseconds on screen. */
  duration: number
}

const SIX_SECONDS = 6_000
/** An error stays until it is closed; it also stands where it happened. */
const UNTIL_CLOSED = 3_600_000

let entries: readonly ToastEntry[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly ToastEntry[]): void {
  entries = next
  for (const listener of listeners) listener()
}
function add(entry: Omit<ToastEntry, 'id'>): number {
  lastId += 1
  set([...entries, { ...entry, id: lastId }].slice(-4))
  return lastId
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export function getToasts(): readonly ToastEntry[] {
  return entries
}
const NONE: readonly ToastEntry[] = []
export function noToasts(): readonly ToastEntry[] {
  return NONE
}
export function dismissToast(id: number): void {
  set(entries.filter((entry) => entry.id !== id))
}

/** "Recorded as fact 48,214. Denied, run 1842 was told." with the seal and a link to the fact. */
export function toastRecorded(words: {
  title: string
  remark?: string
  digest?: string
  receipt?: string
}): number {
  return add({ kind: 'recorded', duration: SIX_SECONDS, ...words })
}

/** "Publishes in 7 s." with Undo; gone when the effect comes. */
export function toastUndo(words: {
  title: string
  remark?: string
  until: number
  undo: () => void
}): number {
  return add({ kind: 'undo', duration: Math.max(1_000, words.until - Date.now()), ...words })
}

/** "Recording your decision"; dismiss it with the id when the server has answered. */
export function toastPending(title: string): number {
  return add({ kind: 'pending', title, duration: UNTIL_CLOSED })
}

/** A failure that also stands where it happened; stays until it is closed. */
export function toastFailed(words: { title: string; remark?: string }): number {
  return add({ kind: 'failed', duration: UNTIL_CLOSED, ...words })
}

/** Which items this browser has opened. A reading aid on one device; it decides nothing. */

const STORED = 'chancery.read'
const KEPT = 400
const listeners = new Set<() => void>()

/** The ids, separated by spaces: a string, so that React can compare it. */
export function readItems(): string {
  try {
    return localStorage.getItem(STORED) ?? ''
  } catch {
    return ''
  }
}

export function subscribeRead(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function markRead(id: string): void {
  const ids = readItems().split(' ').filter(Boolean)
  if (ids.includes(id)) return
  try {
    localStorage.setItem(STORED, [...ids, id].slice(-KEPT).join(' '))
  } catch {
    return
  }
  for (const listener of listeners) listener()
}

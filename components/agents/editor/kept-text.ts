import { fromBase64, toBase64 } from '../bytes'
import type { Stored } from './saver'

/** Texts that are not stored yet, on this device: what a closed lid or a dead network leaves. */

const PREFIX = 'chancery.draft.'

/** Keeps a text under its draft, or forgets it. A full or forbidden storage is no error. */
export function keepText(draftId: string, change: Stored | null): void {
  try {
    if (change === null) {
      localStorage.removeItem(PREFIX + draftId)
      return
    }
    const bytes = toBase64(new TextEncoder().encode(change.text))
    localStorage.setItem(PREFIX + draftId, JSON.stringify({ revision: change.revision, bytes }))
  } catch {
    // Private windows and full disks; the server's copy is the one that counts.
  }
}

/** A long text is not written at every key: this much may be lost with the machine. */
const LONG = 100_000
const PAUSE_MS = 1_000

/** Keeps texts of one draft: short ones at once, long ones when the typing pauses. */
export function keeperOf(draftId: string): (change: Stored | null) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: Stored | null = null
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    keepText(draftId, waiting)
  }
  // A tab that goes into the background may not come back.
  document.addEventListener('visibilitychange', () => timer !== undefined && write())
  return (change) => {
    waiting = change
    if (change === null || change.text.length < LONG) write()
    else timer ??= setTimeout(write, PAUSE_MS)
  }
}

/** What was kept under a draft, or null. */
export function keptText(draftId: string): Stored | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(PREFIX + draftId) ?? 'null')
    if (found === null || typeof found !== 'object') return null
    const { revision, bytes } = found as { revision?: unknown; bytes?: unknown }
    if (typeof revision !== 'number' || typeof bytes !== 'string') return null
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { revision, text: decoder.decode(fromBase64(bytes)) }
  } catch {
    return null
  }
}

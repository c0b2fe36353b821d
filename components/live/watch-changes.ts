/** Waits for facts that the server records. No React here, so that it can be tried against a server. */

export type Watching = {
  /** `GET /api/console/changes`; absolute outside a page. */
  url: string
  /** Facts already seen. */
  seen: number
  signal: AbortSignal
  /** Something was recorded. Called at most once a second. */
  onChange: (facts: number) => void
  /** Whether the server answers; called when that changes. `signed-out` ends the watch. */
  onState: (state: 'live' | 'lost' | 'signed-out') => void
  /** Resolves when waiting makes sense (the page is visible); immediately by default. */
  ready?: () => Promise<void>
  /** Ends one request early, for example when the page is hidden. */
  pauseSignal?: () => AbortSignal
  pauseMs?: number
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

type Answer = { kind: 'facts'; facts: number } | { kind: 'signed-out' } | { kind: 'lost' }

/**
 * Asks again and again what is new; the server holds each request until something is. A server that
 * does not answer is asked less and less often, at least every 30 seconds. Ends with `signal`.
 */
export async function watchChanges(watching: Watching): Promise<void> {
  const { signal, onChange, onState, ready, pauseMs = FIRST_PAUSE_MS } = watching
  let seen = watching.seen
  let pause = pauseMs
  let lost = false
  while (!signal.aborted) {
    await ready?.()
    if (signal.aborted) return
    const answer = await ask(watching, seen)
    if (signal.aborted) return
    if (answer.kind === 'signed-out') return onState('signed-out')
    if (answer.kind === 'lost') {
      if (!lost) onState('lost')
      lost = true
      await nap(pause, signal)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      continue
    }
    if (lost) onState('live')
    lost = false
    pause = pauseMs
    if (answer.facts === seen) continue
    seen = answer.facts
    onChange(seen)
    await nap(pauseMs, signal)
  }
}

async function ask(watching: Watching, seen: number): Promise<Answer> {
  const paused = watching.pauseSignal?.()
  const signal = paused ? AbortSignal.any([watching.signal, paused]) : watching.signal
  try {
    const response = await fetch(`${watching.url}?after=${seen}`, { signal })
    if (response.status === 401) return { kind: 'signed-out' }
    if (!response.ok) return { kind: 'lost' }
    const body: unknown = await response.json()
    const facts = (body as { facts?: unknown }).facts
    return typeof facts === 'number' ? { kind: 'facts', facts } : { kind: 'lost' }
  } catch {
    return paused?.aborted ? { kind: 'facts', facts: seen } : { kind: 'lost' }
  }
}

function nap(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

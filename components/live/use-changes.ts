'use client'

import { useEffect, useRef, useState } from 'react'
import { watchChanges } from './watch-changes'

export type Liveness = { state: 'live' | 'lost' | 'signed-out'; since: number }

/**
 * Calls `onChange` when anything was recorded after the `seen` facts that the page was made with.
 * A hidden page does not wait (a browser has few connections) and asks once when it is shown again.
 */
export function useChanges(seen: number, onChange: () => void): Liveness {
  const [liveness, setLiveness] = useState<Liveness>({ state: 'live', since: 0 })
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  const first = useRef(seen)
  useEffect(() => {
    const life = new AbortController()
    void watchChanges({
      url: '/api/console/changes',
      seen: first.current,
      signal: life.signal,
      ready: shown,
      pauseSignal: hiddenSignal,
      onChange: (facts) => {
        first.current = facts
        latest.current()
      },
      onState: (state) => setLiveness({ state, since: Date.now() }),
    })
    return () => life.abort()
  }, [])
  return liveness
}

function shown(): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve()
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
  })
}

function hiddenSignal(): AbortSignal {
  const hidden = new AbortController()
  const check = () => {
    if (document.visibilityState === 'visible') return
    hidden.abort()
    document.removeEventListener('visibilitychange', check)
  }
  document.addEventListener('visibilitychange', check)
  return hidden.signal
}

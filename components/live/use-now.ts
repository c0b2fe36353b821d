'use client'

import { useEffect, useState } from 'react'

/**
 * The reader's "now" in milliseconds, moving every `everyMs`; starts at the server's `now`, so that
 * the first paint in the browser says the same as the page that was sent. Follows the server's
 * clock: a wrong clock on the desk never moves a deadline.
 */
export function useNow(serverNow: number, everyMs: number): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const begun = performance.now()
    const tick = () => setNow(serverNow + Math.round(performance.now() - begun))
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [serverNow, everyMs])
  return now
}

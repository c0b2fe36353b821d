'use client'

import { useEffect, useState } from 'react'
import { Time } from './time'
import type { Clock } from './time-words'

/** A `Time` that stays true on a screen that is left open; renewed every 30 seconds. */
export function LiveTime(props: { at: Date | string | number; clock: Clock; className?: string }) {
  const { now: serverNow, zone } = props.clock
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const ahead = Date.now() - serverNow
    setNow(serverNow)
    const timer = setInterval(() => setNow(Date.now() - ahead), 30_000)
    return () => clearInterval(timer)
  }, [serverNow])
  return (
    <Time
      at={props.at}
      clock={{ now, zone }}
      {...(props.className ? { className: props.className } : {})}
    />
  )
}

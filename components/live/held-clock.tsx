'use client'

import type { ReactNode } from 'react'
import { Countdown } from '@/components/ui/countdown'
import { absoluteWords, type Clock, clockWords, relativeWords } from '@/components/ui/time-words'
import { useNow } from './use-now'

const HOUR = 3_600_000

/**
 * The clock of something that is held: what is left in large figures, until when with the zone, and
 * as a bar how much of the time is gone.
 */
export function HeldClock(props: {
  from: string
  until: string
  clock: Clock
  /** What is decided, for the announcements. */
  subject: string
  /** Between the figures and the time: "then denied,". */
  then?: string
  /** At the right end of the line: the risk, on a phone. */
  aside?: ReactNode
}) {
  const until = Date.parse(props.until)
  const from = Date.parse(props.from)
  const now = useNow(props.clock.now, 5_000)
  const gone = Math.min(1, Math.max(0, (now - from) / Math.max(1, until - from)))
  const zone = props.clock.zone
  const soon = until - now < HOUR
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Countdown
            until={props.until}
            clock={props.clock}
            subject={props.subject}
            className="text-countdown"
          />
          <span className="text-ink-2" title={absoluteWords(until, zone)}>
            {soon ? `${props.then ?? 'left, until'} ${clockWords(until, zone)}` : null}
            {soon
              ? null
              : `${relativeWords(until, { now, zone })}${props.then ? `, ${props.then.replace(/,$/, '')}` : ''}`}
          </span>
        </p>
        {props.aside}
      </div>
      <div aria-hidden="true" className="mt-1 h-[3px] bg-line forced-colors:border">
        <div className="h-full bg-amb-mark forced-ink" style={{ width: `${gone * 100}%` }} />
      </div>
    </div>
  )
}

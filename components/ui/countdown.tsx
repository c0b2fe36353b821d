'use client'

import { useEffect, useRef, useState } from 'react'
import { announce } from './announce'
import { absoluteWords, type Clock, countdownWords, deadlineWords, isUrgent } from './time-words'

const HOUR = 3_600_000
const SAID_AT = [5 * 60_000, 60_000]

/**
 * Time left to decide. Ticks every second under an hour, every half minute before; says so at 5 and
 * at 1 minute. `clock` is the server's moment, so that the first paint is the same on both sides;
 * from then on the difference to it is kept, so a wrong clock of the reader's machine does no harm.
 */
export function Countdown(props: {
  until: Date | string | number
  clock: Clock
  /** What is decided, for the announcement: "Push to main". */
  subject: string
  className?: string
}) {
  const until = new Date(props.until).getTime()
  const { now: serverNow, zone } = props.clock
  const [now, setNow] = useState(serverNow)
  const said = useRef<number>(Number.POSITIVE_INFINITY)
  const left = until - now

  useEffect(() => {
    const ahead = Date.now() - serverNow
    const tick = () => setNow(Date.now() - ahead)
    const timer = setInterval(tick, until - serverNow < HOUR * 1.1 ? 1_000 : 30_000)
    return () => clearInterval(timer)
  }, [serverNow, until])

  useEffect(() => {
    const mark = SAID_AT.findLast((at) => left <= at && left > 0)
    if (mark === undefined || mark >= said.current) return
    said.current = mark
    const minutes = mark / 60_000
    announce(
      `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left to decide: ${props.subject}`,
      'at-once',
    )
  }, [left, props.subject])

  const clock = { now, zone }
  return (
    <time
      dateTime={new Date(until).toISOString()}
      title={absoluteWords(until, zone)}
      className={isUrgent(until, clock) ? `text-amb ${props.className ?? ''}` : props.className}
    >
      {left > 0 && left < HOUR ? countdownWords(left) : deadlineWords(until, clock)}
      <span className="sr-only"> ({absoluteWords(until, zone)})</span>
    </time>
  )
}

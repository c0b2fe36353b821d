import { absoluteWords, type Clock, dayWords, relativeWords } from './time-words'

/**
 * An instant: relative under 24 hours, else the date; absolute with its zone on hover, on focus and
 * for assistive technology. `clock` comes from `viewerClock()`, so server and browser agree.
 */
export function Time(props: {
  at: Date | string | number
  clock: Clock
  show?: 'relative' | 'day' | 'absolute'
  className?: string
}) {
  const at = new Date(props.at).getTime()
  const absolute = absoluteWords(at, props.clock.zone)
  const words =
    props.show === 'absolute'
      ? absolute
      : props.show === 'day'
        ? dayWords(at, props.clock)
        : relativeWords(at, props.clock)
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute} className={props.className}>
      {words}
      {words === absolute ? null : <span className="sr-only"> ({absolute})</span>}
    </time>
  )
}

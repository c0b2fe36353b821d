import clsx from 'clsx'
import { SEAM_BARS, seamBars } from './tally-geometry'

function Bars(props: { digest: string; className: string }) {
  return (
    <svg
      aria-hidden="true"
      height={11}
      shapeRendering="crispEdges"
      className={`absolute top-0 left-0 overflow-visible ${props.className}`}
    >
      {seamBars(props.digest).map((bar, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={index}
          x={`${(index * 100) / (SEAM_BARS - 1)}%`}
          y={bar.y}
          height={bar.height}
          className="forced-ink"
        />
      ))}
    </svg>
  )
}

/**
 * The cut between the thing and the verbs of a decide surface: all 64 digits as 128 bars on the
 * hairline. Grey while open; set `signed` once the server has recorded the decision and it turns
 * accent from left to right and stays. Says nothing to a screen reader: the digest stands beside
 * it in words. `inset` leaves the padding of a
 * reader (or that many px) at both ends; the hairline runs through it.
 *
 * The bars are placed by percentages of the width less one bar, and crispEdges rounds each to a
 * whole pixel: round(i · (W − b) / 127) without a script.
 */
export function Seam(props: { digest: string; signed?: boolean; inset?: boolean | number }) {
  return (
    <div
      aria-hidden="true"
      className={clsx('relative h-[11px] shrink-0', props.inset === true && 'px-6 max-sm:px-4')}
      {...(typeof props.inset === 'number' ? { style: { paddingInline: props.inset } } : {})}
    >
      <div className="absolute inset-x-0 top-[5px] border-t border-line-2" />
      <div className="seam relative h-[11px]" data-signed={props.signed === true}>
        <Bars digest={props.digest} className="fill-seam" />
        <Bars digest={props.digest} className="seam-signed fill-acc" />
      </div>
    </div>
  )
}

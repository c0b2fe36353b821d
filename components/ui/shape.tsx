import clsx from 'clsx'
import type { ShapeInk, ShapeName } from './state-words'

const INK: Record<ShapeInk, string> = {
  grey: 'text-ink-3',
  amber: 'text-amb-mark',
  'amber-text': 'text-amb',
  red: 'text-red',
  green: 'text-grn',
  accent: 'text-acc',
}

const LINE = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const
const OCTAGON = 'M3.6 .2h4.8l3.4 3.4v4.8l-3.4 3.4H3.6L.2 8.4V3.6z'

/** Drawings on a 12 px grid; edges on whole or half pixels so that they stay sharp at 1x. */
const DRAWINGS: Record<ShapeName, React.ReactNode> = {
  ring: <circle cx="6" cy="6" r="4.25" {...LINE} />,
  'half-diamond': (
    <>
      <path d="M6 1 11 6 6 11 1 6z" {...LINE} />
      <path d="M6 .5v11L.5 6z" fill="currentColor" />
    </>
  ),
  triangle: <path d="M6 .8 11.6 10.9H.4z" fill="currentColor" />,
  'barred-octagon': <path d={`${OCTAGON}M3 5v2h6V5z`} fill="currentColor" fillRule="evenodd" />,
  octagon: <path d={OCTAGON} fill="currentColor" />,
  'dashed-ring': (
    <circle cx="6" cy="6" r="4.5" {...LINE} strokeDasharray="2.2 1.334" strokeDashoffset="1.1" />
  ),
  disc: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  'paused-ring': (
    <>
      <circle cx="6" cy="6" r="5.2" {...LINE} strokeWidth={1.4} />
      <path d="M4 3.9h1.4v4.2H4zM6.6 3.9H8v4.2H6.6z" fill="currentColor" />
    </>
  ),
  'alarm-ring': (
    <>
      <circle cx="6" cy="6" r="4.9" {...LINE} />
      <path d="M5.25 3.2h1.5v3.5h-1.5zM5.25 7.5h1.5V9h-1.5z" fill="currentColor" />
    </>
  ),
  'struck-ring': (
    <>
      <circle cx="6" cy="6" r="4.9" {...LINE} strokeWidth={1.4} />
      <path d="M2.7 9.3 9.3 2.7" {...LINE} strokeWidth={1.4} />
    </>
  ),
  seats: (
    <>
      <path d="M.5 4.5h4.5v3H.5z" {...LINE} strokeWidth={1} />
      <path d="M7 4.5h4.5v3H7z" {...LINE} strokeWidth={1} />
    </>
  ),
  check: <path d="M1.8 6.4 4.7 9.3 10.3 3" {...LINE} strokeWidth={1.9} />,
  return: (
    <path d="M4.6 1.6 1.6 4.6l3 3M2 4.6h5.4a2.7 2.7 0 0 1 0 5.4H5" {...LINE} strokeWidth={1.6} />
  ),
  'barred-ring': (
    <>
      <circle cx="6" cy="6" r="4.9" {...LINE} />
      <path d="M3.4 6h5.2" {...LINE} strokeWidth={1.6} />
    </>
  ),
  square: <path d="M2 2h8v8H2z" fill="currentColor" />,
  'error-square': <path d="M1 1h10v10H1z" fill="currentColor" />,
  clock: (
    <>
      <circle cx="6" cy="6" r="5.2" {...LINE} strokeWidth={1.4} />
      <path d="M6 2.8V6l2.4 1.6" {...LINE} strokeWidth={1.4} />
    </>
  ),
  arc: (
    <>
      <circle cx="6" cy="6" r="4.75" {...LINE} className="opacity-30" />
      <path d="M6 1.25A4.75 4.75 0 0 1 10.75 6" {...LINE} strokeWidth={1.75} />
    </>
  ),
  bars: <path d="M2 1.2h2.8v9.6H2zM7.2 1.2H10v9.6H7.2z" fill="currentColor" />,
  cross: <path d="M2.4 2.4 9.6 9.6M9.6 2.4 2.4 9.6" {...LINE} strokeWidth={2} />,
  diamond: <path d="M6 1 11 6 6 11 1 6z" {...LINE} strokeWidth={1.6} />,
  'chevrons-up': <path d="M3 5.6 6 2.6l3 3M3 9.6l3-3 3 3" {...LINE} strokeWidth={1.4} />,
  'chevrons-down': <path d="M3 2.4l3 3 3-3M3 6.4l3 3 3-3" {...LINE} strokeWidth={1.4} />,
  equals: <path d="M2 4.5h8M2 7.5h8" {...LINE} strokeWidth={1.4} />,
}

/** One 12 px drawing, hidden from assistive technology: the word that belongs to it speaks. */
export function Shape(props: { name: ShapeName; ink?: ShapeInk; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      width="12"
      height="12"
      viewBox="0 0 12 12"
      className={clsx(
        'forced-ink shrink-0 overflow-visible',
        props.ink && INK[props.ink],
        props.name === 'arc' && 'animate-arc',
        props.className,
      )}
    >
      {DRAWINGS[props.name]}
    </svg>
  )
}

import clsx from 'clsx'

const FILL = {
  grey: 'bg-ink-3',
  accent: 'bg-acc',
  amber: 'bg-amb-mark',
  red: 'bg-red',
} as const

/**
 * A share of a whole as a bar; the words say the numbers, the bar only helps the eye. `thin` is the
 * 3 px budget line under a figure, otherwise 6 px.
 */
export function Bar(props: {
  /** 0 to 1; more is drawn as full. */
  share: number
  words: string
  tone?: keyof typeof FILL
  thin?: boolean
  className?: string
}) {
  const width = Math.round(Math.min(1, Math.max(0, props.share)) * 100)
  return (
    <span
      role="img"
      aria-label={props.words}
      className={clsx(
        'block overflow-hidden bg-line forced-colors:border',
        props.thin ? 'h-[3px]' : 'h-1.5',
        props.className,
      )}
    >
      <span
        className={clsx('forced-fill block h-full', FILL[props.tone ?? 'grey'])}
        style={{ width: `${width}%` }}
      />
    </span>
  )
}

type LegendEntry = {
  label: string
  count?: number
  swatch: 'solid' | 'striped' | 'hollow' | 'grey'
}

/** Solid, striped, hollow: pattern before colour. */
export function swatchClass(swatch: LegendEntry['swatch']): string {
  return {
    solid: 'bg-acc',
    grey: 'bg-ink-3',
    striped: 'striped',
    hollow: 'border border-red',
  }[swatch]
}

/** What the patterns of a chart mean, with the counts. */
export function Legend(props: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-meta text-ink-2">
      {props.entries.map((entry) => (
        <li key={entry.label} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx('size-2', swatchClass(entry.swatch))} />
          {entry.label}
          {entry.count === undefined ? null : ` ${entry.count}`}
        </li>
      ))}
    </ul>
  )
}

import clsx from 'clsx'
import { shortDigest } from '@/lib/core/digest'
import {
  BARS_HEIGHT,
  RULED_HEIGHT,
  ruleSegments,
  ruleWords,
  TALLY_WIDTH,
  type TallyRule,
  tallyPath,
} from './tally-geometry'

const BARS = {
  draft: 'fill-ink-3',
  open: 'fill-ink',
  sealed: 'fill-ink',
  broken: 'fill-red',
  none: 'fill-ink',
} as const
const RULE = { accent: 'fill-acc', control: 'fill-ctl', red: 'fill-red' } as const

/**
 * The drawing alone: 16 bars and the rule, hidden from assistive technology. Use `Tally` where a
 * digest is shown; this is for places that already name it.
 */
export function TallyMark(props: {
  digest: string
  rule?: TallyRule
  size?: 'small' | 'large'
  className?: string
}) {
  const rule = props.rule ?? { state: 'none' }
  const scale = props.size === 'large' ? 2 : 1
  const height = rule.state === 'none' ? BARS_HEIGHT : RULED_HEIGHT
  return (
    <svg
      aria-hidden="true"
      width={TALLY_WIDTH * scale}
      height={height * scale}
      shapeRendering="crispEdges"
      className={clsx('shrink-0', props.className)}
    >
      <path d={tallyPath(props.digest, scale)} className={clsx('forced-ink', BARS[rule.state])} />
      {ruleSegments(rule).map((segment) => (
        <rect
          key={`${segment.x} ${segment.width}`}
          x={segment.x * scale}
          y={segment.y * scale}
          width={segment.width * scale}
          height={segment.height * scale}
          className={clsx('forced-ink', RULE[segment.ink])}
        />
      ))}
    </svg>
  )
}

/** What a screen reader says: "digest 105645de, sealed, 2 of 2". */
export function tallyName(digest: string, rule: TallyRule = { state: 'none' }): string {
  const words = ruleWords(rule)
  return `digest ${shortDigest(digest)}${words === '' ? '' : `, ${words}`}`
}

/**
 * A digest as every screen shows it: the drawing, and right of it the first 8 digits. A click
 * copies all 64 (the `CopyDigits` leaf in the root layout listens for `data-copy`, so a list of a
 * hundred digests ships no script of its own).
 *
 * `digits` false leaves the drawing only; `copy` false makes it plain content, for a digest inside
 * a link or a button.
 */
export function Tally(props: {
  digest: string
  rule?: TallyRule
  size?: 'small' | 'large'
  digits?: boolean
  copy?: boolean
  className?: string
}) {
  const name = tallyName(props.digest, props.rule)
  const mark = (
    <TallyMark
      digest={props.digest}
      size={props.size ?? 'small'}
      {...(props.rule ? { rule: props.rule } : {})}
    />
  )
  const digits =
    props.digits === false ? null : (
      <span aria-hidden="true" className="font-mono text-mono text-ink-2">
        {shortDigest(props.digest)}
      </span>
    )
  const layout = clsx('inline-flex items-center gap-[7px] align-middle', props.className)
  if (props.copy === false) {
    return (
      <span className={layout}>
        <span className="sr-only">{name}</span>
        {mark}
        {digits}
      </span>
    )
  }
  return (
    <button
      type="button"
      data-copy={props.digest}
      aria-label={`${name}. Copy all 64 digits`}
      title={props.digest}
      className={clsx(layout, 'relative z-1 min-h-6 rounded-tag hover:bg-hover')}
    >
      {mark}
      {digits}
    </button>
  )
}

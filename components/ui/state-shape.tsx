import clsx from 'clsx'
import { FlaskConical } from 'lucide-react'
import { Shape } from './shape'
import { type StateKind, type StateOf, stateEntry } from './state-words'

/**
 * A state as shape, word and colour. `hideWord` only in a column headed by the kind: the word then
 * stays as accessible name. `word` replaces the word where the state needs a sentence ("Held,
 * waiting for a decision").
 */
export function State<K extends StateKind>(props: {
  kind: K
  is: StateOf<K>
  hideWord?: boolean
  word?: string
  className?: string
}) {
  const { shape, ink, tone, word } = stateEntry(props.kind, props.is)
  return (
    <span
      className={clsx(
        'inline-flex h-[1lh] items-center gap-1.5 whitespace-nowrap align-top',
        tone,
        props.className,
      )}
    >
      <Shape name={shape} ink={ink} />
      <span className={props.hideWord ? 'sr-only' : undefined}>{props.word ?? word}</span>
    </span>
  )
}

/** A state with a count after the shape: "■ 2". The name says "2 Error". */
export function StateCount<K extends StateKind>(props: {
  kind: K
  is: StateOf<K>
  count: number
  className?: string
}) {
  const { shape, ink, tone, word } = stateEntry(props.kind, props.is)
  return (
    <span
      className={clsx(
        'inline-flex h-[1lh] items-center gap-1.5 whitespace-nowrap align-top',
        tone,
        props.className,
      )}
    >
      <Shape name={shape} ink={ink} />
      {props.count}
      <span className="sr-only">{word}</span>
    </span>
  )
}

const CHANGE = {
  widening: 'bg-amb-soft text-amb',
  narrowing: 'bg-grn-soft text-grn',
  prose: 'bg-hover text-ink-2',
} as const

/** The direction of a change, 20 px high on its soft fill: one per row or box. */
export function ChangeBadge(props: { is: keyof typeof CHANGE }) {
  const { shape, word } = stateEntry('change', props.is)
  return (
    <span
      className={clsx(
        'inline-flex h-5 items-center gap-1.5 rounded-tag px-1.5 font-medium',
        CHANGE[props.is],
      )}
    >
      <Shape name={shape} />
      {word}
    </span>
  )
}

/** Marks everything that is a rehearsal: a dashed outline and a flask, never a colour. */
export function Rehearsal(props: { word?: string }) {
  return (
    <span className="inline-flex h-[26px] items-center gap-1.5 rounded-tag border border-dashed border-ink-3 px-2.5 font-medium text-ink">
      <FlaskConical aria-hidden="true" size={13} strokeWidth={1.9} />
      {props.word ?? 'Rehearsal'}
    </span>
  )
}

/** The flask alone, where a column of badges would be louder than what it stands beside. */
export function RehearsalMark() {
  return (
    <span title="Rehearsal, no AI model" className="inline-flex text-ink-3">
      <FlaskConical aria-hidden="true" size={13} strokeWidth={1.9} />
      <span className="sr-only">rehearsal</span>
    </span>
  )
}

/** Seats of an approval as 10 × 4 boxes, filled when signed. Name: "1 of 2 signed". */
export function Seats(props: { total: number; signed: number }) {
  return (
    <span className="inline-flex gap-0.5">
      <span className="sr-only">
        {props.signed} of {props.total} signed
      </span>
      {Array.from({ length: props.total }, (_, seat) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a seat is its place
          key={seat}
          aria-hidden="true"
          className={clsx(
            'h-1 w-2.5 border',
            seat < props.signed ? 'border-acc bg-acc' : 'border-ctl',
          )}
        />
      ))}
    </span>
  )
}

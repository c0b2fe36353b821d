'use client'

import clsx from 'clsx'
import { Fragment } from 'react'
import { Segmented } from '@/components/ui/choices'
import { InvisibleText } from '@/components/ui/invisible-text'
import type { Merge, MergeChoice, MergePart } from '@/lib/definition/merge'
import { counted } from '../marks'
import type { MergeNames } from './merge'

/** Lines of one block that are drawn; the rest is counted. */
const MOST_LINES = 200
/** Blocks that are drawn at all. */
const MOST_PARTS = 400

function Lines(props: { lines: readonly string[]; tone: 'added' | 'removed' | 'plain' }) {
  const { lines, tone } = props
  const sign = { added: '+', removed: '−', plain: '' }[tone]
  const rest = lines.length - MOST_LINES
  return (
    <div
      className={clsx(
        'py-0.5 font-mono text-mono',
        tone === 'added' && 'bg-add',
        tone === 'removed' && 'bg-del',
      )}
    >
      {lines.slice(0, MOST_LINES).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <p key={index} className="flex">
          <span
            className={clsx(
              'w-6 shrink-0 select-none text-center',
              tone === 'added' && 'text-grn',
              tone === 'removed' && 'text-red',
            )}
          >
            {sign}
          </span>
          <bdi className="min-w-0 flex-1 whitespace-pre-wrap pr-3 [overflow-wrap:anywhere]">
            <InvisibleText text={line.replace(/[\r\n]+$/, '')} />
          </bdi>
        </p>
      ))}
      {rest > 0 ? <p className="pl-6 font-sans text-meta text-ink-2">{rest} more lines</p> : null}
    </div>
  )
}

function Side(props: { name: string; lines: readonly string[]; chosen: boolean; left: boolean }) {
  return (
    <div
      className={clsx(
        'min-w-0 flex-1 basis-[280px]',
        !props.chosen && 'opacity-60',
        props.left && 'border-line-2 sm:border-r',
      )}
    >
      <p className="border-b border-line px-3 py-1 text-meta text-ink-2">{props.name}</p>
      {props.lines.length === 0 ? (
        <p className="px-3 py-1 text-ink-2">Takes these lines out.</p>
      ) : (
        <Lines lines={props.lines} tone="plain" />
      )}
    </div>
  )
}

const CHOICES = (names: MergeNames) => [
  { value: 'mine', label: names.mine },
  { value: 'theirs', label: names.theirs.split(',')[0] ?? names.theirs },
  { value: 'both', label: 'Both, yours first' },
]

function ConflictBox(props: {
  part: Extract<MergePart, { kind: 'conflict' }>
  number: number
  names: MergeNames
  choice: MergeChoice | undefined
  onChoose: (choice: MergeChoice) => void
}) {
  const { part, names, choice } = props
  const isMine = choice === undefined || choice === 'mine' || choice === 'both'
  const isTheirs = choice === undefined || choice === 'theirs' || choice === 'both'
  return (
    <section
      aria-label={`Choice ${props.number}`}
      className="rounded-box border border-amb-edge bg-bg"
    >
      <div className="flex flex-wrap items-center gap-3 border-b border-amb-edge bg-amb-soft px-3 py-1.5">
        <h2 className="flex-1 font-semibold">Choice {props.number}</h2>
        <Segmented
          name={`merge-${props.number}`}
          label={`What holds at choice ${props.number}`}
          choices={CHOICES(names)}
          value={choice ?? ''}
          onChange={(value) => props.onChoose(value as MergeChoice)}
        />
      </div>
      <div className="flex flex-wrap">
        <Side name={names.mine} lines={part.mine} chosen={isMine} left />
        <Side name={names.theirs} lines={part.theirs} chosen={isTheirs} left={false} />
      </div>
      {part.base.length === 0 ? null : (
        <details className="border-t border-line px-3 py-1 text-meta text-ink-2">
          <summary>What both started from</summary>
          <Lines lines={part.base} tone="plain" />
        </details>
      )}
    </section>
  )
}

function Taken(props: { part: Extract<MergePart, { kind: 'taken' }>; names: MergeNames }) {
  const { part, names } = props
  const who = part.from === 'both' ? 'Both alike' : names[part.from]
  return (
    <div className="rounded-box border border-line-2">
      <p className="border-b border-line bg-code px-3 py-1 text-meta text-ink-2">
        Taken: {who.toLowerCase() === 'yours' ? 'yours' : who}
      </p>
      {part.base.length > 0 ? <Lines lines={part.base} tone="removed" /> : null}
      {part.lines.length > 0 ? <Lines lines={part.lines} tone="added" /> : null}
    </div>
  )
}

/** The merge from top to bottom: what is alike folded, what was taken, what is to be chosen. */
export function MergeParts(props: {
  merge: Merge
  names: MergeNames
  choices: readonly (MergeChoice | undefined)[]
  onChoose: (index: number, choice: MergeChoice) => void
}) {
  const { names, choices } = props
  let conflicts = 0
  const parts = props.merge.parts.map((part) => ({
    part,
    conflict: part.kind === 'conflict' ? conflicts++ : -1,
  }))
  const drawn = parts.filter(({ part }, at) => at < MOST_PARTS || part.kind === 'conflict')
  return (
    <div className="flex flex-col gap-2">
      {drawn.map(({ part, conflict }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <Fragment key={index}>
          {part.kind === 'same' ? (
            <p className="px-3 text-meta text-ink-3">{counted(part.lines.length, 'line')} alike</p>
          ) : part.kind === 'taken' ? (
            <Taken part={part} names={names} />
          ) : (
            <ConflictBox
              part={part}
              names={names}
              number={conflict + 1}
              choice={choices[conflict]}
              onChoose={(choice) => props.onChoose(conflict, choice)}
            />
          )}
        </Fragment>
      ))}
      {drawn.length < parts.length ? (
        <p className="px-3 text-ink-2">
          {parts.length - drawn.length} more parts fit together and are taken, not shown.
        </p>
      ) : null}
    </div>
  )
}

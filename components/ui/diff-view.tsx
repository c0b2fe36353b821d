import clsx from 'clsx'
import { Fragment, type ReactNode } from 'react'
import type { DiffHunk, DiffLine, TextDiff } from '@/lib/definition/model'
import { DiffPages } from './diff-pages'
import {
  endingWords,
  foldAfterWords,
  foldBeforeWords,
  pagesOf,
  sidePairs,
  wordParts,
} from './diff-parts'
import { InvisibleText } from './invisible-text'

const SIGN = { same: '', added: '+', removed: '−' } as const
const TINT = { same: '', added: 'bg-add', removed: 'bg-del' } as const
const WORD = { same: '', added: 'bg-add-word', removed: 'bg-del-word' } as const
const SIGN_INK = { same: '', added: 'text-grn', removed: 'text-red' } as const
const NUMBER = 'w-10 select-none pr-2 text-right align-top text-ink-3'

function LineText(props: { line: DiffLine }) {
  const { line } = props
  const ending = endingWords(line)
  return (
    <bdi className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {wordParts(line.text, line.marks).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <Fragment key={index}>
          {part.changed ? (
            <mark
              className={clsx('rounded-[2px] text-ink forced-colors:underline', WORD[line.kind])}
            >
              <InvisibleText text={part.text} />
            </mark>
          ) : (
            <InvisibleText text={part.text} />
          )}
        </Fragment>
      ))}
      {ending ? (
        <span className="ml-1 rounded-tag border border-line-2 px-1 font-sans text-tiny text-ink-2">
          {ending}
        </span>
      ) : null}
    </bdi>
  )
}

function Sign(props: { line: DiffLine; tinted?: boolean }) {
  const { kind } = props.line
  return (
    <td
      className={clsx(
        'w-7 select-none pr-1 text-right align-top',
        SIGN_INK[kind],
        props.tinted && TINT[kind],
      )}
      aria-label={kind === 'same' ? undefined : kind}
    >
      {SIGN[kind]}
    </td>
  )
}

function UnifiedLine(props: { line: DiffLine; id: string }) {
  const { line } = props
  const place = line.afterLine === null ? `b${line.beforeLine}` : `${line.afterLine}`
  return (
    <tr id={`${props.id}-${place}`} className={clsx(TINT[line.kind], 'target:bg-sel')}>
      <td className={NUMBER}>{line.beforeLine}</td>
      <td className={NUMBER}>{line.afterLine}</td>
      <Sign line={line} />
      <td className="pr-4 align-top">
        <LineText line={line} />
      </td>
    </tr>
  )
}

function Half(props: { line: DiffLine | null; number: number | null | undefined }) {
  const { line } = props
  if (line === null) return <td colSpan={3} className="w-1/2 bg-code" />
  return (
    <>
      <td className={clsx(NUMBER, TINT[line.kind])}>{props.number}</td>
      <Sign line={line} tinted />
      <td className={clsx('w-1/2 pr-3 align-top', TINT[line.kind])}>
        <LineText line={line} />
      </td>
    </>
  )
}

function Fold(props: { words: string | null; columns: number }) {
  if (props.words === null) return null
  return (
    <tr>
      <td
        colSpan={props.columns}
        className="h-[26px] border-y border-line bg-code pl-12 font-sans text-meta text-ink-3"
      >
        {props.words}
      </td>
    </tr>
  )
}

type Slot = (line: DiffLine) => ReactNode

function UnifiedHunk(props: { hunk: DiffHunk; id: string; below: Slot | undefined }) {
  return (
    <>
      <Fold words={foldBeforeWords(props.hunk)} columns={4} />
      {props.hunk.lines.map((line) => {
        const below = props.below?.(line)
        return (
          <Fragment key={`${line.beforeLine} ${line.afterLine}`}>
            <UnifiedLine line={line} id={props.id} />
            {below ? (
              <tr>
                <td colSpan={3} />
                <td className="py-1.5 pr-3 font-sans text-body">{below}</td>
              </tr>
            ) : null}
          </Fragment>
        )
      })}
    </>
  )
}

function SplitHunk(props: { hunk: DiffHunk }) {
  return (
    <>
      <Fold words={foldBeforeWords(props.hunk)} columns={6} />
      {sidePairs(props.hunk.lines).map((pair) => (
        <tr key={`${pair.left?.beforeLine} ${pair.right?.afterLine}`}>
          <Half line={pair.left} number={pair.left?.beforeLine} />
          <Half line={pair.right} number={pair.right?.afterLine} />
        </tr>
      ))}
    </>
  )
}

function Columns(props: { split: boolean }) {
  const names = props.split
    ? ['Line before', 'Change', 'Text before', 'Line after', 'Change', 'Text after']
    : ['Line before', 'Line after', 'Change', 'Text']
  return (
    <thead className="sr-only">
      <tr>
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <th key={index} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type Drawn = { id: string; label: string; diff: TextDiff; split: boolean; below?: Slot | undefined }

function Hunks(props: Drawn & { hunks: readonly DiffHunk[] }) {
  return props.hunks.map((hunk, index) =>
    props.split ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a hunk is its place
      <SplitHunk key={index} hunk={hunk} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a hunk is its place
      <UnifiedHunk key={index} hunk={hunk} id={props.id} below={props.below} />
    ),
  )
}

/** One table; a long one in pages. */
function Rows(props: Drawn) {
  const { diff, split, label } = props
  const pages = pagesOf(diff.hunks)
  const head = (
    <>
      <caption className="sr-only">{label}</caption>
      <Columns split={split} />
    </>
  )
  const foot = <Fold words={foldAfterWords(diff)} columns={split ? 6 : 4} />
  if (pages.length > 1) {
    const drawn = pages.map((hunks) => ({
      rows: <Hunks {...props} hunks={hunks} />,
      lines: hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0),
    }))
    return <DiffPages head={head} pages={drawn} foot={foot} />
  }
  return (
    <table className="w-full border-collapse font-mono text-mono">
      {head}
      <tbody>
        <Hunks {...props} hunks={pages[0] ?? []} />
        {foot}
      </tbody>
    </table>
  )
}

/**
 * The text of a change: two number columns, sign, line tint, word tint, folds. Long lines wrap;
 * invisible characters are boxed. `head` is the bar above (path, counts, actions), `below` puts a
 * thread under a line, `split` shows both sides. Every line has the anchor `{id}-{line after}`.
 * A diff that could not be aligned says so instead of pretending.
 */
export function DiffView(props: {
  id: string
  label: string
  diff: TextDiff
  head?: ReactNode
  split?: boolean
  below?: Slot
}) {
  const split = props.split === true
  return (
    <section aria-label={props.label} className="overflow-hidden rounded-box border border-line-2">
      {props.head ? (
        <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line-2 bg-code px-3 py-1">
          {props.head}
        </div>
      ) : null}
      {props.diff.aligned ? null : (
        <p className="border-b border-line bg-amb-soft px-3 py-1.5 text-meta text-ink">
          Too different to align: shown as everything replaced.
        </p>
      )}
      <Rows {...props} split={split} />
    </section>
  )
}

/** "+6 −4", in the colours of the diff, with a true minus. */
export function ChangeCount(props: { added: number; removed: number }) {
  return (
    <span className="whitespace-nowrap">
      <span className="text-grn">+{props.added}</span>{' '}
      <span className="text-red">−{props.removed}</span>
    </span>
  )
}

import clsx from 'clsx'
import { Fragment } from 'react'
import { InvisibleText } from '@/components/ui/invisible-text'
import { Shape } from '@/components/ui/shape'
import type { CallArgument, GatedLine, ToolCallSubject } from '@/lib/inbox/model'
import { countWords } from '@/lib/inbox/rules/words'
import { SeenEnd } from './seen-end'
import { TypedOrRaw } from './typed-or-raw'

type Shown = Pick<
  ToolCallSubject,
  'tool' | 'class' | 'args' | 'raw' | 'bytes' | 'hidden' | 'incomplete' | 'gated'
>

const LOUD = new Set(['destroy', 'outbound'])

/**
 * A held call as it was stored: the head from our register, every argument whole and typed, what
 * the rule matched marked with a footnote, and a strip that says whether all of it is shown.
 * `digest` is what a decision would bind to.
 */
export function HeldCall(props: { call: Shown; digest: string }) {
  const { call } = props
  return (
    <section aria-label="The call" className="overflow-hidden rounded-box border border-line-2">
      <TypedOrRaw
        copy={call.raw}
        head={
          <>
            <span className="font-semibold">{call.tool}</span>
            <span className="text-meta text-ink-2 max-sm:hidden">built-in tool</span>
            <span className="text-meta text-ink-2">
              class{' '}
              {call.class === null ? (
                <strong className="font-medium text-red">unclassified</strong>
              ) : (
                <ClassWords kinds={classesOf(call)} />
              )}
            </span>
          </>
        }
        typed={<Arguments args={call.args} />}
        raw={
          <pre className="overflow-x-auto whitespace-pre-wrap px-3 py-2 text-command [overflow-wrap:anywhere]">
            <InvisibleText text={call.raw} />
          </pre>
        }
      />
      <Strip call={call} />
      <SeenEnd digest={props.digest} id="read-to-here" />
    </section>
  )
}

function classesOf(call: Shown): string[] {
  const kinds = new Set(call.gated.map((line) => line.class as string))
  return kinds.size > 0 ? [...kinds] : call.class === null ? [] : [call.class]
}

function ClassWords(props: { kinds: readonly string[] }) {
  return (
    <span className={clsx('font-medium', props.kinds.some((kind) => LOUD.has(kind)) && 'text-red')}>
      {props.kinds.join(', ')}
    </span>
  )
}

function Arguments(props: { args: readonly CallArgument[] }) {
  return (
    <dl className="grid grid-cols-[minmax(72px,max-content)_minmax(0,1fr)] max-sm:grid-cols-[minmax(0,1fr)]">
      {props.args.map((arg, index) => (
        <Fragment key={arg.name}>
          <dt
            className={clsx(
              'max-w-40 border-r border-line bg-code px-3 py-2 font-mono text-mono text-ink-2 [overflow-wrap:anywhere] max-sm:max-w-none max-sm:border-r-0 max-sm:bg-bg max-sm:pb-0',
              index > 0 && 'border-t border-t-line',
              props.args.length === 1 && 'max-sm:hidden',
            )}
          >
            {arg.name}
          </dt>
          <dd
            className={clsx(
              'px-3 py-2 font-mono text-command whitespace-pre-wrap [overflow-wrap:anywhere]',
              index > 0 && 'border-t border-t-line max-sm:border-t-0',
            )}
          >
            <bdi>
              <Marked arg={arg} />
            </bdi>
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

/** The text with what the rule matched in amber, each with the number of its footnote. */
function Marked(props: { arg: CallArgument }) {
  const { text, matches } = props.arg
  let at = 0
  const parts = matches.map((match) => {
    const before = text.slice(at, match.start)
    at = match.end
    return (
      <Fragment key={match.start}>
        <InvisibleText text={before} />
        <mark className="border-b-2 border-amb-mark bg-amb-soft font-medium text-ink">
          <InvisibleText text={text.slice(match.start, match.end)} />
        </mark>
        <sup className="text-tiny text-amb">{match.note}</sup>
      </Fragment>
    )
  })
  return (
    <>
      {parts}
      <InvisibleText text={text.slice(at)} />
    </>
  )
}

function Strip(props: { call: Shown }) {
  const { call } = props
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-t border-line bg-code px-3 py-1.5 text-meta text-ink-2">
      {call.incomplete === null ? (
        <span className="flex items-center gap-1.5 text-grn">
          <Shape name="check" />
          Whole payload shown
        </span>
      ) : (
        <strong className="flex items-center gap-1.5 font-medium text-red">
          <Shape name="error-square" />
          {call.incomplete}
        </strong>
      )}
      <span>
        {countWords(call.args.length, 'argument')}, {countWords(call.bytes, 'byte')}
      </span>
      <span className={call.hidden > 0 ? 'font-medium text-red' : 'max-sm:hidden'}>
        {call.hidden > 0
          ? `${countWords(call.hidden, 'invisible character')}, boxed`
          : 'no invisible characters'}
      </span>
    </p>
  )
}

/** The gated commands as they would be carried out, each with what it does. */
export function GatedLines(props: { lines: readonly GatedLine[]; label: string }) {
  return (
    <ol aria-label={props.label} className="flex flex-col gap-2">
      {props.lines.map((line) => (
        <li key={line.note} className="grid grid-cols-[20px_minmax(0,1fr)]">
          <span className="font-mono text-mono font-medium text-amb">{line.note}</span>
          <div>
            <code className="text-command font-medium whitespace-pre-wrap [overflow-wrap:anywhere]">
              <InvisibleText text={line.text} />
            </code>
            <p className="text-ink-2">
              <span className={LOUD.has(line.class) ? 'text-red' : undefined}>{line.sentence}</span>{' '}
              Runs in{' '}
              {line.cwd === '.' ? 'the root' : <code className="text-mono">{line.cwd}</code>}
              {line.stdin === null
                ? '.'
                : ` with ${countWords(line.stdin.length, 'character')} of input.`}
            </p>
            {line.stdin === null ? null : (
              <pre className="mt-1 max-h-60 overflow-auto border-l-2 border-line-2 pl-3 text-mono whitespace-pre-wrap">
                <InvisibleText text={line.stdin} />
              </pre>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

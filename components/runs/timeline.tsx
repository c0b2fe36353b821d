import clsx from 'clsx'
import { Check, CircleSlash, Clock3, Flag, MessageSquare, Pause, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { InvisibleText } from '@/components/ui/invisible-text'
import { TextLink } from '@/components/ui/text-link'
import { durationWords } from '@/components/ui/time-words'
import type { CallState } from '@/lib/runs/model'
import type { RunCall, TimelineEntry } from '@/lib/runs/queries/page'
import { stepTime } from './words'

const ICON = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const
type Mark = { icon: ReactNode; word: string }

const MARKS: Record<CallState, Mark> = {
  proposed: { icon: <Clock3 {...ICON} className="text-ink-3" />, word: 'asked' },
  denied_by_policy: { icon: <CircleSlash {...ICON} className="text-red" />, word: 'denied' },
  awaiting_approval: { icon: <Pause {...ICON} className="text-amb-mark" />, word: 'held' },
  approved: { icon: <Check {...ICON} className="text-grn" />, word: 'approved' },
  rejected: { icon: <CircleSlash {...ICON} className="text-red" />, word: 'denied' },
  expired: { icon: <Clock3 {...ICON} className="text-ink-3" />, word: 'expired' },
  executing: { icon: <Clock3 {...ICON} className="text-ink-3" />, word: 'under way' },
  succeeded: { icon: <Check {...ICON} className="text-grn" />, word: 'done' },
  failed: { icon: <X {...ICON} className="text-red" />, word: 'failed' },
  denied: { icon: <CircleSlash {...ICON} className="text-red" />, word: 'denied' },
  outcome_unknown: {
    icon: <Clock3 {...ICON} className="text-amb-mark" />,
    word: 'outcome unknown',
  },
}

/** What happened, in order. `held` stands in place of the call that people must decide. */
export function Timeline(props: {
  entries: readonly TimelineEntry[]
  zone: string
  held: ReactNode
  heldApproval: string | null
}) {
  return (
    <ol aria-label="Steps">
      {props.entries.map((entry, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the timeline only grows at its end
          key={index}
          className="grid grid-cols-[72px_28px_minmax(0,1fr)] pb-2.5 max-sm:grid-cols-[28px_minmax(0,1fr)]"
        >
          <time dateTime={entry.at} className="text-meta leading-5 text-ink-3 max-sm:hidden">
            {stepTime(entry.at, props.zone)}
          </time>
          <span className="relative flex h-5 items-center justify-center">
            <span
              aria-hidden="true"
              className="absolute top-5 bottom-[-10px] border-l border-line-2"
            />
            {iconOf(entry)}
          </span>
          <Entry entry={entry}>
            {entry.kind === 'call' &&
            entry.call.approvalId === props.heldApproval &&
            props.heldApproval
              ? props.held
              : null}
          </Entry>
        </li>
      ))}
    </ol>
  )
}

function iconOf(entry: TimelineEntry): ReactNode {
  if (entry.kind === 'task') return <Flag {...ICON} className="text-ink-2" />
  if (entry.kind === 'said') return <MessageSquare {...ICON} className="text-ink-3" />
  return MARKS[entry.call.state].icon
}

function Entry(props: { entry: TimelineEntry; children: ReactNode }) {
  const { entry } = props
  if (entry.kind === 'call') return <CallEntry call={entry.call}>{props.children}</CallEntry>
  return (
    <div className="flex min-w-0 gap-4">
      <div className="min-w-0 flex-1 [&>*]:max-w-[62ch]">
        {entry.kind === 'task' ? <span className="pr-2 font-semibold">Task</span> : null}
        <span className={clsx('whitespace-pre-wrap', entry.kind === 'said' && 'text-ink-2')}>
          {entry.kind === 'said' ? <span className="sr-only">Written by the agent: </span> : null}
          <bdi>
            “<InvisibleText text={entry.text} />”
          </bdi>
        </span>
      </div>
      {entry.kind === 'said' ? <Took ms={entry.durationMs} /> : null}
    </div>
  )
}

function Took(props: { ms: number | null }) {
  if (props.ms === null) return null
  return (
    <span className="shrink-0 text-right text-meta leading-5 text-ink-3">
      {durationWords(props.ms)}
    </span>
  )
}

function CallEntry(props: { call: RunCall; children: ReactNode }) {
  const { call } = props
  return (
    <div className="min-w-0">
      {props.children || call.result === null ? (
        <>
          <CallLine call={call} linked />
          {props.children}
        </>
      ) : (
        <details>
          <summary className="cursor-pointer list-none rounded-tag hover:bg-hover">
            <CallLine call={call} />
          </summary>
          {call.approvalId ? (
            <p className="pt-1 text-meta">
              <TextLink href={`/inbox/${call.approvalId}`}>Read how it was decided</TextLink>
            </p>
          ) : null}
          <pre className="mt-1 max-h-72 overflow-auto rounded-box border border-line bg-code px-3 py-2 text-mono whitespace-pre-wrap [overflow-wrap:anywhere]">
            <InvisibleText text={call.result} />
          </pre>
        </details>
      )}
    </div>
  )
}

/** One line; `linked` unless it stands in what opens the result: a link inside a control is lost. */
function CallLine(props: { call: RunCall; linked?: boolean }) {
  const { call } = props
  return (
    <span className="flex min-w-0 gap-4">
      <span className="min-w-0 flex-1">
        <span className="font-semibold">{call.tool}</span>{' '}
        <code className="text-mono [overflow-wrap:anywhere]">
          <InvisibleText text={call.line} />
        </code>{' '}
        <CallRemark call={call} linked={props.linked === true} />
      </span>
      <Took ms={call.durationMs} />
    </span>
  )
}

/** What became of the call, where its shape alone does not say it. */
function CallRemark(props: { call: RunCall; linked: boolean }) {
  const { call } = props
  const word = <span className="sr-only">{MARKS[call.state].word}</span>
  if (call.verdict === 'allowed' && call.state === 'succeeded') return word
  if (call.verdict === 'allowed')
    return <span className="text-ink-2">{MARKS[call.state].word}</span>
  return (
    <span className="text-ink-2">
      {MARKS[call.state].word} by{' '}
      {call.approvalId && props.linked ? (
        <TextLink href={`/inbox/${call.approvalId}`}>{call.rule}</TextLink>
      ) : (
        <code className="text-mono">{call.rule}</code>
      )}
    </span>
  )
}

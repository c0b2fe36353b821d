import clsx from 'clsx'
import Link from 'next/link'
import { Countdown } from '@/components/ui/countdown'
import { InvisibleText } from '@/components/ui/invisible-text'
import { Seats, State } from '@/components/ui/state-shape'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import { KIND_WORDS } from '@/lib/inbox/rules/words'
import { KindIcon } from './kind-icon'
import { type RowWords, rowMeta, rowRemark } from './row-words'
import type { SteadyRow } from './steady-rows'
import type { Selection } from './use-selection'

/**
 * One line of the inbox: risk, what would happen, by when; then kind, agent, who asks, seats. The
 * whole row is the link. A row that left the list stays in its place and says what became of it.
 */
export function InboxRowLink(props: {
  row: SteadyRow
  href: string
  selected: boolean
  unread: boolean
  clock: Clock
  words: RowWords
  /** While rows are selected: a box stands in place of the risk. */
  selection: Selection | null
}) {
  const { row, clock } = props
  const remark = rowRemark(row, props.words)
  return (
    <li
      data-row=""
      data-selected={props.selected || undefined}
      className={clsx(
        'row relative flex border-b border-line pr-4 [contain-intrinsic-size:auto_55px] [content-visibility:auto] max-sm:min-h-[64px]',
        props.selected ? 'bg-sel' : 'has-[a]:hover:bg-hover',
      )}
    >
      <span className="flex w-11 shrink-0 items-start py-2 pl-4 max-sm:py-2.5">
        <span className="flex h-5 items-center max-sm:h-[22px]">
          {props.selection && !row.left && row.state === 'open' ? (
            <input
              type="checkbox"
              className="tick relative z-10"
              aria-label={`Select ${row.title}`}
              checked={props.selection.has(row.id)}
              onChange={() => props.selection?.toggle(row.id)}
            />
          ) : (
            <State kind="risk" is={row.riskTier} hideWord />
          )}
        </span>
      </span>
      <div className="min-w-0 flex-1 py-2 max-sm:py-2.5">
        <div className="flex items-baseline gap-3">
          <Link
            href={props.href}
            prefetch={false}
            scroll={false}
            data-row-link=""
            data-row-id={row.id}
            aria-current={props.selected ? 'true' : undefined}
            title={row.title}
            className={clsx(
              'min-w-0 flex-1 truncate outline-none after:absolute after:inset-0 after:content-[""]',
              props.unread ? 'font-semibold' : 'font-medium',
              row.left ? 'text-ink-3' : 'text-ink',
            )}
          >
            {props.unread ? <span className="sr-only">Unread: </span> : null}
            <bdi>
              <InvisibleText text={row.title} />
            </bdi>
          </Link>
          <RowDue row={row} clock={clock} />
        </div>
        <div className="flex items-center gap-2 text-meta text-ink-2 max-sm:text-body/[20px] max-sm:pt-0.5">
          <span className="flex w-[88px] shrink-0 items-center gap-1.5 whitespace-nowrap max-sm:w-auto">
            <KindIcon kind={row.kind} />
            {KIND_WORDS[row.kind]}
          </span>
          <span className="min-w-0 flex-1 truncate">
            {remark === null ? null : <bdi className="font-medium text-ink">{remark} · </bdi>}
            <bdi>{rowMeta(row, props.words)}</bdi>
          </span>
          <span className="shrink-0">
            {row.state !== 'open' ? (
              <State kind="approval" is={row.state} />
            ) : row.left ? null : (
              <Seats total={row.quorum} signed={row.signed} />
            )}
          </span>
        </div>
      </div>
    </li>
  )
}

function RowDue(props: { row: SteadyRow; clock: Clock }) {
  const { row, clock } = props
  if (row.state !== 'open' || row.left) {
    const at = row.settledAt ?? row.deadlineAt
    return (
      <span className="shrink-0 text-meta text-ink-3">
        {row.state === 'open' || at === null ? 'no longer here' : <Time at={at} clock={clock} />}
      </span>
    )
  }
  if (row.deadlineAt !== null) {
    return (
      <Countdown
        until={row.deadlineAt}
        clock={clock}
        subject={row.title}
        className="shrink-0 font-semibold [&:not(.text-amb)]:font-normal [&:not(.text-amb)]:text-ink-2"
      />
    )
  }
  const word = row.kind === 'proposal' || row.kind === 'review' ? 'No deadline' : 'Parked'
  return <span className="shrink-0 text-ink-3">{word}</span>
}

'use client'

import { type KeyboardEvent, lazy, type MouseEvent, Suspense, useSyncExternalStore } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Empty, PartError } from '@/components/ui/empty'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { type Clock, dayWords } from '@/components/ui/time-words'
import type { InboxView } from '@/lib/inbox/model'
import { KIND_WORDS } from '@/lib/inbox/rules/words'
import type { OwnView } from '@/lib/people/queries/views'
import { type InboxPlace, inboxHref, VIEW_WORDS } from './address'
import { InboxRowLink } from './inbox-row'
import { KindFilter } from './kind-filter'
import { readItems, subscribeRead } from './read-items'
import type { SteadyRow } from './steady-rows'
import type { InboxData } from './use-inbox'
import type { Selection } from './use-selection'
import { ViewsMenu } from './views-menu'

const OwnQualityPart = lazy(() => import('./own-quality'))
const TogetherBar = lazy(() => import('./together-bar'))

export type NextReview = { id: string; agent: string; dueOn: string }

type Listed = {
  place: InboxPlace
  selected: string | null
  personId: string
  clock: Clock
  selection: Selection
}

function Group(
  props: Listed & {
    view: InboxView
    rows: readonly SteadyRow[]
    count: number | null
    remark: string
  },
) {
  const read = useSyncExternalStore(subscribeRead, readItems, () => null)
  const opened = new Set((read ?? '').split(' '))
  return (
    <section aria-label={VIEW_WORDS[props.view]}>
      <h2 className="flex h-[33px] items-center gap-2 border-b border-line bg-sunk px-4 font-semibold">
        {VIEW_WORDS[props.view]}
        {props.count === null ? null : (
          <span className="text-meta font-normal text-ink-2">{props.count}</span>
        )}
        <span className="ml-auto text-meta font-normal text-ink-3">{props.remark}</span>
      </h2>
      <ul>
        {props.rows.map((row) => (
          <InboxRowLink
            key={row.id}
            row={row}
            href={inboxHref(row.id, { ...props.place, wide: false })}
            selected={row.id === props.selected}
            unread={
              read !== null &&
              props.view === 'needs' &&
              !row.left &&
              !row.opened &&
              !opened.has(row.id)
            }
            clock={props.clock}
            words={{ personId: props.personId, view: props.view }}
            selection={props.view === 'needs' && props.selection.on ? props.selection : null}
          />
        ))}
      </ul>
    </section>
  )
}

function Nothing(props: {
  place: InboxPlace
  waiting: number
  nextReview: NextReview | null
  clock: Clock
}) {
  const { place } = props
  if (place.kind !== null) {
    return (
      <Empty
        title={`No ${KIND_WORDS[place.kind].toLowerCase()} in this view`}
        actions={
          <ButtonLink href={inboxHref(null, { ...place, kind: null })}>Drop the filter</ButtonLink>
        }
      >
        Other kinds of approval may be here.
      </Empty>
    )
  }
  if (place.view === 'done')
    return (
      <Empty title="Nothing is settled yet">
        Decisions are listed here with who made them and when.
      </Empty>
    )
  if (place.view === 'waiting')
    return (
      <Empty title="Nothing waits on others">
        What you ask for and what you signed first stands here until the others have signed.
      </Empty>
    )
  if (place.view === 'snoozed')
    return (
      <Empty title="Nothing is set aside">
        What you set aside stands here until its time, and comes back by itself.
      </Empty>
    )
  return (
    <Empty
      title="Nothing needs you"
      actions={
        <>
          <ButtonLink href="/inbox?view=done">Decided before</ButtonLink>
          {props.waiting > 0 ? (
            <ButtonLink href="/inbox?view=waiting" tone="quiet">
              Waiting on others, {props.waiting}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      Definition changes, held tool calls and change-sets that you may decide come here by
      themselves.
      {props.nextReview ? (
        <>
          {' '}
          The next thing due is the review of{' '}
          <TextLink href={`/reviews/${props.nextReview.id}`}>{props.nextReview.agent}</TextLink> on{' '}
          {dayWords(Date.parse(`${props.nextReview.dueOn}T12:00:00Z`), {
            now: props.clock.now,
            zone: 'UTC',
          })}
          .
        </>
      ) : null}
    </Empty>
  )
}

/** How the list is ordered and narrowed, and what came since. */
function ListBar(props: {
  place: InboxPlace
  fresh: number
  adopt: () => void
  selection: Selection
  ownViews: readonly OwnView[]
}) {
  const { place, selection } = props
  return (
    <div className="flex h-11 items-center gap-2 border-b border-line px-4 max-sm:h-[52px]">
      {place.kind === null && !selection.on && props.fresh === 0 ? (
        <span className="whitespace-nowrap text-meta text-ink-3 max-sm:hidden">
          {place.view === 'done' ? 'Newest first' : 'By risk and time left'}
        </span>
      ) : null}
      <KindFilter place={place} />
      <ViewsMenu place={place} views={props.ownViews} />
      {place.view === 'needs' ? (
        <Button
          size="small"
          tone="quiet"
          aria-pressed={selection.on}
          onClick={selection.on ? selection.clear : selection.start}
        >
          {selection.on ? 'Select nothing' : 'Select'}
        </Button>
      ) : null}
      {props.fresh > 0 ? (
        <button
          type="button"
          onClick={props.adopt}
          className="ml-auto h-6 rounded-tag bg-sel px-2 font-medium text-acc hover:underline max-sm:h-11"
        >
          {props.fresh} new
        </button>
      ) : null}
    </div>
  )
}

/** The list: the view's own group, below "Needs me" also what waits on others. */
export function InboxListPane(
  props: Listed & {
    data: InboxData
    nextReview: NextReview | null
    ownViews: readonly OwnView[]
    move: (by: 1 | -1) => void
    /** Gives the selected item the whole width. */
    open: () => void
  },
) {
  const { data, place } = props
  const onKey = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.getAttribute('data-row-id') : null
    if (event.key === 'Enter' && row !== null && row === props.selected) {
      event.preventDefault()
      props.open()
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    props.move(event.key === 'ArrowDown' ? 1 : -1)
  }
  const remark = place.view === 'done' ? 'settled' : 'decide by'
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-row-id]') : null
    const id = row?.getAttribute('data-row-id')
    if (!event.shiftKey || !id || place.view !== 'needs') return
    event.preventDefault()
    props.selection.extend(id)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the links inside
    <div
      onKeyDown={onKey}
      onClickCapture={onClick}
      data-listing={props.selected === null || undefined}
    >
      <ListBar
        {...{ place, selection: props.selection, ownViews: props.ownViews }}
        fresh={data.fresh}
        adopt={data.adopt}
      />
      {data.quality ? (
        <Suspense fallback={null}>
          <OwnQualityPart quality={data.quality} clock={props.clock} />
        </Suspense>
      ) : null}
      {data.failed ? (
        <PartError
          title="The inbox could not be read."
          action={<Button onClick={data.retry}>Try again</Button>}
        >
          Your decisions are safe; nothing was sent.
        </PartError>
      ) : null}
      {data.loading ? <SkeletonRows lines={2} rows={8} /> : null}
      {!data.loading && !data.failed && data.main.length === 0 ? (
        <Nothing
          place={place}
          waiting={data.counts?.waiting ?? 0}
          nextReview={props.nextReview}
          clock={props.clock}
        />
      ) : null}
      {data.main.length > 0 ? (
        <Group
          {...props}
          view={place.view}
          rows={data.main}
          count={place.view === 'done' ? null : (data.counts?.[place.view] ?? null)}
          remark={remark}
        />
      ) : null}
      {data.more ? (
        <div className="border-b border-line px-4 py-2">
          <Button size="small" onClick={data.more} pending={data.loadingMore}>
            Show more
          </Button>
        </div>
      ) : null}
      {data.waiting.length > 0 ? (
        <Group
          {...props}
          view="waiting"
          rows={data.waiting}
          count={data.counts?.waiting ?? null}
          remark=""
        />
      ) : null}
      {props.selection.on ? (
        <Suspense fallback={null}>
          <TogetherBar selection={props.selection} />
        </Suspense>
      ) : null}
    </div>
  )
}

'use client'

import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react'
import { useSearchParams, useSelectedLayoutSegment } from 'next/navigation'
import type { ReactNode } from 'react'
import { LiveProvider } from '@/components/live/live-provider'
import { NotRenewed } from '@/components/live/not-renewed'
import { type Crumb, PageHeader, Views } from '@/components/shell/page-header'
import { ListAndReader } from '@/components/shell/panes'
import { Button, IconButton } from '@/components/ui/button'
import { KeyHint, keyAttributes } from '@/components/ui/key-hint'
import type { Clock } from '@/components/ui/time-words'
import type { ApprovalKind } from '@/lib/approvals/model'
import { INBOX_VIEWS, type InboxList, type InboxRow } from '@/lib/inbox/model'
import { readKind, readView } from '@/lib/inbox/rules/order'
import { KIND_WORDS } from '@/lib/inbox/rules/words'
import type { OwnView } from '@/lib/people/queries/views'
import { type InboxPlace, inboxHref, VIEW_WORDS } from './address'
import { InboxListPane, type NextReview } from './inbox-list'
import { NextItemContext } from './next-item'
import { useCountInTitle } from './use-count-in-title'
import { useInbox } from './use-inbox'
import { useInboxMoves } from './use-inbox-keys'
import { useSelection } from './use-selection'

type Props = {
  initial: InboxList
  /** The filter that `initial` was read with. */
  initialKind: ApprovalKind | null
  personId: string
  /** Kept under a name by the reader. */
  ownViews: readonly OwnView[]
  clock: Clock
  /** What is due next when nothing needs the reader. */
  nextReview: NextReview | null
  children: ReactNode
}

/** The inbox: the list stays where it is while items come and go beside it. */
export function InboxScreen(props: Props) {
  return (
    <LiveProvider>
      <Screen {...props} />
    </LiveProvider>
  )
}

function Screen(props: Props) {
  const { initial, clock } = props
  const params = useSearchParams()
  const selected = useSelectedLayoutSegment()
  const place: InboxPlace = {
    view: readView(params.get('view')),
    kind: readKind(params.get('kind')),
    wide: params.has('wide') && selected !== null,
  }
  const same = initial.view === place.view && props.initialKind === place.kind
  const hydrated = same ? initial : undefined
  const data = useInbox(place, hydrated, { id: selected, facts: initial.facts })
  const ids = [...data.main, ...data.waiting].map((row) => row.id)
  const selection = useSelection(place.view === 'needs' ? data.main : [])
  const moves = useInboxMoves(ids, selected, { place, selection })
  useCountInTitle(data.counts?.needs ?? 0)
  const open = [...data.main, ...data.waiting].find((row) => row.id === moves.current)
  const count = `${moves.at + 1} of ${ids.length}`
  const position = moves.at === -1 ? null : place.wide ? `${count} in your inbox` : count
  const steps = <Steps position={position} step={moves.step} />
  const word = open ? KIND_WORDS[open.kind] : 'Inbox'
  const after = moves.at === -1 || moves.at === ids.length - 1 ? null : () => moves.step(1)
  const reader = <NextItemContext value={after}>{props.children}</NextItemContext>
  return (
    <>
      <div className={selected === null ? 'contents' : 'contents max-lg:hidden'}>
        <PageHeader
          crumbs={place.wide && open ? crumbsOf(open) : [{ label: 'Inbox' }]}
          heading={selected === null}
          remark={place.wide || data.counts === null ? undefined : needWords(data.counts.needs)}
          views={place.wide ? null : <Views views={viewLinks(place)} />}
        >
          {place.wide ? (
            <Button keys="Esc" onClick={moves.back}>
              Back to the list
            </Button>
          ) : null}
          <span className="flex items-center gap-2 max-lg:hidden">{steps}</span>
          <KeyNotes />
        </PageHeader>
      </div>
      {selected === null ? null : (
        <ReaderBar word={word} position={position} back={moves.back}>
          {steps}
        </ReaderBar>
      )}
      <NotRenewed liveness={data.liveness} zone={clock.zone} />
      {place.wide ? (
        <div className="flex min-h-0 flex-1 flex-col">{reader}</div>
      ) : (
        <ListAndReader
          listLabel="Items"
          reading={selected !== null}
          list={
            <InboxListPane
              place={place}
              selected={moves.current}
              personId={props.personId}
              clock={clock}
              data={data}
              selection={selection}
              ownViews={props.ownViews}
              nextReview={props.nextReview}
              move={moves.move}
              open={moves.open}
            />
          }
          reader={reader}
        />
      )}
    </>
  )
}

function needWords(count: number): string {
  return count === 0 ? 'nothing needs you' : `${count} need${count === 1 ? 's' : ''} you`
}

/** Over the whole width an item stands where it belongs, not in the queue. */
function crumbsOf(row: InboxRow): Crumb[] {
  const here = { label: row.kind === 'proposal' ? 'Proposal' : KIND_WORDS[row.kind] }
  if (row.kind !== 'proposal' || row.agent === null) {
    return [
      { label: 'Runs', href: '/runs' },
      { label: `Run ${row.run ?? ''}`.trim(), href: '/runs' },
      here,
    ]
  }
  return [
    { label: 'Agents', href: '/agents' },
    { label: row.agent, href: `/agents/${row.agent}` },
    here,
  ]
}

function viewLinks(place: InboxPlace) {
  return INBOX_VIEWS.map((view) => ({
    label: VIEW_WORDS[view],
    href: inboxHref(null, { view, kind: null, wide: false }),
    current: place.view === view,
  }))
}

/** Where the reader is in the queue, and the way on without leaving the reader. */
function Steps(props: { position: string | null; step: (by: 1 | -1) => void }) {
  return (
    <>
      {props.position ? (
        <span className="text-meta text-ink-3 max-lg:hidden">{props.position}</span>
      ) : null}
      <IconButton name="Item before" {...keyAttributes('[')} onClick={() => props.step(-1)}>
        <ChevronUp aria-hidden="true" size={15} strokeWidth={1.75} />
      </IconButton>
      <IconButton name="Next item" {...keyAttributes(']')} onClick={() => props.step(1)}>
        <ChevronDown aria-hidden="true" size={15} strokeWidth={1.75} />
      </IconButton>
    </>
  )
}

function KeyNotes() {
  return (
    <span
      aria-hidden="true"
      className="flex items-center gap-1.5 text-meta text-ink-3 max-xl:hidden [[data-keys=off]_&]:hidden"
    >
      <KeyHint keys="J" />
      <KeyHint keys="K" /> move
      <KeyHint keys="?" className="ml-1" /> all keys
    </span>
  )
}

/** Below 1100 px the reader has the screen: back, what it is, and the items around it. */
function ReaderBar(props: {
  word: string
  position: string | null
  back: () => void
  children: ReactNode
}) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-3 max-sm:h-[52px] max-sm:px-1 lg:hidden">
      <IconButton name="Back to the list" onClick={props.back}>
        <ArrowLeft aria-hidden="true" size={18} strokeWidth={1.75} />
      </IconButton>
      <span className="text-title">{props.word}</span>
      <span className="pl-1.5 text-ink-3">{props.position}</span>
      <span className="ml-auto flex items-center gap-1">{props.children}</span>
    </header>
  )
}

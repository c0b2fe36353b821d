'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Liveness, useChanges } from '@/components/live/use-changes'
import { announce } from '@/components/ui/announce'
import type { InboxCounts, InboxList, InboxRow, OwnQuality } from '@/lib/inbox/model'
import { type InboxQuery, inboxListOptions } from '@/lib/inbox/query-options'
import { itemMoved, rowsOfView, type SteadyRow, steadyRows } from './steady-rows'
import { RECORDED } from './use-decision'

export type InboxData = {
  /** Null while they are not known. */
  counts: InboxCounts | null
  /** With "Done": how the reader decides. */
  quality: OwnQuality | null
  main: SteadyRow[]
  /** Below "Needs me": the beginning of "Waiting on others". */
  waiting: SteadyRow[]
  fresh: number
  /** Puts what is new into its place. */
  adopt: () => void
  loading: boolean
  failed: boolean
  retry: () => void
  more: (() => void) | null
  loadingMore: boolean
  liveness: Liveness
}

/** Keeps the rows of a list where they are until `adopt`; another list is taken as it comes. */
function useSteady(key: string, latest: readonly InboxRow[], loaded: boolean) {
  const [shown, setShown] = useState({ key, rows: latest, loaded })
  const stale = shown.key !== key || !shown.loaded || (shown.rows.length === 0 && latest.length > 0)
  if (stale && (loaded || shown.key !== key)) setShown({ key, rows: latest, loaded })
  const steady = steadyRows(stale ? latest : shown.rows, latest)
  return { ...steady, adopt: () => setShown({ key, rows: latest, loaded }) }
}

/**
 * The rows of one view, hydrated from the server and read again whenever something was recorded.
 * When the open item or a count changed, the page around the list is read again too.
 */
export function useInbox(
  query: InboxQuery,
  initial: InboxList | undefined,
  open: { id: string | null; facts: number },
): InboxData {
  const client = useQueryClient()
  const list = useInfiniteQuery(inboxListOptions(query, initial))
  const pages = list.data?.pages ?? []
  const key = `${query.view} ${query.kind ?? ''}`
  const loaded = list.data !== undefined
  const latestMain = rowsOfView(pages, query.view)
  const latestWaiting = query.view === 'needs' ? rowsOfView(pages, 'waiting') : []
  const main = useSteady(key, latestMain, loaded)
  const waiting = useSteady(`${key} waiting`, latestWaiting, loaded)
  const again = () => void client.invalidateQueries({ queryKey: ['inbox'] })
  const liveness = useChanges(open.facts, again)
  const decidedAt = useOwnDecisions(again)

  const counts = pages[0]?.counts ?? { needs: 0, waiting: 0, snoozed: 0 }
  const opened = [...latestMain, ...latestWaiting].find((row) => row.id === open.id)
  useFreshPage({ id: open.id, row: opened, counts, loaded }, decidedAt)
  const moved = new Set(main.rows.map((row) => row.id))
  const freshWaiting = latestWaiting.filter(
    (row) => !moved.has(row.id) && !waiting.rows.some((other) => other.id === row.id),
  ).length
  const fresh = main.fresh + freshWaiting
  useSpoken(fresh)
  const adopt = () => {
    main.adopt()
    waiting.adopt()
  }
  return {
    counts: pages[0]?.counts ?? null,
    quality: pages[0]?.quality ?? null,
    main: main.rows,
    waiting: waiting.rows,
    fresh,
    adopt,
    loading: list.isPending,
    failed: list.isError,
    retry: () => void list.refetch(),
    more: list.hasNextPage ? () => void list.fetchNextPage().then(adopt) : null,
    loadingMore: list.isFetchingNextPage,
    liveness,
  }
}

/** Reads the list again after a decision made here; returns when the last one was. */
function useOwnDecisions(again: () => void): RefObject<number> {
  const decidedAt = useRef(0)
  const latest = useRef(again)
  useEffect(() => {
    latest.current = again
  })
  useEffect(() => {
    const onRecorded = () => {
      decidedAt.current = Date.now()
      latest.current()
    }
    document.addEventListener(RECORDED, onRecorded)
    return () => document.removeEventListener(RECORDED, onRecorded)
  }, [])
  return decidedAt
}

/** For so long a change is the reader's own: the action has brought the new page with its answer. */
const OWN_MS = 3_000

/** Asks the server for the page again when the open item or the counts of the shell changed. */
function useFreshPage(
  now: {
    id: string | null
    row: InboxRow | undefined
    counts: InboxCounts
    loaded: boolean
  },
  decidedAt: RefObject<number>,
): void {
  const router = useRouter()
  const before = useRef(now)
  useEffect(() => {
    const was = before.current
    before.current = now
    if (!was.loaded || !now.loaded || Date.now() - decidedAt.current < OWN_MS) return
    const counted = was.counts.needs !== now.counts.needs
    if (counted || (was.id === now.id && itemMoved(was.row, now.row))) router.refresh()
  })
}

function useSpoken(fresh: number): void {
  const said = useRef(0)
  useEffect(() => {
    if (fresh > said.current) announce(`${fresh} new in the inbox.`)
    said.current = fresh
  }, [fresh])
}

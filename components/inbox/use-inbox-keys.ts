'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { moveRow } from '@/components/shell/list-keys'
import { useKeys } from '@/components/ui/keyboard'
import { type InboxPlace, inboxHref } from './address'
import { markRead } from './read-items'
import type { Selection } from './use-selection'

const SPLIT = '(min-width: 1100px)'

/**
 * Moving through the inbox: J and K select beside the list, [ and ] go on without leaving the
 * reader, O gives the reader the whole width, U and Esc lead back. The highlight moves at once, the
 * item follows.
 */
export function useInboxMoves(
  ids: readonly string[],
  selected: string | null,
  { place, selection }: { place: InboxPlace; selection: Selection },
) {
  const router = useRouter()
  const [aim, setAim] = useState<string | null>(null)
  const [, start] = useTransition()
  useEffect(() => {
    if (selected === null) return
    markRead(selected)
    setAim((now) => (now === selected ? null : now))
  }, [selected])

  const current = aim ?? selected
  const wasWide = useRef(place.wide)
  useEffect(() => {
    if (wasWide.current && !place.wide) focusRow(current ?? undefined)
    wasWide.current = place.wide
  }, [place.wide, current])
  const at = current === null ? -1 : ids.indexOf(current)
  const go = (id: string | undefined, next: InboxPlace) => {
    if (id === undefined) return
    setAim(id)
    start(() => router.replace(inboxHref(id, next), { scroll: false }))
  }
  const step = (by: 1 | -1) => {
    const next = at === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))
    if (ids[next] === current) return
    go(ids[next], place)
    // Who moves with the list in focus keeps the list in focus.
    if (document.activeElement?.hasAttribute('data-row-id')) focusRow(ids[next])
  }
  const move = (by: 1 | -1) => {
    if (!matchMedia(SPLIT).matches || place.wide) return moveRow(by)
    step(by)
    const next = ids[at === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))]
    focusRow(next)
  }
  const back = () => {
    if (place.wide && matchMedia(SPLIT).matches)
      return go(current ?? undefined, { ...place, wide: false })
    if (!matchMedia(SPLIT).matches && selected !== null) {
      start(() => router.push(inboxHref(null, place)))
      return
    }
    focusRow(current ?? undefined)
  }
  const open = () => {
    const focused = document.activeElement?.getAttribute('data-row-id') ?? current
    if (focused === null) return
    go(focused, { ...place, wide: place.wide ? false : focused === current })
  }
  const focusedRow = () => document.activeElement?.getAttribute('data-row-id') ?? current
  const tick = () => {
    const id = focusedRow()
    if (id !== null) selection.toggle(id)
  }
  const grow = (by: 1 | -1) => {
    const id = focusedRow()
    if (id !== null && !selection.has(id)) selection.toggle(id)
    const next = ids[at === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))]
    move(by)
    if (next !== undefined) selection.extend(next)
  }
  // Registered one moment after the product's own keys, because the later meaning of a key wins.
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  const bindings = [
    { keys: 'j', label: 'Next item', run: () => move(1) },
    { keys: 'k', label: 'Item before', run: () => move(-1) },
    { keys: 'x', label: 'Select the item', run: tick },
    { keys: 'shift+j', label: 'Select on to the next item', run: () => grow(1) },
    { keys: 'shift+k', label: 'Select on to the item before', run: () => grow(-1) },
    { keys: 'o', label: 'Open over the whole width', run: open },
    { keys: 'u', label: 'Back to the list', run: back },
    { keys: 'escape', label: 'Back to the list', run: back },
  ]
  useKeys('Inbox', ready ? bindings : [])
  return { current, at, step, back, open, move }
}

function focusRow(id: string | undefined): void {
  if (id === undefined) return
  const row = document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

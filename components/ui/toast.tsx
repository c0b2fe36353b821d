'use client'

import { LoaderCircle, TimerReset, X } from 'lucide-react'
import Link from 'next/link'
import { Toast as Primitive } from 'radix-ui'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from './button'
import { Shape } from './shape'
import { TallyMark } from './tally'
import { dismissToast, getToasts, noToasts, subscribeToasts, type ToastEntry } from './toasts'

function Lead(props: { entry: ToastEntry }) {
  const { entry } = props
  if (entry.kind === 'recorded' && entry.digest)
    return <TallyMark digest={entry.digest} rule={{ state: 'sealed' }} />
  if (entry.kind === 'undo') return <TimerReset aria-hidden="true" size={14} strokeWidth={1.75} />
  if (entry.kind === 'pending')
    return <LoaderCircle aria-hidden="true" size={14} strokeWidth={1.75} className="animate-arc" />
  return entry.kind === 'failed' ? <Shape name="square" ink="red" /> : null
}

/** Seconds until the effect, counted down in words. */
function useSeconds(until: number | undefined): number {
  const [left, setLeft] = useState(() => (until === undefined ? 0 : until - Date.now()))
  useEffect(() => {
    if (until === undefined) return
    const timer = setInterval(() => setLeft(until - Date.now()), 250)
    return () => clearInterval(timer)
  }, [until])
  return Math.max(0, Math.ceil(left / 1_000))
}

function ToastRow(props: { entry: ToastEntry }) {
  const { entry } = props
  const seconds = useSeconds(entry.until)
  return (
    <Primitive.Root
      duration={entry.duration}
      type={entry.kind === 'failed' ? 'foreground' : 'background'}
      onOpenChange={(open) => open || dismissToast(entry.id)}
      className="flex min-h-10 animate-open items-center gap-2.5 rounded-float border border-line bg-raise py-1.5 pr-2 pl-3 text-ink shadow-float"
    >
      <Lead entry={entry} />
      <Primitive.Description className="min-w-0 flex-1">
        <strong className={entry.kind === 'pending' ? 'font-normal' : 'font-semibold'}>
          {entry.until === undefined ? entry.title : `${entry.title} in ${seconds} s.`}
        </strong>{' '}
        <span className="text-ink-2">{entry.remark}</span>
      </Primitive.Description>
      {entry.receipt ? (
        <Link href={entry.receipt} className="rounded-tag px-1 text-acc hover:underline">
          Receipt
        </Link>
      ) : null}
      {entry.undo ? (
        <Primitive.Action asChild altText="Press Z to undo">
          <Button size="small" keys="Z" onClick={entry.undo}>
            Undo
          </Button>
        </Primitive.Action>
      ) : null}
      {entry.kind === 'failed' ? (
        <Primitive.Close aria-label="Close" className="flex size-6 items-center justify-center">
          <X aria-hidden="true" size={13} strokeWidth={1.75} />
        </Primitive.Close>
      ) : null}
    </Primitive.Root>
  )
}

/** The messages on screen: bottom right, above the bottom bar on a phone. */
export default function Toasts() {
  const entries = useSyncExternalStore(subscribeToasts, getToasts, noToasts)
  return (
    <Primitive.Provider duration={6_000} swipeDirection="right" label="Message">
      {entries.map((entry) => (
        <ToastRow key={entry.id} entry={entry} />
      ))}
      <Primitive.Viewport className="no-print fixed right-4 bottom-4 z-50 flex w-[448px] max-w-[calc(100vw-32px)] flex-col gap-2.5 outline-none max-sm:bottom-20" />
    </Primitive.Provider>
  )
}

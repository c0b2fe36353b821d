'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'

const seen = new Set<string>()
const listeners = new Set<() => void>()

function markSeen(digest: string): void {
  if (seen.has(digest)) return
  seen.add(digest)
  for (const listener of listeners) listener()
}

/** True once the end of what stands for this digest was on screen in this tab. */
export function useSeen(digest: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => seen.has(digest),
    () => false,
  )
}

/** Stands at the end of what is signed. A high or critical item is approved only after it was seen. */
export function SeenEnd(props: { digest: string; id?: string }) {
  const ref = useRef<HTMLSpanElement>(null)
  const { digest } = props
  useEffect(() => {
    const end = ref.current
    if (!end) return
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) markSeen(digest)
    })
    watcher.observe(end)
    return () => watcher.disconnect()
  }, [digest])
  return <span ref={ref} id={props.id} aria-hidden="true" className="block h-px" />
}

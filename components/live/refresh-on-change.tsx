'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { NotRenewed } from './not-renewed'
import { useChanges } from './use-changes'

const CALM_MS = 3_000

/**
 * Keeps a page that the server made true while somebody looks: reads it again after something was
 * recorded, at most every three seconds. Says so when the server does not answer.
 */
export function RefreshOnChange(props: { facts: number; zone: string }) {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const liveness = useChanges(props.facts, () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      router.refresh()
    }, CALM_MS)
  })
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return <NotRenewed liveness={liveness} zone={props.zone} />
}

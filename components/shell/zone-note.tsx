'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { remember } from './remember'
import { ZONE_COOKIE } from './theme'

/** Tells the server the reader's time zone once, so that every deadline is in it. */
export function ZoneNote(props: { known: string }) {
  const router = useRouter()
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    if (!timeZone || timeZone === props.known) return
    remember(ZONE_COOKIE, timeZone)
    router.refresh()
  }, [props.known, router])
  return null
}

'use client'

import { Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { announce } from '@/components/ui/announce'

/**
 * Says since when there is no connection, and keeps what is on the screen. Forms ask
 * `navigator.onLine` themselves before they send.
 */
export function OfflineBanner() {
  const [since, setSince] = useState<string | null>(null)
  useEffect(() => {
    const lost = () => {
      const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
      setSince(time.format(new Date()))
      announce('No connection. What you see is from now on not renewed.', 'at-once')
    }
    const back = () => {
      setSince(null)
      announce('The connection is back.')
    }
    if (!navigator.onLine) lost()
    window.addEventListener('offline', lost)
    window.addEventListener('online', back)
    return () => {
      window.removeEventListener('offline', lost)
      window.removeEventListener('online', back)
    }
  }, [])
  if (since === null) return null
  return (
    <p className="flex shrink-0 items-center gap-2.5 border-b border-line bg-amb-soft px-4 py-2">
      <Unplug aria-hidden="true" size={13} strokeWidth={1.9} className="shrink-0" />
      <span>
        <strong className="font-semibold">No connection since {since}.</strong> What you see is from
        then.
      </span>
    </p>
  )
}

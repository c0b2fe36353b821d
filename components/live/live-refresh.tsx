'use client'

import { useRouter } from 'next/navigation'
import { useChanges } from './use-changes'

/** Reads the page again whenever something was recorded; says so when the server is out of reach. */
export function LiveRefresh(props: { facts: number }) {
  const router = useRouter()
  const { state } = useChanges(props.facts, () => router.refresh())
  if (state === 'live') return null
  return (
    <p role="status" className="border-b border-line bg-amb-soft px-6 py-2 max-sm:px-4">
      {state === 'lost'
        ? 'No connection. What you see is from before; nothing is lost.'
        : 'You are signed out. Sign in again to go on.'}
    </p>
  )
}

'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { rememberInvitation, rememberLinking } from '@/lib/people/actions'
import { leaveForProvider } from './sign-in-request'

/** Why the browser leaves, beyond signing in; noted before it goes. */
type Purpose = { join: string } | 'link'

const note = (purpose: Purpose) =>
  purpose === 'link' ? rememberLinking() : rememberInvitation(purpose.join)

/** "Continue with …": leaves for the provider. */
export function ProviderButton(props: {
  provider: string
  next: string
  words?: string
  purpose?: Purpose
}) {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const leave = async () => {
    setPending(true)
    setError(null)
    const noted = props.purpose ? await note(props.purpose) : null
    if (noted && !noted.ok) {
      setError(noted.error.message)
      setPending(false)
      return
    }
    if (await leaveForProvider(props.next)) return
    setError(`${props.provider} did not answer. Nothing was changed. Try again in a minute.`)
    setPending(false)
  }
  return (
    <div>
      <Button size="commit" pending={pending} onClick={() => void leave()} className="w-full">
        {props.words ?? `Continue with ${props.provider}`}
      </Button>
      {error ? (
        <p role="alert" className="pt-1.5 text-meta text-red">
          {error}
        </p>
      ) : null}
    </div>
  )
}

/** Between two ways in. */
export function OrLine(props: { children: string }) {
  return (
    <p className="flex items-center gap-3 py-4 text-meta text-ink-3">
      <span className="h-px flex-1 bg-line" />
      {props.children}
      <span className="h-px flex-1 bg-line" />
    </p>
  )
}

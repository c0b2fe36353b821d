'use client'

import { CloudOff } from 'lucide-react'
import { Notice } from '@/components/ui/empty'
import { TextLink } from '@/components/ui/text-link'
import { clockWords } from '@/components/ui/time-words'
import type { Liveness } from './use-changes'

/** Says that the screen is no longer renewed and since when; nothing while all is well. */
export function NotRenewed(props: { liveness: Liveness; zone: string }) {
  const { state, since } = props.liveness
  if (state === 'live') return null
  const icon = <CloudOff aria-hidden="true" size={13} strokeWidth={1.9} />
  if (state === 'signed-out') {
    return (
      <Notice tone="amber" icon={icon}>
        <strong>You are signed out.</strong> What you typed is kept on this device.{' '}
        <TextLink href="/login?next=/inbox">Sign in</TextLink>
      </Notice>
    )
  }
  return (
    <Notice tone="amber" icon={icon}>
      <strong>No answer from the server since {clockWords(since, props.zone)}.</strong> What you see
      is from then. It is asked again every few seconds.
    </Notice>
  )
}

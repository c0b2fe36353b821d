import type { Metadata } from 'next'
import { NextSteps } from '@/components/setup/next-steps'
import { SetupClosed, SetupDone, SetupScreen } from '@/components/setup/setup-screen'
import { currentActor } from '@/lib/auth/current'
import { getInstallation } from '@/lib/people/queries/installation'
import { setupState } from '@/lib/people/setup'

export const metadata: Metadata = { title: 'Setup', referrer: 'no-referrer' }

export default async function SetupPage(props: { searchParams: Promise<{ token?: string }> }) {
  const { token } = await props.searchParams
  const secret = typeof token === 'string' ? token : undefined
  const state = await setupState(secret)
  if (state === 'open' && secret !== undefined) return <SetupScreen token={secret} />
  if (state !== 'done') return <SetupClosed state={state === 'missing' ? 'missing' : 'replaced'} />
  const [actor, installation] = await Promise.all([currentActor(), getInstallation()])
  const organisation = installation?.organisation ?? ''
  if (!actor) return <SetupDone organisation={organisation} />
  return <NextSteps organisation={organisation} person={actor.name} />
}

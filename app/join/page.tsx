import type { Metadata } from 'next'
import { JoinScreen } from '@/components/people/join-screen'
import { oidcSettings } from '@/lib/auth/oidc'
import { viewInvitation } from '@/lib/people/queries/installation'

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' }

export default async function JoinPage(props: { searchParams: Promise<{ token?: string }> }) {
  const { token } = await props.searchParams
  const secret = typeof token === 'string' ? token : ''
  return (
    <JoinScreen
      token={secret}
      view={await viewInvitation(secret)}
      provider={oidcSettings()?.name ?? null}
    />
  )
}

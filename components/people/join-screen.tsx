import { EntryColumn, EntryFrame } from '@/components/setup/frame'
import { TextLink } from '@/components/ui/text-link'
import type { InvitationView } from '@/lib/people/queries/installation'
import { JoinForm } from './join-form'
import { OrLine, ProviderButton } from './provider-button'

const CLOSED = {
  unknown: [
    'This link does not hold',
    'It was replaced by a newer one, or a part of it is missing. Copy all of it, or ask whoever invited you for a new one.',
  ],
  used: ['This link was used already', 'It opens one account once. Sign in instead.'],
  expired: ['This link has expired', 'Ask whoever invited you for a new one.'],
} as const

/** What an invitation link opens: the account, or why it does not. */
export function JoinScreen(props: {
  token: string
  view: InvitationView
  provider: string | null
}) {
  const { view, token, provider } = props
  if (view.state !== 'open') {
    const [title, sentence] = CLOSED[view.state]
    return (
      <EntryFrame title={title}>
        <EntryColumn>
          <p className="text-ink-2">{sentence}</p>
          <p className="pt-3">
            <TextLink href="/login">Go to the sign-in page</TextLink>
          </p>
        </EntryColumn>
      </EntryFrame>
    )
  }
  return (
    <EntryFrame
      place={view.organisation}
      title={view.joined ? `A new way in for ${view.name}` : `Welcome, ${view.name}`}
      sentence={
        view.joined
          ? 'Choose a new password. Every session that is open now ends.'
          : 'You were invited. What you decide here is kept under your name.'
      }
    >
      <EntryColumn>
        {provider === null ? null : (
          <>
            <ProviderButton provider={provider} next="/" purpose={{ join: token }} />
            <OrLine>or with a password</OrLine>
          </>
        )}
        <JoinForm
          token={token}
          email={view.email}
          verb={view.joined ? 'Set it and sign in' : 'Join and sign in'}
        />
      </EntryColumn>
    </EntryFrame>
  )
}

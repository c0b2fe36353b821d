import { EntryColumn, EntryFrame } from '@/components/setup/frame'
import { Notice } from '@/components/ui/empty'
import { LoginForm } from './login-form'
import { OrLine, ProviderButton } from './provider-button'

const ERRORS: Record<string, string> = {
  identity:
    'Nobody here belongs to this sign-on identity. Open your invitation link first and continue from there, or ask an administrator for one.',
  OAuthCallback: 'The answer of the provider could not be accepted. Start again from here.',
  OAuthSignin: 'The provider did not answer. Try again in a minute.',
  Callback: 'Signing in did not come to an end. Nothing was changed. Start again from here.',
}
const OTHER = 'Signing in did not come to an end. Start again from here.'

/** The sign-in page: the provider first where there is one, then e-mail and password. */
export function LoginScreen(props: {
  organisation: string
  provider: string | null
  next: string
  error: string | undefined
}) {
  const { provider, error } = props
  return (
    <EntryFrame
      place={props.organisation}
      title="Sign in"
      sentence="What you decide here is kept under your name."
    >
      {error === undefined || error === 'SessionRequired' ? null : (
        <Notice tone="amber">{ERRORS[error] ?? OTHER}</Notice>
      )}
      <EntryColumn>
        {provider === null ? null : (
          <>
            <ProviderButton provider={provider} next={props.next} />
            <OrLine>or with a password</OrLine>
          </>
        )}
        <LoginForm next={props.next} />
        <p className="pt-6 text-meta text-ink-3">
          Forgot it? No administrator can open your account. Whoever keeps the machine lets you
          choose a new password:{' '}
          <code className="whitespace-nowrap font-mono">chancery user recover</code>
        </p>
      </EntryColumn>
    </EntryFrame>
  )
}

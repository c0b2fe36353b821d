import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LoginScreen } from '@/components/people/login-screen'
import { SetupClosed } from '@/components/setup/setup-screen'
import { currentActor } from '@/lib/auth/current'
import { oidcSettings } from '@/lib/auth/oidc'
import { safeNext } from '@/lib/auth/site'
import { getInstallation } from '@/lib/people/queries/installation'

export const metadata: Metadata = { title: 'Sign in' }

export default async function LoginPage(props: {
  searchParams: Promise<{ next?: string; callbackUrl?: string; error?: string }>
}) {
  const { next, error } = await props.searchParams
  const to = safeNext(next)
  if (await currentActor()) redirect(to)
  const installation = await getInstallation()
  if (!installation) return <SetupClosed state="missing" />
  return (
    <LoginScreen
      organisation={installation.organisation}
      provider={oidcSettings()?.name ?? null}
      next={to}
      error={error}
    />
  )
}

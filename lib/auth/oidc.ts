import 'server-only'
import { invalid } from '@/lib/core/errors'

/** One provider of sign-on (OpenID Connect, authorization code flow). */
export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; name: string }

type Environment = Record<string, string | undefined>

/**
 * Reads `OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET` and `OIDC_NAME` (what the button
 * says). Null when none is set; throws `invalid` when only some are, or when the issuer is not
 * https (http is accepted for this machine only).
 */
export function oidcSettings(env: Environment = process.env): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret) {
    return invalid(
      'Sign-on is half set: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together. Set all three, or none.',
    )
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost'
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    return invalid('OIDC_ISSUER must be an https address.')
  }
  return { issuer, clientId, clientSecret, name: env.OIDC_NAME || url.host }
}

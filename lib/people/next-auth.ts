import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import credentialsProvider from 'next-auth/providers/credentials'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { addressPrefix } from '@/lib/auth/address'
import { cookieOptions, openSessionCookie, SESSION_SECONDS } from '@/lib/auth/cookie'
import { type OidcSettings, oidcSettings } from '@/lib/auth/oidc'
import { cookieKey } from '@/lib/auth/secrets'
import { isSecureSite, sessionCookieName } from '@/lib/auth/site'
import { ChanceryError } from '@/lib/core/errors'
import { INTENT_COOKIES } from './intents'
import {
  admitIdentity,
  type Identity,
  type Intents,
  leaveSession,
  type Origin,
  signInWithPassword,
  startIdentitySession,
} from './sign-in'

/** The provider's name in addresses: `/api/auth/callback/oidc`. */
const OIDC = 'oidc'

type Incoming = {
  headers: { get(name: string): string | null }
  cookie: (name: string) => string | undefined
}

/**
 * The settings of next-auth for one request. It is the protocol only: who may come in is decided in
 * `sign-in.ts`, and the token that it seals carries a session id and nothing else.
 */
export function signInOptions(incoming: Incoming): NextAuthOptions {
  const sso = oidcSettings()
  return {
    secret: cookieKey(),
    useSecureCookies: isSecureSite(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookieOptions(SESSION_SECONDS) },
    },
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    providers: [passwordProvider(incoming), ...(sso ? [oidcProvider(sso)] : [])],
    callbacks: callbacks(incoming),
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await leaveSession(token.sid, requestIdOf(incoming))
      },
    },
    logger: {
      // The codes only: the metadata may hold tokens.
      error: (code, metadata) => console.error(`[sign-in] ${code}`, messageOf(metadata)),
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

function passwordProvider(incoming: Incoming) {
  return credentialsProvider({
    id: 'password',
    name: 'Password',
    credentials: { email: {}, password: {} },
    authorize: async (given) => {
      const attempt = { email: given?.email, password: given?.password }
      if (typeof attempt.email !== 'string' || typeof attempt.password !== 'string') return null
      const { email, password } = attempt
      try {
        const sid = await signInWithPassword({ email, password }, originOf(incoming))
        return sid === null ? null : { id: 'session', sid }
      } catch (error) {
        throw new Error(refusalCode(error))
      }
    },
  })
}

/** What the sign-in page is told: a code, and for a limit the seconds to wait. */
function refusalCode(error: unknown): string {
  if (error instanceof ChanceryError && error.code === 'limit') {
    return `limit-${error.detail.data?.retryAfterSeconds ?? 30}`
  }
  console.error('[sign-in]', error)
  return 'internal'
}

function oidcProvider(settings: OidcSettings): OAuthConfig<{ sub: string }> {
  return {
    id: OIDC,
    name: settings.name,
    type: 'oauth',
    wellKnown: `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    // Name and e-mail of the provider are not asked for: people come in by invitation.
    authorization: { params: { scope: 'openid' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    profile: (claims) => ({ id: claims.sub }),
  }
}

function callbacks(incoming: Incoming): NonNullable<NextAuthOptions['callbacks']> {
  return {
    signIn: async ({ account, profile }) => {
      if (account?.provider !== OIDC) return true
      const identity = identityOf(profile)
      if (identity === null) return '/login?error=identity'
      const admitted = await admitIdentity(identity, await intentsOf(incoming), originOf(incoming))
      return admitted ? true : '/login?error=identity'
    },
    jwt: async ({ token, user, account, profile }) => {
      if (!account) return { sid: token.sid }
      const before = await openSessionCookie(incoming.cookie(sessionCookieName()))
      const sid = account.provider === OIDC ? await oidcSession(profile, incoming) : user.sid
      // A fresh session at every sign-in; the one that this browser had is over (ASVS 7.2.4).
      if (before !== null) await leaveSession(before, requestIdOf(incoming))
      return { sid }
    },
    // What a script of ours could read at /api/auth/session: nothing about the person.
    session: ({ session }) => ({ expires: session.expires }),
  }
}

async function oidcSession(profile: unknown, incoming: Incoming): Promise<string> {
  const identity = identityOf(profile)
  const sid = identity ? await startIdentitySession(identity, originOf(incoming)) : null
  if (sid === null) throw new Error('The identity was shut out while it signed in.')
  return sid
}

/** Issuer and subject of claims that the library has verified. */
function identityOf(profile: unknown): Identity | null {
  const { iss, sub } = (profile ?? {}) as { iss?: unknown; sub?: unknown }
  return typeof iss === 'string' && typeof sub === 'string' ? { issuer: iss, subject: sub } : null
}

async function intentsOf(incoming: Incoming): Promise<Intents> {
  return {
    invitation: incoming.cookie(INTENT_COOKIES.join) ?? null,
    linkFor: incoming.cookie(INTENT_COOKIES.link) ?? null,
    sessionId: await openSessionCookie(incoming.cookie(sessionCookieName())),
  }
}

function originOf(incoming: Incoming): Origin {
  return {
    address: addressPrefix(incoming.headers),
    userAgent: incoming.headers.get('user-agent'),
    requestId: requestIdOf(incoming),
  }
}

function requestIdOf(incoming: Incoming): string | undefined {
  return incoming.headers.get('x-request-id') ?? undefined
}

function messageOf(metadata: unknown): string {
  if (metadata instanceof Error) return firstPart(metadata.message)
  const { error } = (metadata ?? {}) as { error?: unknown }
  return error instanceof Error ? firstPart(error.message) : ''
}

/** What failed, without the values behind the comma (a state, an issuer). */
function firstPart(message: string): string {
  return message.split(',')[0] ?? ''
}

declare module 'next-auth' {
  interface User {
    /** The id of the session that the password opened. */
    sid?: string
  }
}

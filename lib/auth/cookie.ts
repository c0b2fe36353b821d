import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { SESSION_ABSOLUTE_MS } from '@/lib/core/limits'
import { cookieKey } from './secrets'
import { isSecureSite, sessionCookieName } from './site'

/** Seconds after which a session cookie is worthless whatever happens in between. */
export const SESSION_SECONDS = SESSION_ABSOLUTE_MS / 1000

export type Cookie = {
  name: string
  value: string
  options: {
    httpOnly: true
    sameSite: 'lax'
    path: string
    secure: boolean
    maxAge: number
  }
}

/** The attributes that every cookie of ours has; without a script's reach, on our site only. */
export function cookieOptions(maxAge: number, path = '/'): Cookie['options'] {
  return { httpOnly: true, sameSite: 'lax', path, secure: isSecureSite(), maxAge }
}

/** The cookie of a session: a sealed token that holds the session's id and nothing else. */
export async function sessionCookie(sessionId: string): Promise<Cookie> {
  const token = { sid: sessionId }
  const value = await encode({ token, secret: cookieKey(), maxAge: SESSION_SECONDS })
  return { name: sessionCookieName(), value, options: cookieOptions(SESSION_SECONDS) }
}

/** The session's id from a cookie's value; null when it was not sealed by us or is too old. */
export async function openSessionCookie(value: string | undefined): Promise<string | null> {
  if (value === undefined || value === '') return null
  try {
    const token = await decode({ token: value, secret: cookieKey() })
    return typeof token?.sid === 'string' ? token.sid : null
  } catch {
    return null
  }
}

import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { ChanceryError } from '@/lib/core/errors'
import type { PersonActor } from './actor'
import { openSessionCookie } from './cookie'
import { actorForSession } from './sessions'
import { sessionCookieName } from './site'

/** The session id of this request's cookie, or null. Read once per request. */
export const currentSessionId = cache(async (): Promise<string | null> => {
  const list = await cookies()
  return openSessionCookie(list.get(sessionCookieName())?.value)
})

/** Who is asking, from the session row, or null. Asked of the database once per request. */
export const currentActor = cache(async (): Promise<PersonActor | null> => {
  const sessionId = await currentSessionId()
  return sessionId === null ? null : actorForSession(sessionId)
})

/** Who is asking; throws `unauthenticated` when nobody is signed in. For actions and handlers. */
export async function requireActor(): Promise<PersonActor> {
  const actor = await currentActor()
  if (actor === null) {
    throw new ChanceryError('unauthenticated', 'You are signed out. Sign in and try again.')
  }
  return actor
}

/** Who is asking, for pages: nobody is sent to the sign-in page and comes back here afterwards. */
export async function requirePageActor(): Promise<PersonActor> {
  const actor = await currentActor()
  if (actor !== null) return actor
  const here = (await headers()).get('x-chancery-path')
  return redirect(here === null ? '/login' : `/login?next=${encodeURIComponent(here)}`)
}

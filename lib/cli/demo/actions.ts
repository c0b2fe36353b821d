'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cookieOptions } from '@/lib/auth/cookie'
import { currentSessionId, requireActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { actorForPerson } from '@/lib/auth/sessions'
import { sessionCookieName } from '@/lib/auth/site'
import { refuseForeignOrigin, reported } from '@/lib/command/act'
import { ChanceryError, refused } from '@/lib/core/errors'
import { isId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import { startSession } from '@/lib/people/commands/sessions'
import { enterSession } from '@/lib/people/enter'
import { getInstallation } from '@/lib/people/queries/installation'
import { leaveSession } from '@/lib/people/sign-in'
import { createDemo as make } from './create'
import { removeDemo as remove } from './remove'

/** Makes the demo organisation and signs in as its administrator. */
export async function createDemo(input: unknown): Promise<Result<null>> {
  return enterSession('demo.create', input, async (filled) => {
    const token = typeof filled.token === 'string' ? filled.token : ''
    const ids = await make(token)
    return signInAs(ids.people.ines ?? '', filled.userAgent)
  })
}

/** Goes on as another of the demo's people. Only in a demonstration. */
export async function switchDemoPerson(personId: string): Promise<void> {
  const entered = await enterSession('demo.switch', {}, async (filled, requestId) => {
    await requireActor()
    const before = await currentSessionId()
    const started = await signInAs(personId, filled.userAgent)
    if (before !== null) await leaveSession(before, requestId)
    return started
  })
  if (entered.ok) redirect('/')
}

/** Removes the whole demonstration and goes to the setup page of an empty installation. */
export async function removeDemo(): Promise<Result<null>> {
  let link: string
  try {
    refuseForeignOrigin(await headers())
    const actor = await requireActor()
    if (!can(actor, 'installation.manage', null)) {
      throw new ChanceryError('forbidden', 'Only an administrator may remove the demonstration.')
    }
    link = await remove()
    const jar = await cookies()
    jar.set(sessionCookieName(), '', cookieOptions(0))
  } catch (error) {
    return reported(error, 'demo.remove')
  }
  return redirect(link)
}

async function signInAs(personId: string, userAgent: string | null) {
  const installation = await getInstallation()
  if (!installation?.demo) refused('Only a demonstration lets you choose who you are.')
  const actor = isId(personId) ? await actorForPerson({ id: personId }, 'demo') : null
  if (!actor) return refused('This person is not here any more.')
  return startSession.execute(actor, { userAgent, rehashed: null })
}

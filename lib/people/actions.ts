'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SETUP } from '@/lib/auth/actor'
import { cookieOptions } from '@/lib/auth/cookie'
import { currentSessionId, requireActor } from '@/lib/auth/current'
import { actorForInvitation } from '@/lib/auth/sessions'
import { sessionCookieName } from '@/lib/auth/site'
import { act, refuseForeignOrigin, reported } from '@/lib/command/act'
import { refused } from '@/lib/core/errors'
import type { Result } from '@/lib/core/result'
import { createDepartment as createDepartmentCommand } from './commands/departments'
import {
  disablePerson as disablePersonCommand,
  enablePerson as enablePersonCommand,
} from './commands/disable'
import {
  addToGroup as addToGroupCommand,
  createGroup as createGroupCommand,
  removeFromGroup as removeFromGroupCommand,
} from './commands/groups'
import {
  invitePerson as invitePersonCommand,
  renewInvitation as renewInvitationCommand,
} from './commands/invite'
import { acceptInvitation as acceptInvitationCommand } from './commands/join'
import { grantRole as grantRoleCommand, revokeRole as revokeRoleCommand } from './commands/roles'
import {
  changePassword as changePasswordCommand,
  endOtherSessions as endOtherSessionsCommand,
  endSession as endSessionCommand,
} from './commands/sessions'
import { setUp as setUpCommand } from './commands/set-up'
import { removeView as removeViewCommand, saveView as saveViewCommand } from './commands/views'
import { enterSession } from './enter'
import { INTENT_COOKIES, INTENT_PATH, INTENT_SECONDS } from './intents'
import { leaveSession } from './sign-in'

export const grantRole = act(grantRoleCommand)
export const revokeRole = act(revokeRoleCommand)
export const disablePerson = act(disablePersonCommand)
export const enablePerson = act(enablePersonCommand)
export const createDepartment = act(createDepartmentCommand)
export const createGroup = act(createGroupCommand)
export const addToGroup = act(addToGroupCommand)
export const removeFromGroup = act(removeFromGroupCommand)
export const endSession = act(endSessionCommand)
export const endOtherSessions = act(endOtherSessionsCommand)
export const saveView = act(saveViewCommand)
export const removeView = act(removeViewCommand)

// No idempotency key where the input or the result is a secret: results are kept beside their key.
const invite = act(invitePersonCommand)
const renew = act(renewInvitationCommand)

export async function invitePerson(
  input: unknown,
): Promise<Result<{ personId: string; token: string }>> {
  return invite(input)
}
export async function renewInvitation(
  input: unknown,
): Promise<Result<{ personId: string; token: string }>> {
  return renew(input)
}

/** First run: makes the installation and signs the first person in. */
export async function setUp(input: unknown): Promise<Result<null>> {
  return enterSession('installation.set-up', input, (filled, requestId) =>
    setUpCommand.execute(SETUP, filled, { requestId }),
  )
}

/** Accepts an invitation or a recovery with a password, and signs in. */
export async function acceptInvitation(input: unknown): Promise<Result<null>> {
  return enterSession('invitation.accept', input, async (filled, requestId) => {
    const actor = await invitedBy(filled.token)
    return acceptInvitationCommand.execute(actor, filled, { requestId })
  })
}

/** Changes the password; this browser goes on in a fresh session, every other one ends. */
export async function changePassword(input: unknown): Promise<Result<null>> {
  return enterSession('password.change', input, async (filled, requestId) =>
    changePasswordCommand.execute(await requireActor(), filled, { requestId }),
  )
}

/** Ends the session of this browser and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  const list = await headers()
  refuseForeignOrigin(list)
  const sessionId = await currentSessionId()
  if (sessionId !== null) await leaveSession(sessionId, list.get('x-request-id') ?? undefined)
  const jar = await cookies()
  jar.set(sessionCookieName(), '', cookieOptions(0))
  redirect('/login')
}

/** Before this browser leaves for the provider: that it comes back to accept an invitation. */
export async function rememberInvitation(token: unknown): Promise<Result<null>> {
  return remember('invitation.remember', async () => {
    await invitedBy(token)
    return { name: INTENT_COOKIES.join, value: String(token) }
  })
}

/** Before this browser leaves for the provider: that its session asked for a second way in. */
export async function rememberLinking(): Promise<Result<null>> {
  return remember('identity.remember', async () => {
    const actor = await requireActor()
    return { name: INTENT_COOKIES.link, value: actor.sessionHash ?? refused('Sign in first.') }
  })
}

async function invitedBy(token: unknown) {
  const actor = typeof token === 'string' ? await actorForInvitation(token) : null
  return actor ?? refused('This link does not hold. Ask whoever invited you for a new one.')
}

async function remember(
  name: string,
  intent: () => Promise<{ name: string; value: string }>,
): Promise<Result<null>> {
  try {
    refuseForeignOrigin(await headers())
    const cookie = await intent()
    const jar = await cookies()
    jar.set(cookie.name, cookie.value, cookieOptions(INTENT_SECONDS, INTENT_PATH))
    return { ok: true, value: null }
  } catch (error) {
    return reported(error, name)
  }
}

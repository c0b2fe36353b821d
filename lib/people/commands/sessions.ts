import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { password, session } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { verifyPassword } from '@/lib/auth/passwords'
import { takeToken } from '@/lib/auth/rate-limit'
import { command } from '@/lib/command/command'
import { invalid, notFound, refused } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { changePasswordInput, endSessionInput, noInput, startSessionInput } from '../model'
import { lockPerson } from '../queries/lock'
import { endSessionsPart, sessionEnded, setPasswordPart, startSessionPart } from './parts'

const GUESSES_OF_OWN_PASSWORD = { burst: 5, everyMs: 60_000 } as const

/** The signed-in person's own things. Throws `refused` for the product itself. */
async function self({ tx, actor }: { tx: Tx; actor: Actor }) {
  if (actor.kind !== 'person') return refused('Only a person can do this.')
  return { departmentId: null, person: await lockPerson(tx, actor.id), via: actor.via }
}

/**
 * Signs in somebody who has just proven who they are (`via` of the actor says how). Returns the id
 * of a fresh session, for the cookie. Throws `refused` when they are no longer active.
 */
export const startSession = command({
  name: 'session.start',
  permission: 'session.own',
  input: startSessionInput,
  subject: self,
  run: async ({ tx, input, subject, now, event }) => {
    const { person, via } = subject
    if (person.state !== 'active') refused('This account cannot sign in.')
    if (via === 'cli') return refused('The command line needs no session.')
    if (input.rehashed !== null) {
      const set = { phc: input.rehashed, auditEventId: event }
      await tx.update(password).set(set).where(eq(password.personId, person.id))
    }
    const start = { personId: person.id, via, userAgent: input.userAgent }
    const { sessionId, fact } = await startSessionPart({ tx, now }, start)
    return { value: { sessionId }, fact }
  },
})

/** Ends one of the person's own sessions. Somebody else's reads as absent. */
export const endSession = command({
  name: 'session.end',
  permission: 'session.own',
  input: endSessionInput,
  subject: self,
  run: async ({ tx, input, subject, now }) => {
    const [row] = await tx
      .update(session)
      .set({ endedAt: now })
      .where(
        and(
          eq(session.personId, subject.person.id),
          sql`left(${session.idHash}, 16) = ${input.session}`,
          isNull(session.endedAt),
        ),
      )
      .returning({ idHash: session.idHash })
    if (!row) return notFound('This session')
    return { value: null, fact: sessionEnded(row.idHash, subject.person.id, input.because) }
  },
})

/** Ends every session of the person but the one that asks. */
export const endOtherSessions = command({
  name: 'session.end-others',
  permission: 'session.own',
  input: noInput,
  subject: self,
  run: async ({ tx, actor, subject, now }) => {
    const except = await ownSession(tx, actor)
    const end = { personId: subject.person.id, except, because: 'revoked' } as const
    const [first, ...rest] = await endSessionsPart({ tx, now }, end)
    const ended = first ? rest.length + 1 : 0
    return { value: { ended }, fact: first ? [first, ...rest] : 'unchanged' }
  },
})

/**
 * Changes the person's own password, ends all their sessions and starts a fresh one, whose id it
 * returns for the cookie. Throws `invalid` on the field that is wrong, `limit` after five guesses.
 */
export const changePassword = command({
  name: 'password.change',
  permission: 'session.own',
  input: changePasswordInput,
  subject: self,
  run: async ({ tx, input, subject, now, event }) => {
    const { person, via } = subject
    await takeToken(`password:${person.id}`, GUESSES_OF_OWN_PASSWORD)
    const [row] = await tx
      .select({ phc: password.phc })
      .from(password)
      .where(eq(password.personId, person.id))
    if (!row) refused('You sign in through your organisation. There is no password to change here.')
    const verdict = await verifyPassword(input.current, row.phc)
    if (!verdict.ok)
      invalid('This is not your password.', { current: 'This is not your password.' })
    if (input.current === input.next) {
      invalid('The new password is the old one.', { next: 'The new password is the old one.' })
    }
    const about = [person.name, person.email]
    const set = { personId: person.id, plain: input.next, about, field: 'next' }
    await setPasswordPart({ tx, now, event }, set)
    const end = { personId: person.id, because: 'password_changed' } as const
    const ended = await endSessionsPart({ tx, now }, end)
    if (via === 'cli') return refused('The command line needs no session.')
    const start = { personId: person.id, via, userAgent: input.userAgent }
    const { sessionId, fact } = await startSessionPart({ tx, now }, start)
    return {
      value: { sessionId },
      fact: [
        { action: 'password.changed', targets: [{ t: 'person', id: person.id }], data: {} },
        ...ended,
        fact,
      ],
    }
  },
})

/** The full hash of the asking session, from the 16 digits that the actor carries. */
async function ownSession(tx: Tx, actor: Actor): Promise<string | undefined> {
  if (actor.kind !== 'person' || actor.sessionHash === null) return undefined
  const [row] = await tx
    .select({ idHash: session.idHash })
    .from(session)
    .where(
      and(eq(session.personId, actor.id), sql`left(${session.idHash}, 16) = ${actor.sessionHash}`),
    )
  return row?.idHash
}

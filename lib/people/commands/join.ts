import 'server-only'
import { eq } from 'drizzle-orm'
import { identity, invitation, person } from '@/drizzle/schema/people'
import type { Fact } from '@/lib/audit/catalogue'
import type { Actor } from '@/lib/auth/actor'
import { command } from '@/lib/command/command'
import { conflict, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { type Tx, violatedConstraint } from '@/lib/db/transaction'
import { acceptByIdentityInput, acceptInvitationInput, linkIdentityInput } from '../model'
import { type LockedPerson, lockInvitation, lockPerson } from '../queries/lock'
import { invitationState } from '../rules'
import { endSessionsPart, type Part, setPasswordPart, startSessionPart } from './parts'

type Invited = { departmentId: null; invitationId: string; person: LockedPerson; expiresAt: Date }

/** The open invitation of the actor, locked with its person. Throws `refused` with the way out. */
async function ownInvitation(tx: Tx, actor: Actor, token: string): Promise<Invited> {
  const row = await lockInvitation(tx, token)
  if (!row || actor.kind !== 'person' || row.personId !== actor.id) {
    return refused('This link does not hold. Ask whoever invited you for a new one.')
  }
  const locked = await lockPerson(tx, row.personId)
  if (row.usedAt !== null) refused('This link was used already. Sign in instead.')
  if (locked.state === 'disabled') {
    refused('This link does not hold. Ask whoever invited you for a new one.')
  }
  const { expiresAt } = row
  return { departmentId: null, invitationId: row.id, person: locked, expiresAt }
}

/** Uses the link up and lets the person in; the fact of joining when they had not before. */
async function joinPart(
  part: Part,
  invited: Invited,
  via: 'invitation' | 'oidc',
): Promise<Fact | null> {
  const { tx, now, event } = part
  if (invitationState({ usedAt: null, expiresAt: invited.expiresAt }, now) !== 'open') {
    refused('This link has expired. Ask whoever invited you for a new one.')
  }
  await tx
    .update(invitation)
    .set({ usedAt: now, auditEventId: event })
    .where(eq(invitation.id, invited.invitationId))
  if (invited.person.state === 'active') return null
  await tx
    .update(person)
    .set({ state: 'active', auditEventId: event })
    .where(eq(person.id, invited.person.id))
  return {
    action: 'person.joined',
    targets: [{ t: 'person', id: invited.person.id }],
    data: { via },
  }
}

/**
 * Accepts an invitation (or a recovery) by choosing a password, and signs in. Sessions that were
 * open before are ended. The actor is the invited person, proven by the link. Returns the id of the
 * session, for the cookie.
 */
export const acceptInvitation = command({
  name: 'invitation.accept',
  permission: 'session.own',
  input: acceptInvitationInput,
  subject: ({ tx, actor, input }) => ownInvitation(tx, actor, input.token),
  run: async ({ tx, input, subject, now, event }) => {
    const part: Part = { tx, now, event }
    const { id: personId, name, email } = subject.person
    const joined = await joinPart(part, subject, 'invitation')
    const about = [name, email]
    await setPasswordPart(part, { personId, plain: input.password, about, field: 'password' })
    const ended = await endSessionsPart(part, { personId, because: 'password_changed' })
    const start = { personId, via: 'invitation', userAgent: input.userAgent } as const
    const { sessionId, fact } = await startSessionPart(part, start)
    const changed: Fact = {
      action: 'password.changed',
      targets: [{ t: 'person', id: personId }],
      data: {},
    }
    return { value: { sessionId }, fact: [joined ?? changed, ...ended, fact] }
  },
})

/**
 * Accepts an invitation by signing in at the provider: the identity (issuer, subject) belongs to
 * the invited person from now on, whatever e-mail the provider tells.
 */
export const acceptByIdentity = command({
  name: 'invitation.accept-by-identity',
  permission: 'session.own',
  input: acceptByIdentityInput,
  subject: ({ tx, actor, input }) => ownInvitation(tx, actor, input.token),
  run: async ({ tx, input, subject, now, event }) => {
    const part: Part = { tx, now, event }
    const joined = await joinPart(part, subject, 'oidc')
    const linked = await linkPart(part, { ...input, personId: subject.person.id })
    return { value: null, fact: joined ? [joined, linked] : linked }
  },
})

/** Links a sign-on identity to the signed-in person. Both sides are proven: session and provider. */
export const linkIdentity = command({
  name: 'identity.link',
  permission: 'session.own',
  input: linkIdentityInput,
  subject: async ({ tx, actor }) => {
    return { departmentId: null, person: await lockPerson(tx, personOf(actor)) }
  },
  run: async ({ tx, input, subject, now, event }) => {
    const link = { ...input, personId: subject.person.id }
    return { value: null, fact: await linkPart({ tx, now, event }, link) }
  },
})

async function linkPart(
  part: Part,
  link: { personId: string; issuer: string; subject: string },
): Promise<Fact> {
  const { personId, issuer, subject } = link
  const id = newId<'identity'>(part.now.getTime())
  const row = { id, personId, issuer, subject, createdAt: part.now, auditEventId: part.event }
  try {
    await part.tx.transaction(async (inner) => {
      await inner.insert(identity).values(row)
    })
  } catch (error) {
    if (violatedConstraint(error) !== 'identity_issuer_subject') throw error
    conflict('This sign-on identity belongs to another person here.')
  }
  return {
    action: 'identity.linked',
    targets: [{ t: 'person', id: personId }],
    data: { issuer: sha256(issuer) },
    private: { subject },
  }
}

/** The id of the person who acts. Throws `refused` for the product itself, which has no account. */
function personOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : refused('Only a person can do this.')
}

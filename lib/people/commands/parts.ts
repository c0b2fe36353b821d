import 'server-only'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { invitation, password, roleGrant, session } from '@/drizzle/schema/people'
import type { Fact, FactOf } from '@/lib/audit/catalogue'
import type { PersonActor } from '@/lib/auth/actor'
import { passwordProblem } from '@/lib/auth/password-rules'
import { hashPassword } from '@/lib/auth/passwords'
import type { Role } from '@/lib/auth/permissions'
import { newSecret, secretHash } from '@/lib/auth/sessions'
import { invalid } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { INVITATION_MS, SESSION_ABSOLUTE_MS } from '@/lib/core/limits'
import type { Tx } from '@/lib/db/transaction'

/** Parts of commands: each runs inside the caller's transaction and carries the caller's event. */
export type Part = { tx: Tx; now: Date; event: string }

export type Via = Exclude<PersonActor['via'], 'cli'>

/** Starts a session. The id goes into the cookie and nowhere else; the table keeps its hash. */
export async function startSessionPart(
  part: Pick<Part, 'tx' | 'now'>,
  start: { personId: string; via: Via; userAgent: string | null },
): Promise<{ sessionId: string; fact: Fact }> {
  const sessionId = newSecret()
  const idHash = secretHash(sessionId)
  await part.tx.insert(session).values({
    idHash,
    personId: start.personId,
    via: start.via,
    userAgent: start.userAgent?.slice(0, 300) ?? null,
    createdAt: part.now,
    lastSeenAt: part.now,
    expiresAt: new Date(part.now.getTime() + SESSION_ABSOLUTE_MS),
  })
  const fact: Fact = {
    action: 'session.started',
    targets: [
      { t: 'session', id: idHash.slice(0, 16) },
      { t: 'person', id: start.personId },
    ],
    data: { via: start.via },
  }
  return { sessionId, fact }
}

type Because = FactOf<'session.ended'>['data']['because']
/** Ends a person's live sessions, all or all but one; a fact for each. */
export async function endSessionsPart(
  part: Pick<Part, 'tx' | 'now'>,
  end: { personId: string; except?: string | undefined; because: Because },
): Promise<Fact[]> {
  const ended = await part.tx
    .update(session)
    .set({ endedAt: part.now })
    .where(
      and(
        eq(session.personId, end.personId),
        isNull(session.endedAt),
        end.except === undefined ? undefined : ne(session.idHash, end.except),
      ),
    )
    .returning({ idHash: session.idHash, expiresAt: session.expiresAt })
  // A session that had run out by itself is closed without a word.
  return ended
    .filter((row) => row.expiresAt > part.now)
    .map((row) => sessionEnded(row.idHash, end.personId, end.because))
}

/** The fact that one session was ended. */
export function sessionEnded(idHash: string, personId: string, because: Because): Fact {
  return {
    action: 'session.ended',
    targets: [
      { t: 'session', id: idHash.slice(0, 16) },
      { t: 'person', id: personId },
    ],
    data: { because },
  }
}

/** Sets a password after the rules have been asked. Throws `invalid` on the field `field`. */
export async function setPasswordPart(
  part: Part,
  set: { personId: string; plain: string; about: readonly string[]; field: string },
): Promise<void> {
  const problem = passwordProblem(set.plain, set.about)
  if (problem !== null) invalid(problem, { [set.field]: problem })
  const phc = await hashPassword(set.plain)
  const row = { phc, changedAt: part.now, auditEventId: part.event }
  await part.tx
    .insert(password)
    .values({ personId: set.personId, ...row })
    .onConflictDoUpdate({ target: password.personId, set: row })
}

/** Gives a role; does nothing when the person holds it there already. */
export async function grantPart(
  part: Part,
  grant: { personId: string; role: Role; departmentId: string | null },
): Promise<Fact | null> {
  const id = newId<'role_grant'>(part.now.getTime())
  const made = await part.tx
    .insert(roleGrant)
    .values({ ...grant, id, grantedAt: part.now, auditEventId: part.event })
    .onConflictDoNothing()
    .returning({ id: roleGrant.id })
  return made.length === 0 ? null : roleFact('role.granted', { ...grant, id })
}

/** The fact that a role was given or taken away. */
export function roleFact(
  action: 'role.granted' | 'role.revoked',
  grant: { id: string; personId: string; role: Role; departmentId: string | null },
): Fact {
  return {
    action,
    dept: grant.departmentId,
    targets: [
      { t: 'person', id: grant.personId },
      { t: 'role_grant', id: grant.id },
    ],
    data: { role: grant.role, department: grant.departmentId },
  }
}

/** Makes a one-time link and voids the person's earlier ones. Returns its secret, kept nowhere. */
export async function invitationPart(part: Part, personId: string): Promise<string> {
  await voidInvitationsPart(part, personId)
  const token = newSecret()
  await part.tx.insert(invitation).values({
    id: newId<'invitation'>(part.now.getTime()),
    personId,
    tokenHash: secretHash(token),
    expiresAt: new Date(part.now.getTime() + INVITATION_MS),
    createdAt: part.now,
    auditEventId: part.event,
  })
  return token
}

/** Open links of a person stop working now. */
export async function voidInvitationsPart(part: Part, personId: string): Promise<void> {
  await part.tx
    .update(invitation)
    .set({ expiresAt: part.now, auditEventId: part.event })
    .where(and(eq(invitation.personId, personId), isNull(invitation.usedAt)))
}

import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { department, invitation, person, roleGrant } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { can, type Permission } from '@/lib/auth/permissions'
import { secretHash } from '@/lib/auth/sessions'
import { notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'

const personColumns = {
  id: person.id,
  name: person.name,
  email: person.email,
  state: person.state,
}
export type LockedPerson = {
  id: string
  name: string
  email: string
  state: typeof person.$inferSelect.state
}

/** The person, locked until the transaction ends. Throws `not_found`. */
export async function lockPerson(tx: Tx, id: string): Promise<LockedPerson> {
  const [row] = await tx.select(personColumns).from(person).where(eq(person.id, id)).for('update')
  return row ?? notFound('This person')
}

/**
 * The active people who hold administrator everywhere. Locked against every other transaction that
 * asks the same, so that two administrators cannot remove each other at the same moment.
 */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('chancery.people.administrators', 0))`,
  )
  const rows = await tx
    .selectDistinct({ id: person.id })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .where(
      and(
        eq(roleGrant.role, 'administrator'),
        isNull(roleGrant.departmentId),
        isNull(roleGrant.revokedAt),
        eq(person.state, 'active'),
      ),
    )
  return rows.map((row) => row.id)
}

/** Live grants of a person. */
export async function liveGrants(tx: Tx, personId: string) {
  return tx
    .select({ role: roleGrant.role, departmentId: roleGrant.departmentId })
    .from(roleGrant)
    .where(and(eq(roleGrant.personId, personId), isNull(roleGrant.revokedAt)))
}

/**
 * Where a permission over a person is checked: a person lies in no department, so whoever holds it
 * in one of the person's departments may use it there, and elsewhere only who holds it everywhere.
 * For whoever may not, it is a department that they can see, so that only strangers read as absent.
 */
export async function placeOfPerson(
  tx: Tx,
  at: { actor: Actor; permission: Permission; personId: string },
): Promise<string | null> {
  const grants = await liveGrants(tx, at.personId)
  if (grants.some((grant) => grant.departmentId === null)) return null
  const place =
    grants.find((grant) => can(at.actor, at.permission, grant.departmentId)) ??
    grants.find((grant) => can(at.actor, 'people.read', grant.departmentId)) ??
    grants[0]
  return place?.departmentId ?? null
}

/** Throws `not_found` unless the department exists. */
export async function requireDepartment(tx: Tx, id: string): Promise<void> {
  const [row] = await tx
    .select({ id: department.id })
    .from(department)
    .where(eq(department.id, id))
    .for('share')
  if (!row) notFound('This department')
}

/** The invitation of a link, locked; null when no link was ever made like this. */
export async function lockInvitation(tx: Tx, token: string) {
  const [row] = await tx
    .select({
      id: invitation.id,
      personId: invitation.personId,
      usedAt: invitation.usedAt,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .where(eq(invitation.tokenHash, secretHash(token)))
    .for('update')
  return row ?? null
}

import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { roleGrant } from '@/drizzle/schema/people'
import { command } from '@/lib/command/command'
import { notFound, refused } from '@/lib/core/errors'
import { grantRoleInput, revokeRoleInput } from '../model'
import { lockAdministrators, lockPerson, requireDepartment } from '../queries/lock'
import { whyNotGrant, whyNotRevoke } from '../rules'
import { grantPart, roleFact } from './parts'

/**
 * Gives a person a role in one department, or everywhere. Granting what they hold already changes
 * nothing. Throws `refused` for oneself and for disabled people.
 */
export const grantRole = command({
  name: 'role.grant',
  permission: 'role.grant',
  input: grantRoleInput,
  subject: async ({ tx, input }) => {
    if (input.departmentId !== null) await requireDepartment(tx, input.departmentId)
    return { departmentId: input.departmentId, person: await lockPerson(tx, input.personId) }
  },
  run: async ({ tx, actor, input, subject, now, event }) => {
    const why = whyNotGrant(actor, subject.person)
    if (why !== null) refused(why)
    const fact = await grantPart({ tx, now, event }, input)
    return { value: null, fact: fact ?? 'unchanged' }
  },
})

/** Takes a role away; it holds from the next request. Throws `refused` for the last administrator. */
export const revokeRole = command({
  name: 'role.revoke',
  permission: 'role.grant',
  input: revokeRoleInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({
        id: roleGrant.id,
        personId: roleGrant.personId,
        role: roleGrant.role,
        departmentId: roleGrant.departmentId,
      })
      .from(roleGrant)
      .where(and(eq(roleGrant.id, input.grantId), isNull(roleGrant.revokedAt)))
      .for('update')
    return row ?? notFound('This role')
  },
  run: async ({ tx, subject, now, event }) => {
    const administrators = await lockAdministrators(tx)
    const why = whyNotRevoke(subject, administrators)
    if (why !== null) refused(why)
    await tx
      .update(roleGrant)
      .set({ revokedAt: now, auditEventId: event })
      .where(eq(roleGrant.id, subject.id))
    return { value: null, fact: roleFact('role.revoked', subject) }
  },
})

import 'server-only'
import { and, eq, isNull, or } from 'drizzle-orm'
import { department, person, roleGrant } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { can, scopeOf } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'

const MOST = 500

export type Assignable = {
  people: { id: string; name: string }[]
  departments: { id: string; name: string }[]
}

/**
 * Who may answer for agents of a selection, whatever department each lies in: active people with any
 * role, and the departments into which the actor may move. Null when the actor may assign nowhere.
 */
export async function assignableAnywhere(actor: Actor): Promise<Assignable | null> {
  const scope = scopeOf(actor, 'agent.assign')
  if (!scope.everywhere && scope.departments.length === 0) return null
  const [people, departments] = await Promise.all([
    db()
      .selectDistinct({ id: person.id, name: person.name })
      .from(roleGrant)
      .innerJoin(person, eq(person.id, roleGrant.personId))
      .where(and(isNull(roleGrant.revokedAt), eq(person.state, 'active')))
      .orderBy(person.name, person.id)
      .limit(MOST),
    db()
      .select({ id: department.id, name: department.name })
      .from(department)
      .orderBy(department.name),
  ])
  return { people, departments: departments.filter(({ id }) => can(actor, 'agent.assign', id)) }
}

/**
 * Who may answer for an agent of this department: active people who hold a role there or
 * everywhere, by name; and the departments into which the actor may move it. Null when the actor
 * may not assign. Index: role_grant_person.
 */
export async function assignable(actor: Actor, departmentId: string): Promise<Assignable | null> {
  if (!can(actor, 'agent.assign', departmentId)) return null
  const [people, departments] = await Promise.all([
    peopleOf(departmentId),
    db()
      .select({ id: department.id, name: department.name })
      .from(department)
      .orderBy(department.name),
  ])
  return { people, departments: departments.filter(({ id }) => can(actor, 'agent.assign', id)) }
}

/** Active people who hold a role in a department or everywhere, by name. Index: role_grant_person. */
export async function peopleOf(departmentId: string): Promise<{ id: string; name: string }[]> {
  return db()
    .selectDistinct({ id: person.id, name: person.name })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .where(
      and(
        isNull(roleGrant.revokedAt),
        or(isNull(roleGrant.departmentId), eq(roleGrant.departmentId, departmentId)),
        eq(person.state, 'active'),
      ),
    )
    .orderBy(person.name, person.id)
    .limit(MOST)
}

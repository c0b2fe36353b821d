import type { PersonActor } from '@/lib/auth/actor'
import { ROLES, type Role } from '@/lib/auth/permissions'
import type { TestDatabase } from '@/lib/db/testing/database'
import {
  aDepartment,
  anOrganisation,
  aPerson,
  type Organisation,
} from '@/lib/people/testing/organisation'

type ByRole = Record<Role, PersonActor>

/** Two departments, and for every role somebody who holds just it: everywhere, in A, in B. */
export type World = {
  database: TestDatabase
  here: Organisation
  a: string
  b: string
  everywhere: ByRole
  inA: ByRole
  inB: ByRole
  /** Active, and holds no role at all. */
  nobody: PersonActor
}

export async function aWorld(database: TestDatabase): Promise<World> {
  const here = await anOrganisation()
  const a = here.departmentId
  const b = await aDepartment(here.admin, 'Harbour')
  const everyRole = async (departmentId: string | null) => {
    const people = {} as ByRole
    for (const role of ROLES) people[role] = await aPerson(here.admin, [{ role, departmentId }])
    return people
  }
  const nobody = await aPerson(here.admin, [{ role: 'viewer', departmentId: a }])
  await database.asAdmin('alter table role_grant disable trigger user')
  await database.asAdmin('update role_grant set revoked_at = now() where person_id = $1', [
    nobody.id,
  ])
  await database.asAdmin('alter table role_grant enable always trigger tie_change')
  return {
    database,
    here,
    a,
    b,
    everywhere: await everyRole(null),
    inA: await everyRole(a),
    inB: await everyRole(b),
    nobody: { ...nobody, grants: [] },
  }
}

/** Made once for a world, at the first use. */
export function once<T>(make: (world: World) => Promise<T>): (world: World) => Promise<T> {
  const made = new WeakMap<World, Promise<T>>()
  return (world) => {
    const known = made.get(world) ?? make(world)
    made.set(world, known)
    return known
  }
}

import type { Actor } from '@/lib/auth/actor'
import { can, type Permission } from '@/lib/auth/permissions'
import type { DepartmentRow } from '@/lib/people/queries/installation'
import type { Place } from './roles-input'

/** Where the actor holds a permission, as the choices of a form: everywhere last, on purpose. */
export function placesOf(
  actor: Actor,
  permission: Permission,
  departments: readonly DepartmentRow[],
): Place[] {
  const local = departments
    .filter(({ id }) => can(actor, permission, id))
    .map(({ id, name }) => ({ id, name }))
  return can(actor, permission, null) ? [...local, { id: null, name: 'Everywhere' }] : local
}

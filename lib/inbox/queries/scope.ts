import 'server-only'
import { type AnyColumn, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { type Permission, scopeOf } from '@/lib/auth/permissions'

/** The departments in which the actor holds a permission, as a condition on a column. */
export function within(actor: Actor, permission: Permission, column: AnyColumn): SQL {
  const scope = scopeOf(actor, permission)
  if (scope.everywhere) return sql`true`
  return scope.departments.length === 0 ? sql`false` : inArray(column, [...scope.departments])
}

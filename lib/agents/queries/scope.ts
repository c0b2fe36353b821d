import 'server-only'
import { inArray, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import type { Actor } from '@/lib/auth/actor'
import { scopeOf } from '@/lib/auth/permissions'

/** The agents that the actor may see, as a condition on `agent`: a foreign one does not exist. */
export function visibleTo(actor: Actor): SQL {
  const scope = scopeOf(actor, 'catalog.read')
  if (scope.everywhere) return sql`true`
  if (scope.departments.length === 0) return sql`false`
  return inArray(agent.departmentId, [...scope.departments])
}

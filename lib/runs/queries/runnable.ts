import 'server-only'
import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { agent, version } from '@/drizzle/schema/agents'
import { whyNotRunnable } from '@/lib/agents/rules'
import type { Actor } from '@/lib/auth/actor'
import { scopeOf } from '@/lib/auth/permissions'
import { MAX_PAGE_SIZE } from '@/lib/core/limits'
import { localDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import { whyReviewStops } from '../rules'

export type RunnableAgent = {
  id: string
  slug: string
  version: string | null
  /** Why no run may start now; null when one may. */
  whyNot: string | null
}

/**
 * Agents of the departments where the actor may start runs: those that can run first, the others
 * with the reason. Index: agent_by_department.
 */
export async function runnableAgents(actor: Actor): Promise<RunnableAgent[]> {
  const scope = scopeOf(actor, 'run.start')
  if (!scope.everywhere && scope.departments.length === 0) return []
  const today = localDate(new Date())
  const rows = await db()
    .select({
      id: agent.id,
      slug: agent.slug,
      state: agent.state,
      version: version.number,
      reviewOn: agent.nextReviewOn,
    })
    .from(agent)
    .leftJoin(version, eq(version.id, agent.liveVersionId))
    .where(
      and(
        ne(agent.state, 'retired'),
        scope.everywhere ? undefined : inArray(agent.departmentId, [...scope.departments]),
      ),
    )
    .orderBy(asc(agent.slug))
    .limit(MAX_PAGE_SIZE)
  return rows
    .map(({ state, reviewOn, ...row }) => ({
      ...row,
      whyNot:
        whyNotRunnable({ state, slug: row.slug, live: row.version !== null }) ??
        whyReviewStops(reviewOn, today),
    }))
    .sort((a, b) => Number(a.whyNot !== null) - Number(b.whyNot !== null))
}

import 'server-only'
import { and, asc, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import { agent, definition } from '@/drizzle/schema/agents'
import type { Actor } from '@/lib/auth/actor'
import { scopeOf } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'

const PAGE = 100

export type ExportRow = { slug: string; path: string; digest: string; bytes: Uint8Array }

/**
 * One page of agents with their exact bytes, by slug after `after`: the live version's, else the
 * draft's. Index: agent_slug_unique.
 */
export async function exportPage(page: {
  actor: Actor
  after: string
  publishedOnly: boolean
}): Promise<ExportRow[]> {
  const scope = scopeOf(page.actor, 'catalog.read')
  const rows = await db()
    .select({
      slug: agent.slug,
      sourcePath: agent.sourcePath,
      fileName: agent.fileName,
      digest: definition.digest,
      bytes: definition.bytes,
    })
    .from(agent)
    .innerJoin(definition, eq(definition.digest, agent.digest))
    .where(
      and(
        gt(agent.slug, page.after),
        page.publishedOnly ? isNotNull(agent.liveVersionId) : undefined,
        scope.everywhere ? undefined : inArray(agent.departmentId, [...scope.departments]),
      ),
    )
    .orderBy(asc(agent.slug))
    .limit(PAGE)
  return rows.map(({ sourcePath, fileName, ...row }) => ({
    ...row,
    path: sourcePath ?? `${row.slug}/${fileName}`,
  }))
}

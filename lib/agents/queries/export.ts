import 'server-only'
import { and, asc, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import { agent, definition } from '@/drizzle/schema/agents'
import type { Actor } from '@/lib/auth/actor'
import { scopeOf } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'
import type { BulkAnswer } from '../model'
import { visibleTo } from './scope'

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

/**
 * The exact bytes of selected agents that the actor may see, each in a folder of its own so that no
 * two files meet, and what became of each.
 */
export async function exportSelected(
  actor: Actor,
  agentIds: readonly string[],
): Promise<BulkAnswer> {
  const rows = await db()
    .select({
      id: agent.id,
      slug: agent.slug,
      fileName: agent.fileName,
      bytes: definition.bytes,
    })
    .from(agent)
    .innerJoin(definition, eq(definition.digest, agent.digest))
    .where(and(inArray(agent.id, [...agentIds]), visibleTo(actor)))
    .orderBy(asc(agent.slug))
  const found = new Set(rows.map((row) => row.id))
  return {
    files: rows.map(({ slug, fileName, bytes }) => ({
      path: `${slug}/${plainName(fileName)}`,
      bytes: Buffer.from(bytes).toString('base64'),
    })),
    outcomes: agentIds.map((agentId) =>
      found.has(agentId)
        ? { agentId, outcome: 'done' }
        : { agentId, outcome: 'refused', because: 'This agent was not found.' },
    ),
  }
}

/** A name that stays in its folder on every system. */
function plainName(fileName: string): string {
  const name = (fileName.split(/[/\\]/).at(-1) ?? '').replace(/[<>:"|?*\p{Cc}]/gu, '_')
  return /^\.*$/.test(name) ? 'agent.md' : name
}

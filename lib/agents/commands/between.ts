import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, gt, max, ne, sql } from 'drizzle-orm'
import { agent, definition } from '@/drizzle/schema/agents'
import { catalogFinding } from '@/drizzle/schema/constitution'
import { department } from '@/drizzle/schema/people'
import { checkCatalog } from '@/lib/constitution/check'
import { type CatalogAgent, CHECKER_VERSION, type Rulebook } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { storable } from '@/lib/core/storable'
import { db } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'
import { parseDefinition } from '@/lib/definition/parse'

const PAGE = 200
/** What the rules between files look at together stands in memory at once; more is not compared. */
const MAX_COMPARED = 5_000

let last = ''

/**
 * Applies the rules between files to the whole catalog and keeps what they say. Does nothing while
 * no agent and no rulebook has changed since this process did it last; what it writes is derived, so
 * two workers doing it do no harm.
 */
export async function checkBetween(): Promise<void> {
  const rulebook = await currentRulebook()
  const [state] = await db()
    .select({ at: max(agent.updatedAt) })
    .from(agent)
  const now = `${rulebook.hash} ${CHECKER_VERSION} ${state?.at?.toISOString() ?? ''}`
  if (now === last) return
  const { agents, ids } = await everyAgent()
  await keep(rulebook, agents, ids)
  last = now
}

async function everyAgent(): Promise<{ agents: CatalogAgent[]; ids: Map<string, string> }> {
  const agents: CatalogAgent[] = []
  const ids = new Map<string, string>()
  for (let after = ''; agents.length < MAX_COMPARED; ) {
    const page = await db()
      .select({
        ...{ id: agent.id, slug: agent.slug, state: agent.state, fileName: agent.fileName },
        ...{ department: department.slug, bytes: definition.bytes },
      })
      .from(agent)
      .innerJoin(definition, eq(definition.digest, agent.digest))
      .innerJoin(department, eq(department.id, agent.departmentId))
      .where(and(ne(agent.state, 'retired'), gt(agent.slug, after)))
      .orderBy(asc(agent.slug))
      .limit(PAGE)
    for (const { id, bytes, fileName, ...row } of page) {
      ids.set(row.slug, id)
      agents.push({ ...row, definition: parseDefinition(bytes, { path: fileName }) })
    }
    // Whoever waits for this process goes first.
    await setImmediate()
    after = page.at(-1)?.slug ?? ''
    if (page.length < PAGE) break
  }
  return { agents, ids }
}

async function keep(
  rulebook: Rulebook,
  agents: readonly CatalogAgent[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const context = { constitution: rulebook.content, earlier: rulebook.earlier }
  const counts = new Map<string, number>()
  const checkedAt = new Date()
  const rows = checkCatalog(agents, context).flatMap(({ slug, finding }) => {
    const agentId = ids.get(slug)
    if (agentId === undefined) return []
    const ordinal = counts.get(slug) ?? 0
    counts.set(slug, ordinal + 1)
    const { rule, severity } = finding
    const under = { constitutionHash: rulebook.hash, checkerVersion: CHECKER_VERSION, checkedAt }
    return [{ agentId, ordinal, rule, severity, finding: storable(finding), ...under }]
  })
  await transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('chancery.between', 0))`)
    await tx.delete(catalogFinding)
    for (let at = 0; at < rows.length; at += PAGE) {
      await tx.insert(catalogFinding).values(rows.slice(at, at + PAGE))
    }
  })
}

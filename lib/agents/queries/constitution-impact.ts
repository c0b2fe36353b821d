import 'server-only'
import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { CHECKER_VERSION, type Rulebook } from '@/lib/constitution/model'
import { currentRulebook, rulebookAfter } from '@/lib/constitution/queries'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import { checkAgents } from '../commands/recheck'
import { scopeOf } from '../rules'
import { visibleTo } from './scope'

/** One agent for which another rulebook changes what stops it. */
export type ImpactAgent = {
  slug: string
  department: string
  state: string
  /** Ids of rules with a blocking finding or an error that it gains and loses. */
  gained: string[]
  lost: string[]
}

/** What a rulebook would do to the catalog. Retired agents are left out. */
export type ConstitutionImpact = {
  agents: number
  /** Not yet checked under both rulebooks; while this is not 0 the rest is not complete. */
  missing: number
  /** Pass now and would fail. */
  failing: ImpactAgent[]
  /** Fail now and would fail for a further rule. */
  worse: ImpactAgent[]
  /** Fail now and would pass. */
  passing: ImpactAgent[]
}

/** Where it runs: in a command's transaction, or by itself; and for whose eyes. */
type Reading = { tx?: Tx; actor: Actor }

/**
 * Compares the stored verdicts of every agent under two rulebooks. Reads three lists and joins them
 * here, because the key of a verdict holds a hash that SQL would have to compute again.
 * Index: definition_check_key.
 */
export async function constitutionImpact(
  rulebooks: { before: Rulebook; after: Rulebook },
  reading: Reading,
): Promise<ConstitutionImpact> {
  const { before, after } = rulebooks
  const agents = await agentsFor(reading)
  const [old, next] = [await stopsUnder(before, reading), await stopsUnder(after, reading)]
  const impact: ConstitutionImpact = {
    ...{ agents: agents.length, missing: 0 },
    ...{ failing: [], worse: [], passing: [] },
  }
  for (const one of agents) {
    const scope = scopeOf({ rulebook: after, department: one.departmentSlug, path: one.fileName })
    const was = old.get(`${one.digest} ${scope}`)
    const now = next.get(`${one.digest} ${scope}`)
    if (was === undefined || now === undefined) {
      impact.missing += 1
      continue
    }
    const gained = now.filter((rule) => !was.includes(rule))
    const lost = was.filter((rule) => !now.includes(rule))
    const { slug, state, department: name } = one
    const found = { slug, state, department: name, gained, lost }
    if (was.length === 0 && now.length > 0) impact.failing.push(found)
    else if (was.length > 0 && now.length === 0) impact.passing.push(found)
    else if (gained.length > 0) impact.worse.push(found)
  }
  return impact
}

async function agentsFor({ tx, actor }: Reading) {
  return (tx ?? db())
    .select({
      slug: agent.slug,
      state: agent.state,
      digest: agent.digest,
      fileName: agent.fileName,
      department: department.name,
      departmentSlug: department.slug,
    })
    .from(agent)
    .innerJoin(department, eq(department.id, agent.departmentId))
    .where(and(ne(agent.state, 'retired'), visibleTo(actor)))
    .orderBy(agent.slug)
}

/** Rules with a blocking finding or an error, by digest and scope. */
async function stopsUnder(rulebook: Rulebook, { tx }: Reading): Promise<Map<string, string[]>> {
  const rows = await (tx ?? db()).execute<{ key: string; rules: string[] }>(stopsQuery(rulebook))
  return new Map(rows.map((row) => [row.key, row.rules]))
}

const stopsQuery = (rulebook: Rulebook): SQL => sql`
  select c.digest || ' ' || c.scope as key,
    case when c.blocking + c.errors = 0 then '{}'::text[] else array(
      select distinct f ->> 'rule' from jsonb_array_elements(c.findings) f
      where f ->> 'severity' in ('blocking', 'error') order by 1) end as rules
  from definition_check c
  where c.constitution_hash = ${rulebook.hash} and c.checker_version = ${CHECKER_VERSION}
    and c.digest in (select digest from agent where state <> 'retired')`

/** How long a page waits for verdicts that are missing; the job works out the rest. */
const BUDGET_MS = 1_500

/**
 * What a draft would do to the catalog, for whoever looks. Checks what is missing as far as the
 * budget goes; `missing` says what is left.
 */
export async function previewOf(
  draft: { content: Rulebook['content']; hash: string },
  reading: Reading & { budgetMs?: number },
): Promise<ConstitutionImpact> {
  const before = await currentRulebook(reading.tx)
  const rulebooks = { before, after: rulebookAfter(before, draft) }
  const impact = await constitutionImpact(rulebooks, reading)
  if (impact.missing === 0) return impact
  const budgetMs = reading.budgetMs ?? BUDGET_MS
  await checkAgents(before, { budgetMs })
  await checkAgents(rulebooks.after, { budgetMs })
  return constitutionImpact(rulebooks, reading)
}

/** The lists cut for a screen, with their counts. */
export function cutImpact(impact: ConstitutionImpact, most: number) {
  const cut = (all: ImpactAgent[]) => ({ count: all.length, first: all.slice(0, most) })
  const { agents, missing, failing, worse, passing } = impact
  return { agents, missing, failing: cut(failing), worse: cut(worse), passing: cut(passing) }
}

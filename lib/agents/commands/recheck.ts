import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { agent, definition, definitionCheck } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import { WORKER } from '@/lib/auth/actor'
import { command, UNCHANGED } from '@/lib/command/command'
import { CHECKER_VERSION, type Finding, type Rulebook } from '@/lib/constitution/model'
import { currentRulebook, draftOfConstitution, rulebookAfter } from '@/lib/constitution/queries'
import { storable } from '@/lib/core/storable'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import type { Capabilities } from '@/lib/definition/model'
import { type Assessment, assess, scopeOf, verdictColumns } from '../rules'

/** Agents that are looked at together, and definitions whose bytes are in memory at once. */
const PAGE = 500
const BATCH = 50
/** Checking yields to whatever else the process does after this long. */
const SLICE_MS = 10

/** What identifies a verdict of one agent, whatever the rulebook. */
type Subject = { id: string; digest: string; fileName: string; department: string }
const keyOf = (digest: string, scope: string) => `${digest} ${scope}`
const scopeIn = (rulebook: Rulebook, one: Subject) =>
  scopeOf({ rulebook, department: one.department, path: one.fileName })

/**
 * Sees to it that every agent's definition has a verdict under this rulebook: checks those that have
 * none, in batches, and keeps what it found. Stops at the budget; `missing` are left. Verdicts are
 * derived, so no fact tells of them, and a second worker doing the same does no harm.
 */
export async function checkAgents(
  rulebook: Rulebook,
  options: { budgetMs?: number } = {},
): Promise<{ checked: number; missing: number }> {
  const until = Date.now() + (options.budgetMs ?? Number.POSITIVE_INFINITY)
  let checked = 0
  let missing = 0
  for await (const page of pagesOfAgents(db())) {
    const open = await withoutVerdict(rulebook, page)
    for (let at = 0; at < open.length; at += BATCH) {
      const batch = open.slice(at, at + BATCH)
      if (Date.now() > until) missing += batch.length
      else {
        await storeVerdicts(await assessAll(rulebook, batch))
        checked += batch.length
      }
    }
  }
  return { checked, missing }
}

/** All agents by id, a page at a time. Index: agent_pkey. */
async function* pagesOfAgents(from: Pick<Tx, 'select'>): AsyncGenerator<Subject[]> {
  let after: string | null = null
  for (;;) {
    const page: Subject[] = await from
      .select({
        id: agent.id,
        digest: agent.digest,
        fileName: agent.fileName,
        department: department.slug,
      })
      .from(agent)
      .innerJoin(department, eq(department.id, agent.departmentId))
      .where(after === null ? undefined : gt(agent.id, after))
      .orderBy(asc(agent.id))
      .limit(PAGE)
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? null
  }
}

/** Those of a page that were never checked like this, each definition once. Index: definition_check_key. */
async function withoutVerdict(rulebook: Rulebook, page: readonly Subject[]): Promise<Subject[]> {
  const known = await db()
    .select({ digest: definitionCheck.digest, scope: definitionCheck.scope })
    .from(definitionCheck)
    .where(underRulebook(rulebook, page))
  const seen = new Set(known.map((row) => keyOf(row.digest, row.scope)))
  return page.filter((one) => {
    const key = keyOf(one.digest, scopeIn(rulebook, one))
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const underRulebook = (rulebook: Rulebook, page: readonly Subject[]) =>
  and(
    inArray(definitionCheck.digest, [...new Set(page.map((one) => one.digest))]),
    eq(definitionCheck.constitutionHash, rulebook.hash),
    eq(definitionCheck.checkerVersion, CHECKER_VERSION),
  )

async function assessAll(rulebook: Rulebook, batch: readonly Subject[]): Promise<Assessment[]> {
  const rows = await db()
    .select({ digest: definition.digest, bytes: definition.bytes })
    .from(definition)
    .where(inArray(definition.digest, [...new Set(batch.map((one) => one.digest))]))
  const bytes = new Map(rows.map((row) => [row.digest, row.bytes]))
  const done: Assessment[] = []
  let slice = Date.now()
  for (const one of batch) {
    const setting = { rulebook, department: one.department, path: one.fileName }
    done.push(assess(bytes.get(one.digest) ?? new Uint8Array(), setting))
    if (Date.now() - slice < SLICE_MS) continue
    await setImmediate()
    slice = Date.now()
  }
  return done
}

async function storeVerdicts(all: readonly Assessment[]): Promise<void> {
  if (all.length === 0) return
  const checkedAt = new Date()
  await db()
    .insert(definitionCheck)
    .values(
      all.map((one) => ({
        digest: one.definition.digest,
        constitutionHash: one.constitutionHash,
        checkerVersion: one.checkerVersion,
        scope: one.scope,
        findings: storable(one.findings),
        capabilities: storable(one.capabilities),
        riskTier: one.riskTier,
        ...one.counts,
        checkedAt,
      })),
    )
    .onConflictDoNothing()
}

/**
 * Brings the derived columns of the catalog up to the verdicts under the rulebook in force: one
 * transaction and one fact, and only the agents whose columns differ are written.
 */
export const recheckCatalog = command({
  name: 'catalog.check',
  permission: 'catalog.check',
  input: z.strictObject({ published: z.boolean() }),
  subject: async () => ({ departmentId: null }),
  run: async ({ tx, input, event }) => {
    const rulebook = await currentRulebook(tx)
    const value = { agents: 0, updated: 0, newlyFailing: 0, newlyPassing: 0 }
    for await (const page of pagesOfAgents(tx)) {
      const changes = await changesOf(tx, rulebook, page)
      value.agents += page.length
      value.updated += changes.length
      const counted = changes.filter((one) => !one.retired)
      value.newlyFailing += counted.filter((one) => one.was === 0 && one.set.errors > 0).length
      value.newlyPassing += counted.filter((one) => one.was > 0 && one.set.errors === 0).length
      if (changes.length > 0) await applyChanges(tx, changes, event)
    }
    if (value.updated === 0 && !input.published) return { value, fact: UNCHANGED }
    return {
      value,
      fact: {
        action: 'catalog.checked',
        targets: [{ t: 'installation', id: 'one' }],
        data: {
          constitution: rulebook.hash,
          checker: CHECKER_VERSION,
          agents: value.agents,
          newly_failing: value.newlyFailing,
          newly_passing: value.newlyPassing,
        },
      },
    }
  },
})

type Change = {
  id: string
  digest: string
  retired: boolean
  was: number
  set: ReturnType<typeof verdictColumns>
}

async function changesOf(tx: Tx, rulebook: Rulebook, page: readonly Subject[]): Promise<Change[]> {
  const verdicts = await tx.select().from(definitionCheck).where(underRulebook(rulebook, page))
  const known = new Map(verdicts.map((row) => [keyOf(row.digest, row.scope), row]))
  const rows = await tx
    .select()
    .from(agent)
    .where(
      inArray(
        agent.id,
        page.map((one) => one.id),
      ),
    )
  const now = new Map(rows.map((row) => [row.id, row]))
  return page.flatMap((one) => {
    const verdict = known.get(keyOf(one.digest, scopeIn(rulebook, one)))
    const row = now.get(one.id)
    // An agent that came or changed meanwhile was checked by whoever changed it.
    if (!verdict || !row || row.digest !== one.digest) return []
    const { blocking, errors, warnings, notes } = verdict
    const set = verdictColumns({
      capabilities: verdict.capabilities as Capabilities,
      findings: verdict.findings as Finding[],
      counts: { blocking, errors, warnings, notes },
      riskTier: verdict.riskTier,
    })
    const differs = Object.entries(set).some(
      ([column, value]) =>
        JSON.stringify(row[column as keyof typeof row]) !== JSON.stringify(value),
    )
    const { id, digest, state, errors: was } = row
    return differs ? [{ id, digest, retired: state === 'retired', was, set }] : []
  })
}

/** Where each part of a verdict is kept; one that is missing here does not compile. */
const COLUMNS: Record<keyof Change['set'], readonly [column: string, type: string]> = {
  riskTier: ['risk_tier', 'text'],
  riskRank: ['risk_rank', 'integer'],
  errors: ['errors', 'integer'],
  warnings: ['warnings', 'integer'],
  notes: ['notes', 'integer'],
  tools: ['tools', 'text[]'],
  mcpServers: ['mcp_servers', 'text[]'],
  subAgents: ['sub_agents', 'text[]'],
  skills: ['skills', 'text[]'],
  model: ['model', 'text'],
  rules: ['rules', 'text[]'],
}
const ENTRIES = Object.entries(COLUMNS)
const SET = sql.raw(ENTRIES.map(([key, [column]]) => `${column} = r."${key}"`).join(', '))
const SHAPE = sql.raw(ENTRIES.map(([key, [, type]]) => `"${key}" ${type}`).join(', '))

/** A page in one statement; whoever changed a definition meanwhile has checked it. Index: agent_pkey. */
async function applyChanges(tx: Tx, changes: readonly Change[], event: string): Promise<void> {
  const rows = JSON.stringify(changes.map(({ id, digest, set }) => ({ id, digest, ...set })))
  await tx.execute(sql`
    update agent a set ${SET}, audit_event_id = ${event}::uuid
    from jsonb_to_recordset(${rows}::text::jsonb) as r(id uuid, digest text, ${SHAPE})
    where a.id = r.id and a.digest = r.digest`)
}

/** Verdicts under rulebooks that are neither in force nor drafted; young ones may be in use. */
async function forgetVerdicts(kept: readonly string[]): Promise<void> {
  await db().execute(sql`
    delete from definition_check
    where constitution_hash <> all(${`{${kept.join(',')}}`}::text[])
      and checked_at < now() - interval '1 hour'`)
}

/**
 * The job behind a published constitution, an upgraded checker and the preview of a draft: everything
 * is checked under the rulebook in force, the catalog follows, and the draft is tried on everything.
 */
export async function checkCatalog(payload: { published?: boolean | undefined }): Promise<void> {
  const rulebook = await currentRulebook()
  await checkAgents(rulebook)
  await recheckCatalog.execute(WORKER, { published: payload.published === true })
  const draft = await draftOfConstitution()
  if (draft) await checkAgents(rulebookAfter(rulebook, draft))
  await forgetVerdicts(draft ? [rulebook.hash, draft.hash] : [rulebook.hash])
}

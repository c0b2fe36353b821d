import { sql } from 'drizzle-orm'
import { importFile } from '@/lib/agents/commands/import-file'
import { aDefinition } from '@/lib/agents/testing/definitions'
import { appendEvent } from '@/lib/audit/append'
import { someFact } from '@/lib/audit/testing/facts'
import type { PersonActor } from '@/lib/auth/actor'
import { newId } from '@/lib/core/ids'
import { db } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'

const THINGS = ['ledger', 'invoice', 'manifest', 'tariff', 'berth', 'customs', 'crane', 'roster']
const DEEDS = ['keeper', 'checker', 'planner', 'writer', 'reader', 'mover', 'sorter', 'watcher']
const pick = (list: readonly string[], n: number) => list[n % list.length] ?? ''

/** A definition of about 3 KB; `salt` makes its bytes its own. */
export function definitionText(name: string, salt: string): string {
  const lines = Array.from({ length: 30 }, (_, n) => `- Step ${n} of ${name}: look, then say so.`)
  const responsibilities = [...lines, `- Salt ${salt}`].join('\n')
  return aDefinition({ name, responsibilities, description: `Works as ${name} in the yard.` })
}

export const nameOf = (n: number) =>
  `${pick(THINGS, n)}-${pick(DEEDS, Math.floor(n / THINGS.length))}-${n}`

/** Imports `n` generated files through the command, one after the other; files per second. */
export async function importMany(
  actor: PersonActor,
  departmentId: string,
  n: number,
): Promise<number> {
  const started = performance.now()
  for (let i = 0; i < n; i += 1) {
    const name = nameOf(i)
    const bytes = Buffer.from(definitionText(name, String(i))).toString('base64')
    await importFile.execute(actor, { departmentId, path: `agents/${name}.md`, bytes })
  }
  return (n / (performance.now() - started)) * 1_000
}

/** Stands in the description of one copy in forty. */
export const RARE = '荷役計画'

/**
 * Fills the catalog up with `copies` copies of each agent that is there. One statement of the
 * application's own role in one transaction with one fact, which every copied row names: no trigger
 * is off, but no file was imported for them either.
 */
export async function copyAgents(actor: PersonActor, copies: number): Promise<number> {
  await transaction(async (tx) => {
    const now = new Date()
    const id = newId<'event'>()
    await tx.execute(sql`
      insert into agent (id, slug, file_name, department_id, owner_id, state, title, description,
        format, fate, digest, risk_tier, risk_rank, errors, warnings, notes, tools, mcp_servers,
        sub_agents, skills, model, rules, created_at, updated_at, audit_event_id)
      select gen_random_uuid(), slug || '-copy-' || n, file_name, department_id, owner_id, state,
        title || ' ' || n, description || ' Copy ' || n || '.'
          || case when hashtext(slug || n) % 40 = 0 then ${` 埠頭の${RARE}を見直す。`} else '' end, format, fate, digest, risk_tier,
        risk_rank, errors, warnings, notes, tools, mcp_servers, sub_agents, skills, model, rules,
        created_at, updated_at, ${id}::uuid
      from agent cross join generate_series(1, ${copies}::int) n`)
    await appendEvent(tx, { id, fact: someFact(), actor, requestId: undefined, now })
  })
  await db()
    .execute(sql`analyze agent`)
    .catch(() => undefined)
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from agent`)
  return Number(row?.n)
}

/** The agents on which commands are measured, with their drafts. */
export async function someAgents(n: number) {
  const rows = await db().execute<{ id: string; draft: string; title: string }>(sql`
    select id, draft_id as draft, title from agent where draft_id is not null order by slug limit ${n}`)
  return rows.map((row) => ({ id: row.id, draftId: row.draft, name: row.title }))
}

import 'server-only'
import type { TransactionSql } from 'postgres'
import { commit } from './leaf'
import { type Finding, summarise } from './report'
import { TIE_CHECKS } from './tie-checks'
import { COMMITMENT, commitmentsOf } from './verify-leaves'

type PrivateRow = {
  id: string
  ord: number
  path: string
  salt: Buffer
  value: string
  leaf: Buffer
}

/** Whether every private value is the one its fact commits to, and none of them is gone. */
export async function checkDisclosures(
  tx: TransactionSql,
  expected: number,
): Promise<{ findings: Finding[]; count: number }> {
  const changed: string[] = []
  let count = 0
  const rows = tx<PrivateRow[]>`
    select p.event_id as id, p.ord, p.path, p.salt, p.value, e.leaf
    from audit.private p join audit.event e on e.id = p.event_id`
  for await (const batch of rows.cursor(2_000)) {
    for (const row of batch) {
      count += 1
      if (!matches(row)) changed.push(`${row.path} of ${row.id}`)
    }
  }
  const findings = summarise('DISCLOSURE', changed, 'Private values changed')
  if (count === expected) return { findings, count }
  const sentence = `${expected} private values were committed to, ${count} are there.`
  return { findings: [...findings, { code: 'DISCLOSURE', sentence }], count }
}

function matches({ salt, path, value, ord, leaf }: PrivateRow): boolean {
  const wanted = `"${commit({ salt: salt.toString('hex'), path, value: JSON.parse(value) })}"`
  const at = ord * COMMITMENT
  return commitmentsOf(leaf).toString('latin1', at, at + wanted.length) === wanted
}

/** Triggers without which the log could be written past its rules (guards/audit.sql). */
const LOG_GUARDS = [
  'event_fill',
  'event_enqueue',
  'event_immutable',
  'entry_gap',
  'entry_immutable',
  'tile_immutable',
  'tree_head_immutable',
  'private_tie',
  'private_immutable',
]

/** Whether every governed table still has its guards, and every row of it a fact that exists. */
export async function checkTies(
  tx: TransactionSql,
): Promise<{ findings: Finding[]; tables: number }> {
  const tables = await tx<{ table_name: string; guards: number }[]>`
    select table_name, guards from audit.tie_coverage where governed order by table_name`
  const loose: string[] = []
  for (const { table_name: table } of tables) {
    const [row] = await tx<{ orphans: string }[]>`
      select count(*) as orphans from ${tx(`public.${table}`)} r
      where not exists (select from audit.event e where e.id = r.audit_event_id)`
    if (Number(row?.orphans) > 0) loose.push(`${table} (${row?.orphans})`)
  }
  const unguarded = tables.filter((t) => t.guards !== 3).map((t) => t.table_name)
  const [own] = await tx<{ off: string[] }[]>`
    select array(select w.name from unnest(${`{${LOG_GUARDS.join()}}`}::text::text[]) as w (name)
      where not exists (select from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'audit'::regnamespace and t.tgname = w.name
          and t.tgenabled = 'A')) as off`
  return {
    tables: tables.length,
    findings: [
      ...summarise('TIE', loose, 'Rows name facts that do not exist'),
      ...summarise('TIE', unguarded, 'Tables lost the guards that tie them to the log'),
      ...summarise('TIE', own?.off ?? [], 'Guards of the log itself are off'),
    ],
  }
}

/** Whether the rows say what the facts about them say. One finding for each kind of row. */
export async function checkRows(tx: TransactionSql): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { table, what, sql } of TIE_CHECKS) {
    const rows = await tx.unsafe<{ id: string; difference: string }[]>(sql)
    const places = rows.map((row) => `${table} ${row.id}: ${row.difference}`)
    findings.push(...summarise('ROW_CHANGED', places, `Rows changed behind the log (${what})`))
  }
  return findings
}

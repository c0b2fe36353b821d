import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Scope } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'
import { readLeaf } from '../leaf'
import type { Leaf, LogFilter, LogPage } from '../model'
import { searchFor } from './filter'

/** One line of the log. `seq` is null until a sequencer has given it its number. */
export type LogRow = {
  id: string
  seq: number | null
  /** Leaf hash, hex. */
  hash: string
  leaf: Leaf
}

export type LogRows = {
  rows: LogRow[]
  /** Where the next, older page begins; null at the end. */
  next: string | null
}

type Stored = { id: string; seq: string | null; hash: string; leaf: Buffer }

/** The columns of a `LogRow`, for a fact `e` that is joined with its entry `n`. */
export const ROW_COLUMNS: SQL = sql`
  e.id, n.seq, encode(e.leaf_hash, 'hex') as hash, e.leaf`

export function toRow(row: Stored): LogRow {
  const seq = row.seq === null ? null : Number(row.seq)
  return { id: row.id, seq, hash: row.hash, leaf: readLeaf(row.leaf) }
}

/**
 * A page of facts, newest first, of the departments in `scope` only (facts of no department need
 * `everywhere`). Costs the same at any depth. Indexes: event_target, event_agent, event_actor,
 * event_outcome, event_action or event_dept, whichever narrows most, each in the order (at, id);
 * event_at when nothing narrows; entry_event for the numbers.
 */
export async function listFacts(
  query: { filter: LogFilter; page: LogPage },
  scope: Scope,
): Promise<LogRows> {
  const { filter, page } = query
  const search = searchFor(filter, scope)
  if (!search) return { rows: [], next: null }
  const older = page.cursor === undefined ? sql`true` : olderThan(page.cursor)
  const wanted = page.limit + 1
  const found = search.branches.map(
    (branch) => sql`(
      select e.id, e.at from audit.event e where ${branch} and ${search.where} and ${older}
      order by e.at desc, e.id desc limit ${wanted})`,
  )
  const stored = await db().execute<Stored>(sql`
    select ${ROW_COLUMNS}
    from (select id, at from (${sql.join(found, sql` union all `)}) f
          order by at desc, id desc limit ${wanted}) k
    join audit.event e on e.id = k.id
    left join audit.entry n on n.event_id = k.id
    order by k.at desc, k.id desc`)
  const rows = stored.slice(0, page.limit).map(toRow)
  const last = rows.at(-1)
  const next = stored.length > page.limit && last ? `${last.leaf.ts}_${last.id}` : null
  return { rows, next }
}

/** `atLeast`: counting stopped there, so that a broad filter cannot cost more than a narrow one. */
export type FactCount = { count: number; atLeast: boolean }

const MOST_COUNTED = 10_000

/**
 * How many facts a filter finds. Without one the number is known (the size of the tree and what
 * waits); with one, at most ten thousand are counted. Indexes as for `listFacts`.
 */
export async function countFacts(filter: LogFilter, scope: Scope): Promise<FactCount> {
  const search = searchFor(filter, scope)
  if (!search) return { count: 0, atLeast: false }
  if (scope.everywhere && isOpen(filter)) {
    const [row] = await db().execute<{ n: string }>(sql`
      select s.size + (select count(*) from audit.pending) as n from audit.tree_state s`)
    return { count: Number(row?.n ?? 0), atLeast: false }
  }
  const found = search.branches.map(
    (branch) => sql`(
      select 1 from audit.event e where ${branch} and ${search.where} limit ${MOST_COUNTED + 1})`,
  )
  const [row] = await db().execute<{ n: number }>(sql`
    select count(*)::int as n
    from (select 1 from (${sql.join(found, sql` union all `)}) f limit ${MOST_COUNTED + 1}) c`)
  const n = row?.n ?? 0
  return n > MOST_COUNTED ? { count: MOST_COUNTED, atLeast: true } : { count: n, atLeast: false }
}

function isOpen({ action, notAction, text, ...fields }: LogFilter): boolean {
  const words = action.length + notAction.length + text.length
  return words === 0 && Object.values(fields).every((value) => value === undefined)
}

function olderThan(cursor: string): SQL {
  const [at, id] = cursor.split('_')
  return sql`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`
}

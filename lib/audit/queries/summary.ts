import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/lib/db/client'

/** How the log stands. Times are ISO, `root` hex. */
export type LogSummary = {
  origin: string
  /** Verifier key of its checkpoints; null before the log was opened. */
  vkey: string | null
  demo: boolean
  /** Facts that have a number, and facts that wait for one (counted up to 10,000). */
  size: number
  waiting: number
  /** Age of the oldest fact that waits, in seconds; 0 when none does. More than 30 is an alarm. */
  lagSeconds: number
  integrity: { state: 'ok' | 'stopped'; code: string | null; detail: string | null; since: string }
  /** Newest first. */
  checkpoints: { size: number; root: string; at: string }[]
}

type StateRow = {
  origin: string
  vkey: string | null
  demo: boolean
  size: string
  waiting: number
  lag: number
  state: 'ok' | 'stopped'
  code: string | null
  detail: string | null
  since: string
}

/**
 * The state of the log for its own page: four one-row tables, the queue, and the newest
 * checkpoints. Indexes: pending, event and tree_head primary keys.
 */
export async function logSummary(checkpoints = 7): Promise<LogSummary> {
  const [states, heads] = await Promise.all([
    db().execute<StateRow>(sql`
      select s.origin, s.vkey, s.demo, s.size, i.state, i.code, i.detail, i.since,
        (select count(*)::int from (select 1 from audit.pending limit 10000) w) as waiting,
        coalesce((select extract(epoch from clock_timestamp() - e.recorded_at)::int
          from (select event_id from audit.pending order by arrival limit 1) w
          join audit.event e on e.id = w.event_id), 0) as lag
      from audit.tree_state s cross join audit.integrity i`),
    db().execute<{ size: string; root: string; at: string }>(sql`
      select size, encode(root, 'hex') as root, created_at as at
      from audit.tree_head order by id desc limit ${checkpoints}`),
  ])
  const row = states[0]
  if (!row) throw new Error('The audit log has no state row: the database was not migrated.')
  const { origin, vkey, demo, waiting, lag, state, code, detail, since } = row
  return {
    origin,
    vkey,
    demo,
    size: Number(row.size),
    waiting,
    lagSeconds: Math.max(0, lag),
    integrity: { state, code, detail, since: new Date(since).toISOString() },
    checkpoints: heads.map((head) => ({
      size: Number(head.size),
      root: head.root,
      at: new Date(head.at).toISOString(),
    })),
  }
}

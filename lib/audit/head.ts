import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/lib/db/client'

/** What the colophon says of the log. `root` and `size` are those of the newest checkpoint. */
export type LogHead = {
  root: string | null
  size: number
  checkpointAt: string | null
  state: 'sealed' | 'open' | 'broken'
  reason?: string
}

const REASONS: Record<string, string> = {
  BEHIND: 'The database is behind the last checkpoint.',
  FORK: 'The log is not the one that was sealed.',
  ROOT: 'The root does not follow from the facts.',
}

/** The newest checkpoint and whether the publisher still signs. Index: tree_head_pkey. */
export async function logHead(): Promise<LogHead> {
  const [row] = await db().execute<{
    state: 'ok' | 'stopped'
    code: string | null
    root: string | null
    size: string | null
    at: string | null
    epoch: number
  }>(sql`
    select i.state, i.code, encode(h.root, 'hex') as root, h.size, h.created_at as at
    from audit.integrity i
    left join lateral (select * from audit.tree_head order by id desc limit 1) h on true`)
  if (!row) return { root: null, size: 0, checkpointAt: null, state: 'open' }
  const at = row.at === null ? null : new Date(row.at).toISOString()
  const head = { root: row.root, size: Number(row.size ?? 0), checkpointAt: at }
  if (row.state === 'stopped') {
    const reason = REASONS[row.code ?? ''] ?? `Sealing stopped: ${row.code}.`
    return { ...head, state: 'broken', reason: `${reason} Run chancery verify.` }
  }
  return { ...head, state: row.root === null ? 'open' : 'sealed' }
}

import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'

/** One database is one log for ever, so the name is read once per connection pool. */
const known = new WeakMap<object, string>()

/**
 * The name of this installation's log. Costs a round trip the first time only; a wrong name could
 * not be recorded, because the database compares it with its own.
 */
export async function logOrigin(tx: Tx): Promise<string> {
  const pool = db()
  const cached = known.get(pool)
  if (cached !== undefined) return cached
  const [state] = await tx.execute<{ origin: string }>(sql`select origin from audit.tree_state`)
  if (!state) throw new Error('The audit log has no state row: the database was not migrated.')
  known.set(pool, state.origin)
  return state.origin
}

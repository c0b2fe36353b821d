import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/lib/db/client'
import { lookUntilNotified } from '@/lib/db/notify'

/** Rung by the audit log: facts that wait for a number, and a checkpoint over numbered ones. */
const CHANNELS = ['audit_pending', 'audit_head'] as const

/** How many facts are recorded. Rises with every committed write of the product, and only then. */
export async function factCount(): Promise<number> {
  const [row] = await db().execute<{ facts: string }>(sql`
    select s.size + (select count(*) from audit.pending) as facts from audit.tree_state s`)
  return Number(row?.facts ?? 0)
}

/**
 * The number of facts as soon as it is no longer `seen`, or after `timeoutMs` whatever it is then.
 * The one thing that live screens wait for: what changed they ask their own query.
 */
export async function factsAfter(
  seen: number,
  options: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<number> {
  const changed = async () => {
    const facts = await factCount()
    return facts === seen ? null : facts
  }
  return (await lookUntilNotified(CHANNELS, changed, options)) ?? seen
}

import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/lib/db/client'

/**
 * Forgets what only protects against repeats: idempotency keys after a week, rate buckets after a
 * day. Neither table is governed. Index: command_result_created.
 */
export async function forgetRepeats(): Promise<void> {
  await db().execute(sql`delete from command_result where created_at < now() - interval '7 days'`)
  await db().execute(sql`delete from rate_bucket where at < now() - interval '1 day'`)
}

import 'server-only'
import { rawSql } from '@/lib/db/client'

/**
 * Runs `work` while no other process changes the same workspace. The lock lives in a transaction of
 * its own that writes nothing, so it goes with the connection when this process is killed; it may
 * stand idle for as long as the files take. `work` is never repeated.
 */
export async function withWorkspaceLock<T>(
  workspaceId: string,
  work: () => Promise<T>,
): Promise<T> {
  const key = `chancery.workspace:${workspaceId}`
  const held = await rawSql().begin(async (sql) => {
    await sql`select set_config('idle_in_transaction_session_timeout', '0', true)`
    await sql`select set_config('statement_timeout', '0', true)`
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`
    return { done: await work() }
  })
  return (held as { done: T }).done
}

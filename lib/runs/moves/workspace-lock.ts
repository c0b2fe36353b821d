import 'server-only'
import { rawSql } from '@/lib/db/client'

/**
 * Runs `work` while no other process changes the same workspace. A lock of the session, not of a
 * transaction: writing many files may take longer than a transaction may stand idle. It goes with
 * the connection when this process is killed.
 */
export async function withWorkspaceLock<T>(
  workspaceId: string,
  work: () => Promise<T>,
): Promise<T> {
  const connection = await rawSql().reserve()
  const key = `chancery.workspace:${workspaceId}`
  try {
    // Waiting for another run's change-set may take longer than one statement may.
    await connection`select set_config('statement_timeout', '0', false)`
    await connection`select pg_advisory_lock(hashtextextended(${key}, 0))`
    return await work()
  } finally {
    await connection`select pg_advisory_unlock(hashtextextended(${key}, 0))`.catch(() => undefined)
    await connection`reset statement_timeout`.catch(() => undefined)
    connection.release()
  }
}

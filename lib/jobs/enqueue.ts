import 'server-only'
import { sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/transaction'
import type { TaskName, TaskPayload } from './tasks'

/**
 * Adds a job in the caller's transaction: it exists if and only if the transaction commits. `key`
 * keeps one waiting job per thing (a second enqueue replaces the first); `runAt` delays it.
 */
export async function enqueue<Name extends TaskName>(
  tx: Tx,
  job: {
    task: Name
    payload: TaskPayload<Name>
    key?: string
    runAt?: Date
    /** A waiting job of the same key keeps its time: what gathers does not wait for ever. */
    keepTime?: boolean
    maxAttempts?: number
  },
): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.add_job(
      identifier => ${job.task},
      payload => ${JSON.stringify(job.payload)}::json,
      run_at => ${(job.runAt ?? null)?.toISOString() ?? null}::timestamptz,
      job_key => ${job.key ?? null},
      job_key_mode => ${job.keepTime ? 'preserve_run_at' : 'replace'},
      max_attempts => ${job.maxAttempts ?? 5}::int
    )`)
}

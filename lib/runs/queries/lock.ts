import 'server-only'
import { eq } from 'drizzle-orm'
import { run } from '@/drizzle/schema/runs'
import { notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'

export type RunRow = typeof run.$inferSelect

/** The run, locked until the transaction ends. Always locked before its calls and approvals. */
export async function lockRunOf(tx: Tx, runId: string): Promise<RunRow> {
  const [row] = await tx.select().from(run).where(eq(run.id, runId)).for('update')
  return row ?? notFound('This run')
}

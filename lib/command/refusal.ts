import 'server-only'
import { sql } from 'drizzle-orm'
import { appendEvent } from '@/lib/audit/append'
import type { Actor } from '@/lib/auth/actor'
import type { ChanceryError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { transaction } from '@/lib/db/transaction'
import { movedTime } from './clock'

/** Only what somebody was kept from doing is worth a fact; a typing error is not. */
const RECORDED: readonly string[] = ['forbidden', 'refused', 'not_found']

/**
 * Leaves the fact that a privileged command was refused, in a small transaction of its own: the
 * command's own transaction is gone (ASVS 16.3.2).
 */
export async function recordRefusal(refusal: {
  actor: Actor
  name: string
  error: ChanceryError
  requestId: string | undefined
}): Promise<void> {
  if (!RECORDED.includes(refusal.error.code)) return
  await transaction(async (tx) => {
    const rows = await tx.execute<{ now: string }>(sql`select now() as now`)
    const now = movedTime() ?? new Date(rows[0]?.now ?? Date.now())
    await appendEvent(tx, {
      id: newId<'event'>(now.getTime()),
      actor: refusal.actor,
      requestId: refusal.requestId,
      now,
      fact: {
        action: 'command.refused',
        outcome: 'denied',
        targets: [],
        data: { command: refusal.name, code: refusal.error.code },
      },
    })
  })
}

import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import { changeSet, run, toolCall } from '@/drizzle/schema/runs'
import { closeApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { conflict } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { isOver, type Operation, stopRunInput } from '../model'
import { aboutPart, aboutRun } from '../moves/facts'
import { revokeLease } from '../moves/lease'
import { lockRunOf, type RunRow } from '../queries/lock'

type Part = { tx: Tx; now: Date; event: string }

/**
 * Stops a run for good, at once: its lease is taken away, so that nothing a worker is still doing
 * will be written; what waits for people is withdrawn. Files that were applied stay. Refused with
 * `conflict` when the run is over, or while its approved files are being written, which takes
 * moments and must not be left half done.
 */
export const stopRun = command({
  name: 'run.stop',
  permission: 'run.stop',
  input: stopRunInput,
  subject: ({ tx, input }) => lockRunOf(tx, input.runId),
  run: async ({ tx, input, subject: row, now, event }) => {
    if (isOver(row.state)) conflict(`Run ${row.number} is over already.`)
    const part = { tx, now, event }
    await revokeLease(tx, row.id)
    const sets = await stopChangeSets(part, row)
    const withdrawn = await withdrawApprovals(part, row)
    await tx
      .update(toolCall)
      .set({ state: 'denied', finishedAt: now, auditEventId: event })
      .where(
        and(
          eq(toolCall.runId, row.id),
          inArray(toolCall.state, ['proposed', 'awaiting_approval', 'approved', 'rejected']),
        ),
      )
    await tx
      .update(run)
      .set({ state: 'cancelled', waitingFor: null, finishedAt: now, auditEventId: event })
      .where(eq(run.id, row.id))
    const stopped: Fact = {
      ...aboutRun(row),
      action: 'run.stopped',
      data: { step: row.step },
      ...(input.reason === '' ? {} : { private: { reason: input.reason } }),
    }
    const value = { runId: row.id, number: row.number }
    return { value, fact: [stopped, ...sets, ...withdrawn] as const }
  },
})

/** A command that was being carried out may have happened: it stays on record as unknown. */
async function stopChangeSets(part: Part, row: RunRow): Promise<Fact[]> {
  const sets = await part.tx.select().from(changeSet).where(eq(changeSet.runId, row.id))
  const facts: Fact[] = []
  for (const set of sets) {
    if (set.state === 'applying') {
      conflict('Its approved files are being written. Stop it in a moment.')
    }
    const about = aboutPart(row, { t: 'change_set', id: set.id, sha256: set.digest })
    const open = set.state === 'proposed' || set.state === 'approved'
    const operations = (set.operations as Operation[]).map((operation) =>
      operation.state === 'executing'
        ? { ...operation, state: 'outcome_unknown' as const }
        : operation,
    )
    await part.tx
      .update(changeSet)
      .set({ ...(open ? { state: 'rejected' } : {}), operations, auditEventId: part.event })
      .where(eq(changeSet.id, set.id))
    if (open) {
      const data = { digest: set.digest, because: 'stopped' as const }
      facts.push({ ...about, action: 'change_set.rejected', outcome: 'denied', data })
    }
  }
  return facts
}

async function withdrawApprovals(part: Part, row: RunRow): Promise<Fact[]> {
  const open = await part.tx
    .select({ id: approval.id })
    .from(approval)
    .where(and(eq(approval.runId, row.id), eq(approval.state, 'open')))
  const facts: Fact[] = []
  for (const { id } of open) {
    const item = await lockApproval(part.tx, id)
    if (item?.state !== 'open') continue
    const closed = await closeApproval(part, item, { state: 'withdrawn', because: 'stopped' })
    facts.push(closed.fact)
  }
  return facts
}

import 'server-only'
import { eq } from 'drizzle-orm'
import { changeSet, run, toolCall } from '@/drizzle/schema/runs'
import type { ApprovalState } from '@/lib/approvals/model'
import type { ApprovalRow } from '@/lib/approvals/queries'
import type { Fact } from '@/lib/audit/catalogue'
import { conflict, notFound } from '@/lib/core/errors'
import { storableText } from '@/lib/core/storable'
import type { Tx } from '@/lib/db/transaction'
import type { CallState } from '../model'
import { aboutPart, aboutRun, callData } from '../moves/facts'
import { wakeRun } from '../moves/lease'
import type { RunRow } from '../queries/lock'

/** Parts of commands: they run inside the deciding transaction, with the run and approval locked. */
type Part = { tx: Tx; now: Date; event: string }
type Settled = { state: ApprovalState; approvals: number; reason: string; by: string }
type Settlement = { run: RunRow; approval: ApprovalRow; settled: Settled }
type Effect = { effect: string; facts: Fact[] }

/**
 * Brings a held call to what people said: approved, answered with their words, or expired. Only the
 * decision is written here; a worker delivers it, so that deciding never waits for a tool. Throws
 * `conflict` when the run was stopped or the call moved on.
 */
export async function settleToolCall(part: Part, settlement: Settlement): Promise<Effect> {
  const { tx, now, event } = part
  const { run: row, approval, settled } = settlement
  const [call] = await tx
    .select()
    .from(toolCall)
    .where(eq(toolCall.id, approval.subjectId))
    .for('update')
  if (!call) return notFound('This tool call')
  mustWait(row, 'tool_call')
  if (call.state !== 'awaiting_approval' || call.approvalId !== approval.id) {
    conflict('This call moved on meanwhile. Load the page again.')
  }
  const state = callStateAfter(settled.state)
  await tx
    .update(toolCall)
    .set({ state, result: answerFor(settled), decidedAt: now, auditEventId: event })
    .where(eq(toolCall.id, call.id))
  const resumed = await resume(part, row)
  if (settled.state === 'changes_requested') {
    return { effect: `Answered. Run ${row.number} reads it and goes on.`, facts: [resumed] }
  }
  if (state !== 'approved') {
    return { effect: `Denied. Run ${row.number} is told why and goes on.`, facts: [resumed] }
  }
  const approved: Fact = {
    ...aboutPart(row, { t: 'tool_call', id: call.id }),
    action: 'tool_call.approved',
    data: { ...callData(call), approval: approval.id },
  }
  return { effect: `Approved once. Run ${row.number} goes on.`, facts: [approved, resumed] }
}

/** Brings a change-set to what people said. Approved files are written by a worker, not here. */
export async function settleChangeSet(part: Part, settlement: Settlement): Promise<Effect> {
  const { tx, event } = part
  const { run: row, approval, settled } = settlement
  const [set] = await tx
    .select()
    .from(changeSet)
    .where(eq(changeSet.id, approval.subjectId))
    .for('update')
  if (!set) return notFound('This change-set')
  mustWait(row, 'change_set')
  if (set.state !== 'proposed' || set.digest !== approval.digest) {
    conflict('This change-set moved on meanwhile. Load the page again.')
  }
  const approved = settled.state === 'approved'
  await tx
    .update(changeSet)
    .set({ state: approved ? 'approved' : 'rejected', auditEventId: event })
    .where(eq(changeSet.id, set.id))
  const about = aboutPart(row, { t: 'change_set', id: set.id, sha256: set.digest })
  const resumed = await resume(part, row)
  if (approved) {
    const fact: Fact = { ...about, action: 'change_set.approved', data: { digest: set.digest } }
    return { effect: 'Approved. The files are being written.', facts: [fact, resumed] }
  }
  const because = settled.state === 'expired' ? ('expired' as const) : ('person' as const)
  const data = { digest: set.digest, because }
  const fact: Fact = { ...about, action: 'change_set.rejected', outcome: 'denied', data }
  return { effect: 'Rejected. No file was changed.', facts: [fact, resumed] }
}

function mustWait(row: RunRow, waitingFor: string): void {
  if (row.state === 'suspended' && row.waitingFor === waitingFor) return
  conflict(`Run ${row.number} does not wait for this any more.`)
}

async function resume(part: Part, row: RunRow): Promise<Fact> {
  await part.tx
    .update(run)
    .set({ state: 'ready', waitingFor: null, auditEventId: part.event })
    .where(eq(run.id, row.id))
  await wakeRun(part.tx, row.id, null)
  return { ...aboutRun(row), action: 'run.resumed', data: { step: row.step, attempt: 1 } }
}

function callStateAfter(state: ApprovalState): CallState {
  if (state === 'approved') return 'approved'
  return state === 'expired' ? 'expired' : 'rejected'
}

/** What the model will read; null when the call is going to run. */
function answerFor(settled: Settled): string | null {
  switch (settled.state) {
    case 'approved':
      return null
    case 'expired':
      return 'Denied: nobody decided in time.'
    case 'changes_requested':
      return storableText(`Not executed. ${settled.by} answers: ${settled.reason}`)
    default:
      return storableText(`Denied by ${settled.by}: ${settled.reason}`)
  }
}

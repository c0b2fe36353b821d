import 'server-only'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { approval } from '@/drizzle/schema/approvals'
import { returnProposal } from '@/lib/agents/commands/publish'
import { settleWaiver } from '@/lib/agents/commands/settle-waiver'
import { lockProposal, lockWaiver } from '@/lib/agents/queries/lock'
import { closeApproval } from '@/lib/approvals/commands'
import { lockApproval, overdueApprovals } from '@/lib/approvals/queries'
import { effectiveState } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import type { Actor } from '@/lib/auth/actor'
import { command, UNCHANGED } from '@/lib/command/command'
import { settleConstitution } from '@/lib/constitution/commands/publish'
import { lockConstitution } from '@/lib/constitution/queries'
import { notFound } from '@/lib/core/errors'
import { settleChangeSet, settleToolCall } from '@/lib/runs/commands/settle'
import { lockRunOf } from '@/lib/runs/queries/lock'

const SWEEP = 200

/** Brings one approval past its deadline to the outcome that was frozen when it was opened. */
export const expireApproval = command({
  name: 'approval.expire',
  permission: 'approval.expire',
  input: z.strictObject({ approvalId: z.uuid() }),
  subject: async ({ tx, input }) => {
    const [found] = await tx.select().from(approval).where(eq(approval.id, input.approvalId))
    if (!found) notFound('This approval')
    const proposal = found.kind === 'proposal' ? await lockProposal(tx, found.subjectId) : null
    const rulebook =
      found.kind === 'constitution' ? await lockConstitution(tx, found.subjectId) : null
    const waiver = found.kind === 'waiver' ? await lockWaiver(tx, found.subjectId) : null
    const run = found.runId === null ? null : await lockRunOf(tx, found.runId)
    const row = (await lockApproval(tx, input.approvalId)) ?? notFound('This approval')
    return { departmentId: row.departmentId, row, proposal, rulebook, waiver, run }
  },
  run: async ({ tx, subject, now, event }) => {
    const { row, proposal, rulebook, waiver, run } = subject
    if (row.state !== 'open' || effectiveState(row, now) !== 'expired') {
      return { value: { expired: false }, fact: UNCHANGED }
    }
    const part = { tx, now, event }
    const closed = await closeApproval(part, row, { state: 'expired', because: 'expired' })
    const facts: Fact[] = []
    if (proposal) facts.push(await returnProposal(part, proposal, 'expired'))
    const settled = { state: 'expired' as const, approvals: 0, reason: '', by: 'the deadline' }
    if (rulebook) {
      const locked = { draft: rulebook, approval: row }
      facts.push(...(await settleConstitution(part, locked, settled)).facts)
    }
    if (waiver) facts.push(...(await settleWaiver(part, waiver, settled)).facts)
    if (run) {
      const settle = row.kind === 'tool_call' ? settleToolCall : settleChangeSet
      facts.push(...(await settle(part, { run, approval: row, settled })).facts)
    }
    return { value: { expired: true }, fact: [closed.fact, ...facts] as const }
  },
})

/** The sweep: every approval past its deadline, one transaction each. */
export async function expireOverdue(actor: Actor): Promise<void> {
  for (const approvalId of await overdueApprovals(new Date(), SWEEP)) {
    await expireApproval.execute(actor, { approvalId })
  }
}

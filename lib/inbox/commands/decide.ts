import 'server-only'
import { eq } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import { publishProposal, returnProposal } from '@/lib/agents/commands/publish'
import { settleWaiver } from '@/lib/agents/commands/settle-waiver'
import { lockProposal, lockWaiver } from '@/lib/agents/queries/lock'
import { recordDecision } from '@/lib/approvals/commands'
import type { ApprovalState } from '@/lib/approvals/model'
import { type ApprovalRow, lockApproval } from '@/lib/approvals/queries'
import { needsTypedName } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { settleConstitution } from '@/lib/constitution/commands/publish'
import { lockConstitution } from '@/lib/constitution/queries'
import { notFound, refused } from '@/lib/core/errors'
import { faultPoint } from '@/lib/core/fault'
import type { Tx } from '@/lib/db/transaction'
import { reviewDateAfterPublishing, scheduleReview } from '@/lib/reviews/commands'
import { settleChangeSet, settleToolCall } from '@/lib/runs/commands/settle'
import { lockRunOf } from '@/lib/runs/queries/lock'
import { decideInput } from '../model/decide'

export type Decided = {
  approvalId: string
  state: ApprovalState
  /** What came of it, in words for the receipt. */
  effect: string
}

/**
 * The one decision for every kind of approval. Locks in one order (agent or run, then the approval),
 * records the decision, and when it was the last one needed brings about what was asked, all in one
 * transaction: a published version, a resumed run, an approved change-set.
 */
export const decide = command({
  name: 'approval.decide',
  permission: 'approval.decide',
  input: decideInput,
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
  run: async ({ tx, actor, input, subject, now, event }) => {
    if (actor.kind !== 'person' || actor.via === 'cli') {
      refused('Only a person who is signed in can decide.')
    }
    const { row } = subject
    const part = { tx, now, event }
    refuseWithoutTypedName(row, input)
    const recorded = await recordDecision(part, row, { ...input, personId: actor.id })
    faultPoint('decide.recorded')
    const settled = {
      state: recorded.state,
      approvals: recorded.approvals,
      reason: input.reason,
      by: actor.name,
    }
    const after =
      recorded.state === 'open'
        ? { effect: 'Recorded. More people must agree.', facts: [] }
        : await bringAbout(part, subject, settled)
    faultPoint('decide.settled')
    const value: Decided = { approvalId: row.id, state: recorded.state, effect: after.effect }
    return { value, fact: [recorded.fact, ...after.facts] as const }
  },
})

type Part = { tx: Tx; now: Date; event: string }
type Subject = {
  row: ApprovalRow
  proposal: Awaited<ReturnType<typeof lockProposal>> | null
  rulebook: Awaited<ReturnType<typeof lockConstitution>> | null
  waiver: Awaited<ReturnType<typeof lockWaiver>> | null
  run: Awaited<ReturnType<typeof lockRunOf>> | null
}
export type Settled = { state: ApprovalState; approvals: number; reason: string; by: string }

async function bringAbout(
  part: Part,
  subject: Subject,
  settled: Settled,
): Promise<{ effect: string; facts: Fact[] }> {
  if (subject.proposal) return settleProposal(part, subject.proposal, settled)
  if (subject.rulebook) {
    const locked = { draft: subject.rulebook, approval: subject.row }
    return settleConstitution(part, locked, settled)
  }
  if (subject.waiver) return settleWaiver(part, subject.waiver, settled)
  if (!subject.run) refused('This kind of approval cannot be decided here.')
  return subject.row.kind === 'tool_call'
    ? settleToolCall(part, { run: subject.run, approval: subject.row, settled })
    : settleChangeSet(part, { run: subject.run, approval: subject.row, settled })
}

async function settleProposal(
  part: Part,
  locked: NonNullable<Subject['proposal']>,
  settled: Settled,
): Promise<{ effect: string; facts: Fact[] }> {
  const { agent } = locked
  if (settled.state === 'approved') {
    const dueOn = await reviewDateAfterPublishing(part, agent.id)
    const published = await publishProposal(part, locked, {
      nextReviewOn: dueOn,
      approvals: settled.approvals,
    })
    const { versionId, digest, number } = published.value
    const subject = { id: agent.id, departmentId: agent.departmentId, versionId, digest }
    const scheduled = await scheduleReview(part, subject, dueOn)
    return { effect: `${agent.slug} ${number} is published.`, facts: [published.fact, scheduled] }
  }
  const state = settled.state === 'rejected' ? 'rejected' : 'changes_requested'
  const returned = await returnProposal(part, locked, state)
  return { effect: `Sent back. The draft of ${agent.slug} can be edited again.`, facts: [returned] }
}

function refuseWithoutTypedName(
  row: ApprovalRow,
  input: { verdict: string; typedName?: string | undefined },
): void {
  if (input.verdict !== 'approve' || !needsTypedName(row.kind, row.riskTier)) return
  const { agent } = row.summary as { agent?: string }
  if (agent !== undefined && input.typedName === agent) return
  refused(`High risk: type the agent's name, ${agent ?? ''}, to sign.`)
}

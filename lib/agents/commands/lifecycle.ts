import 'server-only'
import { and, eq } from 'drizzle-orm'
import { agent, draft } from '@/drizzle/schema/agents'
import { waiver } from '@/drizzle/schema/constitution'
import { review } from '@/drizzle/schema/reviews'
import { closeApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { invalid, refused } from '@/lib/core/errors'
import { resumeAgentInput, retireAgentInput, suspendAgentInput } from '../model'
import { type AgentRow, liveDraft, lockAgent } from '../queries/lock'
import { whyNotLifecycle } from '../rules'
import { dismissOpenProposal } from './save-draft'
import { refusedFact } from './settle-waiver'
import type { Part } from './store'

/** Stops new runs of an agent at once. Runs that are under way go on; they are stopped by themselves. */
export const suspendAgent = command({
  name: 'agent.suspend',
  permission: 'agent.suspend',
  input: suspendAgentInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, input, subject, now, event }) => {
    const why = whyNotLifecycle('suspend', subject)
    if (why !== null) refused(why)
    await tx
      .update(agent)
      .set({ state: 'suspended', updatedAt: now, auditEventId: event })
      .where(eq(agent.id, subject.id))
    const fact: Fact = {
      action: 'agent.suspended',
      ...about(subject),
      data: { because: 'decision' },
      private: { reason: input.reason },
    }
    return { value: { agentId: subject.id }, fact }
  },
})

/** Lets a suspended agent start runs again, on the version that was live all the time. */
export const resumeAgent = command({
  name: 'agent.resume',
  permission: 'agent.suspend',
  input: resumeAgentInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, input, subject, now, event }) => {
    const why = whyNotLifecycle('resume', subject)
    if (why !== null) refused(why)
    await tx
      .update(agent)
      .set({ state: 'active', updatedAt: now, auditEventId: event })
      .where(eq(agent.id, subject.id))
    const fact: Fact = {
      action: 'agent.resumed',
      ...about(subject),
      data: {},
      private: { reason: input.reason },
    }
    return { value: { agentId: subject.id }, fact }
  },
})

/**
 * Ends an agent for good: no run, no edit, no publication any more. What waits for people about it
 * is closed with it. Its definitions, versions and facts stay. The name has to be typed.
 */
export const retireAgent = command({
  name: 'agent.retire',
  permission: 'agent.suspend',
  input: retireAgentInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, input, subject, now, event }) => {
    const why = whyNotLifecycle('retire', subject)
    if (why !== null) refused(why)
    if (input.typedName !== subject.slug) {
      invalid(`Type the agent's name, ${subject.slug}, to retire it.`, {
        typedName: `This is not ${subject.slug}.`,
      })
    }
    const part = { tx, now, event }
    const closed = [
      ...(await closeDraft(part, subject)),
      ...(await closeWaivers(part, subject)),
      ...(await closeReview(part, subject)),
    ]
    await tx
      .update(agent)
      .set({
        ...{ state: 'retired', draftId: null, nextReviewOn: null },
        updatedAt: now,
        auditEventId: event,
      })
      .where(eq(agent.id, subject.id))
    const fact: Fact = {
      action: 'agent.retired',
      ...about(subject),
      data: { because: 'decision' },
      private: { reason: input.reason },
    }
    return { value: { agentId: subject.id }, fact: [fact, ...closed] as const }
  },
})

function about(row: AgentRow) {
  return {
    dept: row.departmentId,
    targets: [{ t: 'agent' as const, id: row.id, sha256: row.digest }],
  }
}

/** Its revisions stay; the proposal that was open is dismissed, and what people had signed with it. */
async function closeDraft(part: Part, owner: AgentRow): Promise<Fact[]> {
  const open = await liveDraft(part.tx, owner.id)
  if (!open) return []
  const fallen = await dismissOpenProposal(part, open, 'retired')
  await part.tx
    .update(draft)
    .set({ state: 'discarded', updatedAt: part.now, auditEventId: part.event })
    .where(eq(draft.id, open.id))
  const fact: Fact = {
    action: 'draft.discarded',
    dept: owner.departmentId,
    targets: [
      { t: 'draft', id: open.id, sha256: open.digest },
      { t: 'agent', id: owner.id },
    ],
    data: { revision: open.revision, digest: open.digest },
  }
  return [fact, ...fallen]
}

/** Requests that nobody needs to decide any more. Index: waiver_agent. */
async function closeWaivers(part: Part, owner: AgentRow): Promise<Fact[]> {
  const open = await part.tx
    .select()
    .from(waiver)
    .where(and(eq(waiver.agentId, owner.id), eq(waiver.state, 'requested')))
  const facts: Fact[] = []
  for (const row of open) {
    const item = await lockApproval(part.tx, row.approvalId)
    if (item?.state !== 'open') continue
    const closed = await closeApproval(part, item, { state: 'dismissed', because: 'discarded' })
    await part.tx
      .update(waiver)
      .set({ state: 'withdrawn', settledAt: part.now, auditEventId: part.event })
      .where(eq(waiver.id, row.id))
    facts.push(refusedFact({ waiver: row, agent: owner }, 'withdrawn'), closed.fact)
  }
  return facts
}

/** Nobody attests what never runs again. Index: review_open_per_agent. */
async function closeReview(part: Part, owner: AgentRow): Promise<Fact[]> {
  const voided = await part.tx
    .update(review)
    .set({ state: 'voided', auditEventId: part.event })
    .where(and(eq(review.agentId, owner.id), eq(review.state, 'open')))
    .returning({ id: review.id, digest: review.digest })
  return voided.map(({ id, digest }) => ({
    action: 'review.voided' as const,
    dept: owner.departmentId,
    targets: [
      { t: 'review' as const, id, sha256: digest },
      { t: 'agent' as const, id: owner.id },
    ],
    data: { because: 'retired' as const, digest },
  }))
}

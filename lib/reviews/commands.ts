import 'server-only'
import { and, eq } from 'drizzle-orm'
import { agent, version } from '@/drizzle/schema/agents'
import { review } from '@/drizzle/schema/reviews'
import { type AgentRow, lockAgent } from '@/lib/agents/queries/lock'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import type { LocalDate } from '@/lib/core/time'
import type { Tx } from '@/lib/db/transaction'
import { completeReviewInput, type ReviewOutcome } from './model'
import { nextDue, whyNotReviewer } from './rules'

type Part = { tx: Tx; now: Date; event: string }

type Subject = {
  id: string
  departmentId: string
  versionId: string
  digest: string
}

/**
 * The due date that a publication leads to: an open review keeps its date (a new version never
 * moves a deadline), otherwise three months from now.
 */
export async function reviewDateAfterPublishing(part: Part, agentId: string): Promise<LocalDate> {
  const [open] = await part.tx
    .select({ dueOn: review.dueOn })
    .from(review)
    .where(and(eq(review.agentId, agentId), eq(review.state, 'open')))
  return open?.dueOn ?? nextDue(part.now)
}

/**
 * Puts the review of a newly published version on the calendar. An open review of the version
 * before is voided, because it was about other bytes.
 */
export async function scheduleReview(
  part: Part,
  subject: Subject,
  dueOn: LocalDate,
): Promise<Fact> {
  await part.tx
    .update(review)
    .set({ state: 'voided', auditEventId: part.event })
    .where(and(eq(review.agentId, subject.id), eq(review.state, 'open')))
  const id = newId<'review'>(part.now.getTime())
  await part.tx.insert(review).values({
    id,
    agentId: subject.id,
    versionId: subject.versionId,
    digest: subject.digest,
    departmentId: subject.departmentId,
    dueOn,
    state: 'open',
    createdAt: part.now,
    auditEventId: part.event,
  })
  return {
    action: 'review.scheduled',
    dept: subject.departmentId,
    targets: [
      { t: 'review', id, sha256: subject.digest },
      { t: 'agent', id: subject.id },
    ],
    data: { due_on: dueOn, digest: subject.digest },
  }
}

/**
 * Attests the live version: bound to its digest, never by its author. "keep" and "change" set the
 * next due date, "suspend" stops new runs at once, "retire" ends the agent (S89).
 */
export const completeReview = command({
  name: 'review.complete',
  permission: 'review.complete',
  input: completeReviewInput,
  subject: async ({ tx, input }) => {
    const [found] = await tx
      .select({ agentId: review.agentId })
      .from(review)
      .where(eq(review.id, input.reviewId))
    if (!found) notFound('This review')
    const owner = await lockAgent(tx, found.agentId)
    const [row] = await tx.select().from(review).where(eq(review.id, input.reviewId)).for('update')
    const [live] = await tx
      .select()
      .from(version)
      .where(eq(version.id, row?.versionId ?? ''))
    if (!row || !live) notFound('This review')
    return { departmentId: owner.departmentId, review: row, agent: owner, version: live }
  },
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { review: row, agent: owner, version: live } = subject
    if (actor.kind !== 'person') refused('Only a person can attest.')
    if (row.state !== 'open') {
      conflict(
        row.state === 'voided'
          ? 'A newer version was published. Review that one instead.'
          : 'This review was already completed.',
      )
    }
    if (row.digest !== input.digest) conflict('The version changed since you opened the review.')
    const why = whyNotReviewer({ authorId: live.authorId }, actor.id, true)
    if (why !== null) refused(why)
    const part = { tx, now, event }
    await tx
      .update(review)
      .set({
        state: 'completed',
        outcome: input.outcome,
        reason: input.reason,
        completedBy: actor.id,
        completedAt: now,
        auditEventId: event,
      })
      .where(eq(review.id, row.id))
    const next = input.outcome === 'retire' ? null : nextDue(now)
    const facts = await follow(part, { outcome: input.outcome, agent: owner, live, next })
    const fact: Fact = {
      action: 'review.completed',
      dept: owner.departmentId,
      targets: [
        { t: 'review', id: row.id, sha256: row.digest },
        { t: 'agent', id: owner.id },
        { t: 'version', id: live.id, ver: live.number, sha256: live.digest },
      ],
      data: { outcome: input.outcome, digest: row.digest, next_due_on: next },
      private: { reason: input.reason },
    }
    return { value: { reviewId: row.id, next }, fact: [fact, ...facts] }
  },
})

/** What an outcome brings about, in the same transaction. */
async function follow(
  part: Part,
  done: {
    outcome: ReviewOutcome
    agent: AgentRow
    live: typeof version.$inferSelect
    next: LocalDate | null
  },
): Promise<Fact[]> {
  const { agent: owner, live, next, outcome } = done
  const state = outcome === 'suspend' ? 'suspended' : outcome === 'retire' ? 'retired' : owner.state
  await part.tx
    .update(agent)
    .set({ state, nextReviewOn: next, updatedAt: part.now, auditEventId: part.event })
    .where(eq(agent.id, owner.id))
  const facts: Fact[] = []
  if (next !== null) {
    const subject = {
      id: owner.id,
      departmentId: owner.departmentId,
      versionId: live.id,
      digest: live.digest,
    }
    facts.push(await scheduleReview(part, subject, next))
  }
  const target = [{ t: 'agent' as const, id: owner.id, sha256: live.digest }]
  if (state === 'suspended') {
    facts.push({
      action: 'agent.suspended',
      dept: owner.departmentId,
      targets: target,
      data: { because: 'review' },
    })
  }
  if (state === 'retired') {
    facts.push({
      action: 'agent.retired',
      dept: owner.departmentId,
      targets: target,
      data: { because: 'review' },
    })
  }
  return facts
}

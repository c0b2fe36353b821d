import 'server-only'
import { eq } from 'drizzle-orm'
import { draft, proposal } from '@/drizzle/schema/agents'
import { closeApproval, openApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import { ruleFor } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseDefinition } from '@/lib/definition/parse'
import { compareDefinitions, nextVersion } from '@/lib/definition/widening'
import { openProposalInput, withdrawProposalInput } from '../model'
import { bytesOf, knownVersions, lockDraft, lockProposal } from '../queries/lock'
import { assess, whyNotPublishable } from '../rules'

export type OpenedProposal = { proposalId: string; number: number; approvalId: string; version: string }

/**
 * Freezes a draft at its digest and puts it into the inbox. Computes what changes for people to
 * read, the next version number, and who must agree. Refused while a blocking finding or an error
 * is open, and when nothing differs from the live version.
 */
export const openProposal = command({
  name: 'proposal.open',
  permission: 'proposal.open',
  input: openProposalInput,
  subject: async ({ tx, input }) => {
    const found = await lockDraft(tx, input.draftId)
    return { ...found, departmentId: found.agent.departmentId }
  },
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { agent, draft: row } = subject
    if (actor.kind !== 'person') refused('Only a person can propose a change.')
    if (row.state === 'proposed') conflict('This draft is already proposed.')
    if (row.state !== 'open') conflict('This draft is closed. Open a new one from the agent page.')
    if (row.revision !== input.revision) {
      conflict('The draft was saved after you looked at it. Read it again, then propose.', {
        revision: row.revision,
      })
    }
    const assessed = assess(await bytesOf(tx, row.digest), agent.fileName)
    const why = whyNotPublishable(assessed.counts)
    if (why !== null) refused(why)
    const versions = await knownVersions(tx, agent.id)
    const live = versions.published.find((v) => v.id === agent.liveVersionId) ?? null
    if (live?.digest === row.digest) refused('The draft has the same bytes as the live version.')
    const before = live
      ? parseDefinition(await bytesOf(tx, live.digest), { path: agent.fileName })
      : null
    const change = compareDefinitions(before, assessed.definition)
    const number = nextVersion(
      versions.published.map((v) => v.number),
      versions.claimed,
      change.bump,
    )
    const proposalId = newId<'proposal'>(now.getTime())
    const part = { tx, now, event }
    const item = await openApproval(part, {
      kind: 'proposal',
      subjectId: proposalId,
      digest: row.digest,
      title: change.title,
      riskTier: assessed.riskTier,
      departmentId: agent.departmentId,
      agentId: agent.id,
      runId: null,
      rule: ruleFor('proposal', assessed.riskTier),
      requestedBy: actor.id,
      excluded: [actor.id, row.editedBy, row.openedBy],
      summary: {
        agent: agent.slug,
        from: live?.number ?? null,
        to: number,
        by: actor.name,
        direction: change.direction,
      },
    })
    const [inserted] = await tx
      .insert(proposal)
      .values({
        id: proposalId,
        agentId: agent.id,
        draftId: row.id,
        baseVersionId: live?.id ?? null,
        baseDigest: live?.digest ?? null,
        digest: row.digest,
        version: number,
        message: input.message,
        change,
        authorId: actor.id,
        lastEditorId: row.editedBy,
        state: 'open',
        approvalId: item.id,
        createdAt: now,
        auditEventId: event,
      })
      .returning({ number: proposal.number })
    await tx
      .update(draft)
      .set({ state: 'proposed', updatedAt: now, auditEventId: event })
      .where(eq(draft.id, row.id))
    const fact: Fact = {
      action: 'proposal.opened',
      department: agent.departmentId,
      targets: [
        { type: 'proposal', id: proposalId, sha256: row.digest, ver: number },
        { type: 'agent', id: agent.id },
      ],
      data: {
        number: inserted?.number ?? 0,
        revision: row.revision,
        direction: change.direction,
        bump: change.bump,
        base: live?.digest ?? null,
      },
      private: { message: input.message },
    }
    const value: OpenedProposal = {
      proposalId,
      number: inserted?.number ?? 0,
      approvalId: item.id,
      version: number,
    }
    return { value, fact: [fact, item.fact] }
  },
})

/** Takes an open proposal back; the draft can be edited again. Only its author may. */
export const withdrawProposal = command({
  name: 'proposal.withdraw',
  permission: 'proposal.withdraw',
  input: withdrawProposalInput,
  subject: async ({ tx, input }) => {
    const found = await lockProposal(tx, input.proposalId)
    return { ...found, departmentId: found.agent.departmentId }
  },
  run: async ({ tx, actor, subject, now, event }) => {
    const { proposal: row, agent } = subject
    if (actor.kind !== 'person' || actor.id !== row.authorId) {
      refused('Only the person who proposed this may withdraw it.')
    }
    if (row.state !== 'open') conflict(`This proposal is already ${row.state.replace('_', ' ')}.`)
    const part = { tx, now, event }
    const item = (await lockApproval(tx, row.approvalId)) ?? notFound('The approval')
    const closed = await closeApproval(part, item, { state: 'withdrawn', because: 'withdrawn' })
    await tx
      .update(proposal)
      .set({ state: 'withdrawn', settledAt: now, auditEventId: event })
      .where(eq(proposal.id, row.id))
    await tx
      .update(draft)
      .set({ state: 'open', updatedAt: now, auditEventId: event })
      .where(eq(draft.id, row.draftId))
    return {
      value: { draftId: row.draftId },
      fact: [
        {
          action: 'proposal.withdrawn',
          department: agent.departmentId,
          targets: [{ type: 'proposal', id: row.id, sha256: row.digest }],
          data: { number: row.number },
        },
        closed.fact,
      ],
    }
  },
})

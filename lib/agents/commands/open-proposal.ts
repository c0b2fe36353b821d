import 'server-only'
import { eq } from 'drizzle-orm'
import { draft, proposal, type version } from '@/drizzle/schema/agents'
import { closeApproval, openApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import { type ApprovalRule, ruleFor } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import type { PersonActor } from '@/lib/auth/actor'
import { command } from '@/lib/command/command'
import { approvalRules, proposalFacts } from '@/lib/constitution/model'
import { mandateFindings } from '@/lib/constitution/rules/mandate-weakened'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { storable, storableText } from '@/lib/core/storable'
import type { CapabilityChange } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'
import { compareDefinitions, nextVersion } from '@/lib/definition/widening'
import { openProposalInput, withdrawProposalInput } from '../model'
import { excusesOf } from '../queries/excuses'
import { bytesOf, knownVersions, lockDraft, lockProposal } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { type Assessment, assess, whyNotPublishable } from '../rules'
import type { Part } from './store'

export type OpenedProposal = {
  proposalId: string
  number: number
  approvalId: string
  version: string
}
type Locked = Awaited<ReturnType<typeof lockDraft>>
type Planned = {
  assessed: Assessment
  live: Pick<typeof version.$inferSelect, 'id' | 'number' | 'digest'> | null
  change: CapabilityChange
  number: string
  rule: ApprovalRule
}

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
    const { draft: row, agent } = subject
    if (actor.kind !== 'person') refused('Only a person can propose a change.')
    if (agent.state === 'retired') refused(`${agent.slug} is retired. Nothing of it is published.`)
    if (row.state === 'proposed') conflict('This draft is already proposed.')
    if (row.state !== 'open') conflict('This draft is closed. Open a new one from the agent page.')
    if (row.revision !== input.revision) {
      conflict('The draft was saved after you looked at it. Read it again, then propose.', {
        revision: row.revision,
      })
    }
    const part = { tx, now, event }
    const planned = await plan(part, subject)
    return propose(part, { locked: subject, planned, author: actor, message: input.message })
  },
})

/** What the draft would become: checked, compared with the live version, numbered. */
async function plan(part: Part, { agent, draft: row }: Locked): Promise<Planned> {
  const setting = await settingOf(part.tx, agent)
  const assessed = assess(await bytesOf(part.tx, row.digest), setting)
  const why = whyNotPublishable(assessed.findings, await excusesOf(part.tx, agent.id, part.now))
  if (why !== null) refused(why)
  const versions = await knownVersions(part.tx, agent.id)
  const live = versions.published.find((v) => v.id === agent.liveVersionId) ?? null
  if (live?.digest === row.digest) refused('The draft has the same bytes as the live version.')
  const before = live
    ? parseDefinition(await bytesOf(part.tx, live.digest), { path: agent.fileName })
    : null
  const [weaker] = mandateFindings(before, assessed.definition, setting.rulebook.content)
  if (weaker)
    refused(`${weaker.message} Rule ${weaker.rule}: a mandate may be added to, never taken away.`)
  const change = compareDefinitions(before, assessed.definition)
  const published = versions.published.map((v) => v.number)
  const number = nextVersion(published, versions.claimed, change.bump)
  const { rulebook, department } = setting
  const item = proposalFacts({ before, after: assessed.definition, change, department })
  return { assessed, live, change, number, rule: ruleFor(approvalRules(rulebook), item) }
}

async function propose(
  part: Part,
  made: { locked: Locked; planned: Planned; author: PersonActor; message: string },
) {
  const { planned, author, message } = made
  const { agent, draft: row } = made.locked
  const { live, change } = planned
  const id = newId<'proposal'>(part.now.getTime())
  const item = await openApproval(part, {
    kind: 'proposal',
    subjectId: id,
    digest: row.digest,
    title: storableText(change.title),
    riskTier: planned.assessed.riskTier,
    departmentId: agent.departmentId,
    agentId: agent.id,
    runId: null,
    rule: planned.rule,
    requestedBy: author.id,
    excluded: [author.id, row.editedBy],
    summary: {
      agent: agent.slug,
      from: live?.number ?? null,
      to: planned.number,
      by: author.name,
      direction: change.direction,
    },
  })
  const tied = { auditEventId: part.event }
  const [inserted] = await part.tx
    .insert(proposal)
    .values({
      id,
      agentId: agent.id,
      draftId: row.id,
      baseVersionId: live?.id ?? null,
      baseDigest: live?.digest ?? null,
      digest: row.digest,
      version: planned.number,
      message,
      change: storable(change),
      authorId: author.id,
      lastEditorId: row.editedBy,
      state: 'open',
      approvalId: item.id,
      createdAt: part.now,
      ...tied,
    })
    .returning({ number: proposal.number })
  await part.tx
    .update(draft)
    .set({ state: 'proposed', updatedAt: part.now, ...tied })
    .where(eq(draft.id, row.id))
  const number = inserted?.number ?? 0
  const value: OpenedProposal = {
    proposalId: id,
    number,
    approvalId: item.id,
    version: planned.number,
  }
  const fact = openedFact(made, { id, number, quorum: item.quorum })
  return { value, fact: [fact, item.fact] as const }
}

function openedFact(
  made: { locked: Locked; planned: Planned; message: string },
  opened: { id: string; number: number; quorum: number },
): Fact {
  const { agent, draft: row } = made.locked
  const { planned } = made
  return {
    action: 'proposal.opened',
    dept: agent.departmentId,
    targets: [
      { t: 'proposal', id: opened.id, sha256: row.digest, ver: planned.number },
      { t: 'agent', id: agent.id },
    ],
    data: {
      number: opened.number,
      version: planned.number,
      base: planned.live?.digest ?? null,
      digest: row.digest,
      risk: planned.assessed.riskTier,
      widening: planned.change.direction === 'widening' || planned.change.direction === 'mixed',
      quorum: opened.quorum,
    },
    private: { message: made.message },
  }
}

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
          dept: agent.departmentId,
          targets: [{ t: 'proposal', id: row.id, sha256: row.digest }],
          data: { digest: row.digest },
        },
        closed.fact,
      ],
    }
  },
})

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordDecision } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import type { PersonActor } from '@/lib/auth/actor'
import { command } from '@/lib/command/command'
import { notFound } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { importFile } from '../commands/import-file'
import { openDraft } from '../commands/open-draft'
import { openProposal } from '../commands/open-proposal'
import { publishProposal } from '../commands/publish'
import { saveDraft } from '../commands/save-draft'
import { lockProposal } from '../queries/lock'
import { agentFacts, type DraftView, draftView } from '../queries/page'

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Imports one text the way the console does. */
export async function importText(
  actor: PersonActor,
  departmentId: string,
  file: { path: string; text: string },
) {
  const input = { departmentId, path: file.path, bytes: base64(file.text) }
  return (await importFile.execute(actor, input)).value
}

/** The draft of an agent; throws when there is none. */
export async function liveDraftOf(actor: PersonActor, slug: string): Promise<DraftView> {
  const draft = await draftView((await agentFacts(actor, slug)).id)
  if (!draft) throw new Error(`${slug} has no draft.`)
  return draft
}

/** The part of the inbox's decision that concerns a proposal: signed by one, published at once. */
const approve = command({
  name: 'approval.decide',
  permission: 'approval.decide',
  input: z.strictObject({ proposalId: z.uuid() }),
  subject: async ({ tx, input }) => {
    const locked = await lockProposal(tx, input.proposalId)
    return { ...locked, departmentId: locked.agent.departmentId }
  },
  run: async ({ tx, actor, subject, now, event }) => {
    const part = { tx, now, event }
    const item = (await lockApproval(tx, subject.proposal.approvalId)) ?? notFound('The approval')
    const recorded = await recordDecision(part, item, {
      approvalId: item.id,
      verdict: 'approve',
      digest: item.digest,
      renderedDigest: sha256(randomUUID()),
      reason: 'Read it.',
      personId: actor.id,
    })
    const published = await publishProposal(part, subject, {
      nextReviewOn: '2027-02-20',
      approvals: recorded.approvals,
    })
    return { value: published.value, fact: [recorded.fact, published.fact] as const }
  },
})

export type DraftPlan = {
  author: PersonActor
  approver: PersonActor
  slug: string
  message: string
  /** Saved before proposing; without it the draft is proposed as it is. */
  text?: string
}

/** Opens, saves, proposes and approves: one published version, its number. */
export async function publishDraft(plan: DraftPlan): Promise<string> {
  const { author, slug } = plan
  const facts = await agentFacts(author, slug)
  await openDraft.execute(author, { agentId: facts.id })
  const draft = await liveDraftOf(author, slug)
  let revision = draft.revision
  if (plan.text !== undefined) {
    const saved = { draftId: draft.id, revision, bytes: base64(plan.text) }
    revision = (await saveDraft.execute(author, saved)).value.revision
  }
  const { value } = await openProposal.execute(author, {
    draftId: draft.id,
    revision,
    message: plan.message,
  })
  await approve.execute(plan.approver, { proposalId: value.proposalId })
  return value.version
}

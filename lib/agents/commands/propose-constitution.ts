import 'server-only'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { definition } from '@/drizzle/schema/agents'
import { constitutionDraft } from '@/drizzle/schema/constitution'
import { closeApproval, openApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import { plainItem, ruleFor } from '@/lib/approvals/rules'
import { type Actor, WORKER } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { command } from '@/lib/command/command'
import { changesBetween, whyNotProposable } from '@/lib/constitution/change'
import { parseConstitution } from '@/lib/constitution/document/parse'
import { approvalRules, type ConstitutionContent } from '@/lib/constitution/model'
import {
  type ConstitutionDraftRow,
  constitutionDocument,
  currentRulebook,
  knownLabels,
  lockConstitution,
} from '@/lib/constitution/queries'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { storableText } from '@/lib/core/storable'
import type { Tx } from '@/lib/db/transaction'
import { previewOf } from '../queries/constitution-impact'
import type { Part } from './store'

/** How long proposing waits for agents that were not tried under the draft yet. */
const BUDGET_MS = 5_000
/** The rulebook reaches every agent, whatever it changes. */
const TIER = 'high'

/**
 * Freezes the draft of the constitution at its hash and puts it into the inbox of the whole
 * organisation. Stands here, above the catalog, because it says which agents would newly fail and
 * newly pass. Refused while that is not known, and for what no constitution may change.
 */
export const proposeConstitution = command({
  name: 'constitution.propose',
  permission: 'constitution.edit',
  input: z.strictObject({
    draftId: z.uuid(),
    revision: z.int().min(0),
    message: z.string().trim().min(1, 'Say in a sentence why this should change.').max(MAX_MESSAGE),
  }),
  subject: async ({ tx, input }) => ({
    departmentId: null,
    draft: await lockConstitution(tx, input.draftId),
  }),
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { draft } = subject
    if (actor.kind !== 'person') refused('Only a person can propose a change.')
    refuseUnlessReady(draft, input.revision)
    const { before, after } = await planned(tx, draft)
    const impact = await previewOf(
      { content: after, hash: draft.hash },
      { tx, actor: WORKER, budgetMs: BUDGET_MS },
    )
    if (impact.missing > 0) {
      refused(
        `${impact.missing} agents are still being checked under this draft. Propose it in a moment.`,
      )
    }
    const changes = changesBetween(before.content, after)
    const facts = {
      ...plainItem('constitution', TIER),
      loosens: changes.some((one) => one.loosens),
    }
    const part = { tx, now, event }
    for (const bytes of [before.bytes, draft.bytes]) await keepDocument(part, bytes)
    const item = await openApproval(part, {
      kind: 'constitution',
      subjectId: draft.id,
      digest: draft.hash,
      title: storableText(titleOf(after.label, changes)),
      riskTier: TIER,
      departmentId: null,
      agentId: null,
      runId: null,
      rule: ruleFor(approvalRules(before), facts),
      requestedBy: actor.id,
      excluded: [actor.id, draft.editedBy, draft.openedBy],
      summary: {
        from: before.content.label,
        to: after.label,
        by: actor.name,
        failing: impact.failing.length,
        passing: impact.passing.length,
      },
    })
    await tx
      .update(constitutionDraft)
      .set({
        state: 'proposed',
        message: input.message,
        approvalId: item.id,
        updatedAt: now,
        auditEventId: event,
      })
      .where(eq(constitutionDraft.id, draft.id))
    return {
      value: { approvalId: item.id, label: after.label, quorum: item.quorum },
      fact: [
        {
          action: 'constitution.proposed',
          targets: [{ t: 'constitution', id: draft.id, sha256: draft.hash, ver: after.label }],
          data: {
            label: after.label,
            base: draft.baseHash,
            hash: draft.hash,
            quorum: item.quorum,
            newly_failing: impact.failing.length,
            newly_passing: impact.passing.length,
          },
          private: { message: input.message },
        },
        item.fact,
      ],
    }
  },
})

function refuseUnlessReady(draft: ConstitutionDraftRow, revision: number): void {
  if (draft.state === 'proposed') conflict('This draft is already proposed.')
  if (draft.state !== 'open') conflict('This draft is closed. Open a new one.')
  if (draft.revision !== revision) {
    conflict('The draft was saved after you looked at it. Read it again, then propose.', {
      revision: draft.revision,
    })
  }
}

/** Both constitutions, once nothing forbids the change. */
async function planned(tx: Tx, draft: ConstitutionDraftRow) {
  const parsed = parseConstitution(draft.bytes)
  if (!parsed.ok) refused('The document cannot be read as a constitution. Edit it first.')
  const before = await currentRulebook(tx)
  if (before.hash !== draft.baseHash) {
    refused(
      'Another constitution came into force meanwhile. Discard this draft and open a new one.',
    )
  }
  if (before.hash === draft.hash) refused('The draft has the same bytes as what is in force.')
  const { labels } = await knownLabels(tx)
  const standing = { content: before.content, shipped: before.ordinal === 0, labels }
  const [why] = whyNotProposable(standing, parsed.content)
  if (why !== undefined) refused(why)
  const { bytes } = await constitutionDocument(null, tx)
  return { before: { ...before, bytes }, after: parsed.content }
}

/**
 * Keeps what people are shown under its hash, among the exact bytes of definitions: a draft goes on
 * being edited, and the shipped document changes with the product.
 */
async function keepDocument(part: Part, bytes: Uint8Array): Promise<void> {
  await part.tx
    .insert(definition)
    .values({
      digest: sha256(bytes),
      bytes,
      size: bytes.length,
      createdAt: part.now,
      auditEventId: part.event,
    })
    .onConflictDoNothing()
}

/** The title of the item begins with the effect, so that truncation never eats it. */
function titleOf(
  label: ConstitutionContent['label'],
  changes: readonly { sentence: string; loosens: boolean }[],
): string {
  const [first] = [...changes].sort((a, b) => Number(b.loosens) - Number(a.loosens))
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : ''
  const effect = first ? first.sentence.replace(/\.$/, '') : 'Changes wording only'
  return `${effect.slice(0, 120)}${more} (constitution ${label})`
}

/** Takes a proposed constitution back; it can be edited again. Who proposed it may, or an administrator. */
export const withdrawConstitution = command({
  name: 'constitution.withdraw',
  permission: 'constitution.edit',
  input: z.strictObject({ draftId: z.uuid() }),
  subject: async ({ tx, input }) => ({
    departmentId: null,
    draft: await lockConstitution(tx, input.draftId),
  }),
  run: async ({ tx, actor, subject, now, event }) => {
    const { draft } = subject
    if (draft.state !== 'proposed' || draft.approvalId === null) {
      conflict('This draft is not up for approval.')
    }
    const item = (await lockApproval(tx, draft.approvalId)) ?? notFound('The approval')
    if (!mayWithdraw(actor, item.requestedBy)) {
      refused('Only the person who proposed this, or an administrator, may withdraw it.')
    }
    const part = { tx, now, event }
    const closed = await closeApproval(part, item, { state: 'withdrawn', because: 'withdrawn' })
    await tx
      .update(constitutionDraft)
      .set({ state: 'open', approvalId: null, updatedAt: now, auditEventId: event })
      .where(eq(constitutionDraft.id, draft.id))
    const parsed = parseConstitution(draft.bytes)
    const label = parsed.ok ? parsed.content.label : 'draft'
    return {
      value: { draftId: draft.id },
      fact: [
        {
          action: 'constitution.withdrawn',
          targets: [{ t: 'constitution', id: draft.id, sha256: draft.hash }],
          data: { label, hash: draft.hash },
        },
        closed.fact,
      ],
    }
  },
})

function mayWithdraw(actor: Actor, proposedBy: string): boolean {
  if (actor.kind !== 'person') return false
  return actor.id === proposedBy || can(actor, 'installation.manage', null)
}

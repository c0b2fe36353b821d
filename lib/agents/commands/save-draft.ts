import 'server-only'
import { eq } from 'drizzle-orm'
import { agent, draft, proposal } from '@/drizzle/schema/agents'
import { closeApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import type { Fact } from '@/lib/audit/catalogue'
import { command, UNCHANGED } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { saveDraftInput } from '../model'
import { type AgentRow, type DraftRow, lockDraft, openProposalOf } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { type Assessment, assess } from '../rules'
import { type Part, refreshCatalog, storeDefinition, storeRevision } from './store'

export type SavedDraft = { draftId: string; revision: number; digest: string; savedAt: string }

/**
 * Saves what the editor holds as the next revision. A revision other than the stored one is a
 * conflict: both texts stay, the screen shows them side by side. Saving bytes that are already
 * stored changes nothing. An edit of proposed bytes dismisses the proposal and every decision on it.
 */
export const saveDraft = command({
  name: 'draft.save',
  permission: 'draft.edit',
  input: saveDraftInput,
  subject: async ({ tx, input }) => {
    const found = await lockDraft(tx, input.draftId)
    return { ...found, departmentId: found.agent.departmentId }
  },
  run: async ({ tx, actor, input, subject, now, event }) => {
    if (actor.kind !== 'person') refused('Only a person can edit a draft.')
    const { draft: row, agent: owner } = subject
    if (owner.state === 'retired') refused(`${owner.slug} is retired and cannot be edited.`)
    if (row.state !== 'open' && row.state !== 'proposed') {
      conflict('This draft is closed. Open a new one from the agent page.')
    }
    const bytes = Buffer.from(input.bytes, 'base64')
    if (bytes.length > MAX_DEFINITION_BYTES) refused('The text is larger than 1 MB. Shorten it.')
    const assessed = assess(bytes, await settingOf(tx, subject.agent))
    const same = assessed.definition.digest === row.digest
    if ((!same || input.mergedWith !== undefined) && input.revision !== row.revision) {
      conflict(
        'Someone saved this draft after you opened it. Your text is kept; compare the two.',
        {
          revision: row.revision,
          digest: row.digest,
        },
      )
    }
    const base = newBase(input.mergedWith, subject)
    if (same && base === null) return { value: saved(row, row.updatedAt), fact: UNCHANGED }
    const part = { tx, now, event }
    const facts = await saveBytes(part, {
      agent: subject.agent,
      draft: row,
      personId: actor.id,
      bytes,
      assessed,
      base,
    })
    if (subject.agent.liveVersionId === null) await refreshCatalog(part, subject.agent, assessed)
    const next = { id: row.id, revision: row.revision + 1, digest: assessed.definition.digest }
    return { value: saved(next, now), fact: facts }
  },
})

/** The live version, when the text was merged with it and the draft is still based on another. */
function newBase(
  merged: string | undefined,
  { draft: row, agent: owner }: { draft: DraftRow; agent: AgentRow },
): string | null {
  const isLive = merged !== undefined && merged === owner.liveVersionId
  return isLive && row.baseVersionId !== merged ? merged : null
}

function saved(row: { id: string; revision: number; digest: string }, at: Date): SavedDraft {
  return { draftId: row.id, revision: row.revision, digest: row.digest, savedAt: at.toISOString() }
}

/**
 * Puts bytes into an agent's live draft (or opens one), with everything that follows from it. The
 * caller holds the agent's lock. Returns the facts, `draft.saved` first.
 */
export async function saveBytes(
  part: Part,
  save: {
    agent: AgentRow
    draft: DraftRow | null
    personId: string
    bytes: Uint8Array
    assessed: Assessment
    /** The version that the draft is based on from now on, where that changes. */
    base?: string | null
  },
): Promise<readonly [Fact, ...Fact[]]> {
  const { assessed, personId } = save
  await storeDefinition(part, save.bytes, assessed)
  const digest = assessed.definition.digest
  const fallen = save.draft ? await dismissOpenProposal(part, save.draft, 'edited') : []
  const row = save.draft
    ? { id: save.draft.id, revision: save.draft.revision + 1, digest, editedBy: personId }
    : { id: newId<'draft'>(part.now.getTime()), revision: 1, digest, editedBy: personId }
  const moved = { ...row, state: 'open' as const, updatedAt: part.now, auditEventId: part.event }
  if (save.draft) {
    const based = save.base ? { baseVersionId: save.base } : {}
    await part.tx
      .update(draft)
      .set({ ...moved, ...based })
      .where(eq(draft.id, row.id))
  } else {
    await part.tx.insert(draft).values({
      ...moved,
      agentId: save.agent.id,
      baseVersionId: save.agent.liveVersionId,
      openedBy: personId,
      createdAt: part.now,
    })
    await part.tx
      .update(agent)
      .set({ draftId: row.id, updatedAt: part.now, auditEventId: part.event })
      .where(eq(agent.id, save.agent.id))
  }
  await storeRevision(part, row)
  const fact: Fact = {
    action: 'draft.saved',
    dept: save.agent.departmentId,
    targets: [
      { t: 'draft', id: row.id, sha256: digest },
      { t: 'agent', id: save.agent.id },
    ],
    data: { revision: row.revision, previous: save.draft?.digest ?? save.agent.digest, digest },
  }
  return [fact, ...fallen]
}

/** Closes the open proposal of a draft, its approval and the decisions on it. */
export async function dismissOpenProposal(
  part: Part,
  row: DraftRow,
  because: 'edited' | 'discarded' | 'retired',
): Promise<Fact[]> {
  const open = await openProposalOf(part.tx, row.id)
  if (!open) return []
  const item = (await lockApproval(part.tx, open.approvalId)) ?? notFound('The approval')
  const why = because === 'retired' ? 'discarded' : because
  const closed = await closeApproval(part, item, { state: 'dismissed', because: why })
  await part.tx
    .update(proposal)
    .set({ state: 'dismissed', settledAt: part.now, auditEventId: part.event })
    .where(eq(proposal.id, open.id))
  const fact: Fact = {
    action: 'proposal.dismissed',
    dept: item.departmentId,
    targets: [{ t: 'proposal', id: open.id, sha256: open.digest }],
    data: { digest: open.digest, because },
  }
  return [fact, closed.fact]
}

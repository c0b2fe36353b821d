import 'server-only'
import { and, eq } from 'drizzle-orm'
import { agent, draft, version } from '@/drizzle/schema/agents'
import { command, UNCHANGED } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { discardDraftInput, openDraftInput } from '../model'
import { bytesOf, liveDraft, lockAgent, lockDraft } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { assess } from '../rules'
import { dismissOpenProposal } from './save-draft'
import { refreshCatalog, storeRevision } from './store'

/** Opens a draft on the live version's bytes, or hands back the one that is open already. */
export const openDraft = command({
  name: 'draft.open',
  permission: 'draft.edit',
  input: openDraftInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, actor, subject, now, event }) => {
    if (actor.kind !== 'person') refused('Only a person can edit a draft.')
    if (subject.state === 'retired') refused(`${subject.slug} is retired and cannot be edited.`)
    const open = await liveDraft(tx, subject.id)
    if (open) return { value: { draftId: open.id }, fact: UNCHANGED }
    const [live] = await tx
      .select()
      .from(version)
      .where(and(eq(version.agentId, subject.id), eq(version.id, subject.liveVersionId ?? '')))
    if (!live) notFound('The published version')
    const draftId = newId<'draft'>(now.getTime())
    const row = { id: draftId, revision: 1, digest: live.digest, editedBy: actor.id }
    await tx.insert(draft).values({
      ...row,
      agentId: subject.id,
      baseVersionId: live.id,
      state: 'open',
      openedBy: actor.id,
      createdAt: now,
      updatedAt: now,
      auditEventId: event,
    })
    await storeRevision({ tx, now, event }, row)
    await tx
      .update(agent)
      .set({ draftId, updatedAt: now, auditEventId: event })
      .where(eq(agent.id, subject.id))
    return {
      value: { draftId },
      fact: {
        action: 'draft.opened',
        dept: subject.departmentId,
        targets: [
          { t: 'draft', id: draftId, sha256: live.digest },
          { t: 'agent', id: subject.id },
        ],
        data: { base: live.digest, digest: live.digest, revision: 1 },
      },
    }
  },
})

/** Closes a draft; its revisions stay. An agent that was never published keeps its last draft. */
export const discardDraft = command({
  name: 'draft.discard',
  permission: 'draft.edit',
  input: discardDraftInput,
  subject: async ({ tx, input }) => {
    const found = await lockDraft(tx, input.draftId)
    return { ...found, departmentId: found.agent.departmentId }
  },
  run: async ({ tx, input, subject, now, event }) => {
    const { draft: row, agent: owner } = subject
    if (owner.liveVersionId === null) refused('This agent has only its draft. Retire it instead.')
    if (row.state === 'discarded' || row.state === 'published') conflict('This draft is closed.')
    if (row.revision !== input.revision) {
      conflict('Someone saved this draft after you opened it. Look at it before you discard it.')
    }
    const part = { tx, now, event }
    const fallen = await dismissOpenProposal(part, row, 'discarded')
    await tx
      .update(draft)
      .set({ state: 'discarded', updatedAt: now, auditEventId: event })
      .where(eq(draft.id, row.id))
    await tx
      .update(agent)
      .set({ draftId: null, updatedAt: now, auditEventId: event })
      .where(eq(agent.id, owner.id))
    const live = await bytesOf(tx, owner.digest)
    await refreshCatalog(part, owner, assess(live, await settingOf(tx, owner)))
    return {
      value: { agentId: owner.id },
      fact: [
        {
          action: 'draft.discarded',
          dept: owner.departmentId,
          targets: [
            { t: 'draft', id: row.id, sha256: row.digest },
            { t: 'agent', id: owner.id },
          ],
          data: { revision: row.revision, digest: row.digest },
        },
        ...fallen,
      ],
    }
  },
})

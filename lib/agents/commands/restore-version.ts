import 'server-only'
import { and, eq } from 'drizzle-orm'
import { version } from '@/drizzle/schema/agents'
import { command, UNCHANGED } from '@/lib/command/command'
import { notFound, refused } from '@/lib/core/errors'
import { restoreVersionInput } from '../model'
import { bytesOf, liveDraft, lockAgent } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { assess } from '../rules'
import { saveBytes } from './save-draft'

/**
 * Puts the exact bytes of an older version into a draft, to be proposed like any other change: a
 * restored definition is a new version, and the history keeps all. Throws `refused` while a draft of
 * other bytes is open, because somebody's work would go.
 */
export const restoreVersion = command({
  name: 'version.restore',
  permission: 'draft.edit',
  input: restoreVersionInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({
        id: version.id,
        agentId: version.agentId,
        digest: version.digest,
        number: version.number,
      })
      .from(version)
      .where(and(eq(version.id, input.versionId)))
    const old = row ?? notFound('This version')
    return { ...(await lockAgent(tx, old.agentId)), old }
  },
  run: async ({ tx, actor, subject, now, event }) => {
    const { old, ...owner } = subject
    if (actor.kind !== 'person') refused('Only a person can edit a draft.')
    if (owner.state === 'retired') refused(`${owner.slug} is retired and cannot be edited.`)
    if (owner.liveVersionId === old.id) refused(`${old.number} is live already.`)
    const open = await liveDraft(tx, owner.id)
    if (open && open.digest === old.digest) return { value: { draftId: open.id }, fact: UNCHANGED }
    if (open) refused('A draft is open. Propose or discard it first, then restore.')
    const bytes = await bytesOf(tx, old.digest)
    const assessed = assess(bytes, await settingOf(tx, owner))
    const [saved, ...fallen] = await saveBytes(
      { tx, now, event },
      { agent: owner, draft: null, personId: actor.id, bytes, assessed },
    )
    const draft = saved.targets.find((target) => target.t === 'draft')
    return { value: { draftId: draft?.id ?? '' }, fact: [saved, ...fallen] as const }
  },
})

import 'server-only'
import { eq } from 'drizzle-orm'
import { agent, draft, proposal, version } from '@/drizzle/schema/agents'
import type { Fact } from '@/lib/audit/catalogue'
import type { Excuse } from '@/lib/constitution/waivers'
import { conflict, refused } from '@/lib/core/errors'
import { faultPoint } from '@/lib/core/fault'
import { newId } from '@/lib/core/ids'
import type { LocalDate } from '@/lib/core/time'
import { excusesOf } from '../queries/excuses'
import { bytesOf, knownVersions, type lockProposal } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { assess, catalogColumns, stopsOf, whyNotPublishable } from '../rules'
import type { Part } from './store'

type Locked = Awaited<ReturnType<typeof lockProposal>>
export type Published = { versionId: string; number: string; digest: string }

/**
 * Makes the next version out of an approved proposal, inside the deciding transaction. Checks
 * everything again on the locked rows: same digest, same base, no error finding. The database
 * refuses the row unless enough different people approved exactly these bytes.
 */
export async function publishProposal(
  part: Part,
  locked: Locked,
  decided: { nextReviewOn: LocalDate; approvals: number },
): Promise<{ value: Published; fact: Fact }> {
  const { tx, now, event } = part
  const { nextReviewOn, approvals } = decided
  const { proposal: row, agent: owner, draft: source } = locked
  if (row.state !== 'open') conflict(`This proposal is already ${row.state.replace('_', ' ')}.`)
  if (source.digest !== row.digest || source.state !== 'proposed') {
    conflict('The draft was edited after it was proposed. Its approvals are void.')
  }
  if (owner.liveVersionId !== row.baseVersionId) {
    conflict('Another version was published meanwhile. The change must be proposed again.')
  }
  const assessed = assess(await bytesOf(tx, row.digest), await settingOf(tx, owner))
  if (owner.state === 'retired') refused(`${owner.slug} is retired. Nothing of it is published.`)
  const excuses = await excusesOf(tx, owner.id, now)
  const why = whyNotPublishable(assessed.findings, excuses)
  if (why !== null) refused(why)
  const { published } = await knownVersions(tx, owner.id)
  const ordinal = (published[0]?.ordinal ?? 0) + 1
  const versionId = newId<'version'>(now.getTime())
  await tx.insert(version).values({
    id: versionId,
    agentId: owner.id,
    ordinal,
    number: row.version,
    digest: row.digest,
    proposalId: row.id,
    message: row.message,
    authorId: row.authorId,
    findings: {
      ...assessed.counts,
      constitution: assessed.constitutionHash,
      checker: assessed.checkerVersion,
      excused: stopsOf(assessed.findings, excuses).excused.map(excusedRow),
    },
    publishedAt: now,
    auditEventId: event,
  })
  faultPoint('version.inserted')
  const tied = { auditEventId: event }
  await tx
    .update(proposal)
    .set({ state: 'published', settledAt: now, ...tied })
    .where(eq(proposal.id, row.id))
  await tx
    .update(draft)
    .set({ state: 'published', updatedAt: now, ...tied })
    .where(eq(draft.id, source.id))
  await tx
    .update(agent)
    .set({
      ...catalogColumns(assessed, owner.slug),
      state: owner.state === 'draft' ? 'active' : owner.state,
      liveVersionId: versionId,
      draftId: null,
      nextReviewOn,
      updatedAt: now,
      ...tied,
    })
    .where(eq(agent.id, owner.id))
  const fact: Fact = {
    action: 'version.published',
    dept: owner.departmentId,
    targets: [
      { t: 'version', id: versionId, ver: row.version, sha256: row.digest },
      { t: 'agent', id: owner.id },
      { t: 'proposal', id: row.id },
    ],
    data: {
      number: row.version,
      ordinal,
      digest: row.digest,
      previous: row.baseDigest,
      proposal: row.id,
      approvals,
    },
  }
  return { value: { versionId, number: row.version, digest: row.digest }, fact }
}

/** What the version row keeps of a waiver without which it could not have been published. */
function excusedRow({ waiverId, rule, endsOn }: Excuse) {
  return { waiver: waiverId, rule, until: endsOn }
}

/** Sends a refused proposal back to its author: the draft can be edited again. */
export async function returnProposal(
  part: Part,
  locked: Locked,
  state: 'changes_requested' | 'rejected' | 'expired',
): Promise<Fact> {
  const { proposal: row, agent: owner } = locked
  await part.tx
    .update(proposal)
    .set({ state, settledAt: part.now, auditEventId: part.event })
    .where(eq(proposal.id, row.id))
  await part.tx
    .update(draft)
    .set({ state: 'open', updatedAt: part.now, auditEventId: part.event })
    .where(eq(draft.id, row.draftId))
  return {
    action: 'proposal.returned',
    dept: owner.departmentId,
    targets: [
      { t: 'proposal', id: row.id, sha256: row.digest },
      { t: 'agent', id: owner.id },
    ],
    data: { digest: row.digest, because: state },
  }
}

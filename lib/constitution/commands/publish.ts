import 'server-only'
import { eq } from 'drizzle-orm'
import { constitutionDraft, constitutionVersion } from '@/drizzle/schema/constitution'
import type { ApprovalState } from '@/lib/approvals/model'
import type { ApprovalRow } from '@/lib/approvals/queries'
import type { Fact } from '@/lib/audit/catalogue'
import { conflict, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import type { Tx } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { parseConstitution } from '../document/parse'
import { type ConstitutionDraftRow, currentRulebook, knownLabels } from '../queries'

type Part = { tx: Tx; now: Date; event: string }

/**
 * Puts an approved draft into force, inside the deciding transaction. Checks everything again on the
 * locked row: same bytes, same base, a label of its own. The database refuses the row unless enough
 * different people approved exactly these bytes. Every agent is checked under it right after.
 */
async function publishConstitution(
  part: Part,
  draft: ConstitutionDraftRow,
  decided: { approvalId: string; digest: string; proposedBy: string; approvals: number },
): Promise<{ label: string; fact: Fact }> {
  const { tx, now, event } = part
  if (draft.state !== 'proposed' || draft.hash !== decided.digest) {
    conflict('The draft was changed after it was proposed. Its approvals are void.')
  }
  const inForce = await currentRulebook(tx)
  if (inForce.hash !== draft.baseHash) {
    conflict('Another constitution came into force meanwhile. The change must be proposed again.')
  }
  const parsed = parseConstitution(draft.bytes)
  if (!parsed.ok) refused('The document cannot be read as a constitution.')
  const { label } = parsed.content
  const { labels, ordinal } = await knownLabels(tx)
  if (labels.includes(label)) conflict(`${label} is taken. The change needs another label.`)
  const id = newId<'constitution'>(now.getTime())
  await tx.insert(constitutionVersion).values({
    id,
    ordinal: ordinal + 1,
    label,
    hash: draft.hash,
    bytes: draft.bytes,
    message: draft.message,
    authorId: decided.proposedBy,
    approvalId: decided.approvalId,
    publishedAt: now,
    auditEventId: event,
  })
  await tx
    .update(constitutionDraft)
    .set({ state: 'published', updatedAt: now, auditEventId: event })
    .where(eq(constitutionDraft.id, draft.id))
  await enqueue(tx, { task: 'catalog.check', payload: { published: true }, key: 'catalog.check' })
  const fact: Fact = {
    action: 'constitution.published',
    targets: [{ t: 'constitution', id, sha256: draft.hash, ver: label }],
    data: {
      label,
      ordinal: ordinal + 1,
      hash: draft.hash,
      previous: inForce.hash,
      approvals: decided.approvals,
    },
  }
  return { label, fact }
}

/** What the last decision brings about: the draft comes into force, or goes back to its author. */
export async function settleConstitution(
  part: Part,
  locked: { draft: ConstitutionDraftRow; approval: ApprovalRow },
  settled: { state: ApprovalState; approvals: number },
): Promise<{ effect: string; facts: Fact[] }> {
  const { draft, approval } = locked
  if (settled.state === 'approved') {
    const { label, fact } = await publishConstitution(part, draft, {
      approvalId: approval.id,
      digest: approval.digest,
      proposedBy: approval.requestedBy,
      approvals: settled.approvals,
    })
    return {
      effect: `Constitution ${label} is in force. Every agent is checked under it.`,
      facts: [fact],
    }
  }
  const because =
    settled.state === 'rejected' || settled.state === 'expired'
      ? settled.state
      : 'changes_requested'
  const fact = await returnConstitution(part, draft, because)
  return { effect: 'Sent back. The draft of the constitution can be edited again.', facts: [fact] }
}

/** Sends a refused draft back: it can be edited again. */
async function returnConstitution(
  part: Part,
  draft: ConstitutionDraftRow,
  because: 'changes_requested' | 'rejected' | 'expired',
): Promise<Fact> {
  await part.tx
    .update(constitutionDraft)
    .set({ state: 'open', approvalId: null, updatedAt: part.now, auditEventId: part.event })
    .where(eq(constitutionDraft.id, draft.id))
  return {
    action: 'constitution.returned',
    targets: [{ t: 'constitution', id: draft.id, sha256: draft.hash }],
    data: { hash: draft.hash, because },
  }
}

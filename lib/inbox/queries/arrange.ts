import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import { absence } from '@/drizzle/schema/inbox'
import { person } from '@/drizzle/schema/people'
import type { ApprovalRow } from '@/lib/approvals/queries'
import { effectiveState, whyNotEligible } from '@/lib/approvals/rules'
import type { Actor, PersonActor } from '@/lib/auth/actor'
import { conflict, notFound, refused } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import type { Absence } from '../rules/absence'
import { settledSentence } from '../rules/words'

/** The approval that somebody wants to set aside, be on or hand over, locked while they do. */
export async function lockArranged(
  tx: Tx,
  approvalId: string,
): Promise<{ departmentId: string | null; row: ApprovalRow }> {
  const [row] = await tx.select().from(approval).where(eq(approval.id, approvalId)).for('update')
  if (!row) notFound('This approval')
  return { departmentId: row.departmentId, row }
}

/**
 * The person who arranges an item: only who could decide it now. Throws `conflict` when it is
 * settled or late, `refused` for its author, its starter and the product itself.
 */
export function arranger(actor: Actor, row: ApprovalRow, now: Date): PersonActor {
  if (actor.kind !== 'person' || actor.via === 'cli') {
    refused('Only a person who is signed in can do this.')
  }
  const state = effectiveState(row, now)
  if (state !== 'open') conflict(settledSentence(state))
  // The permission was checked by the command, with the same roles.
  const why = whyNotEligible(row, actor.id, true)
  if (why !== null) refused(why)
  return actor
}

export type StandingAbsence = Absence & {
  id: string
  person: string
  delegate: string
}

/** Every absence that stands and is not over, first by when it begins. Index: absence_live. */
export async function standingAbsences(tx: Tx, now: Date): Promise<StandingAbsence[]> {
  const rows = await tx
    .select({
      id: absence.id,
      personId: absence.personId,
      delegateId: absence.delegateId,
      from: absence.fromAt,
      until: absence.untilAt,
      person: person.name,
      delegate: sql<string>`(select d.name from person d where d.id = ${absence.delegateId})`,
    })
    .from(absence)
    .innerJoin(person, eq(person.id, absence.personId))
    .where(and(isNull(absence.endedAt), sql`${absence.untilAt} > ${now.toISOString()}`))
    .orderBy(absence.fromAt, absence.id)
  return rows
}

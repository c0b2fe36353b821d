import 'server-only'
import { and, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm'
import { approval, decision } from '@/drizzle/schema/approvals'
import { groupMember, person, reviewerGroup, roleGrant } from '@/drizzle/schema/people'
import { rolesWith } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import { APPROVERS, type Seat } from './model'
import type { Signer } from './rules'

export type ApprovalRow = typeof approval.$inferSelect
export type DecisionRow = typeof decision.$inferSelect

/** The approval, locked until the transaction ends: decisions on it settle one after another. */
export async function lockApproval(tx: Tx, id: string): Promise<ApprovalRow | null> {
  const [row] = await tx.select().from(approval).where(eq(approval.id, id)).for('update')
  return row ?? null
}

/** Live decisions (not dismissed) of one approval, oldest first. Index: decision_live. */
export async function liveDecisions(tx: Tx, approvalId: string): Promise<DecisionRow[]> {
  return tx
    .select()
    .from(decision)
    .where(and(eq(decision.approvalId, approvalId), isNull(decision.dismissedAt)))
    .orderBy(decision.decidedAt, decision.id)
}

/**
 * Active people who hold a role that may decide in this department (null: everywhere), without the
 * excluded. Computed when an item is opened and again at each decision. Index: role_grant_person.
 */
export async function eligiblePeople(
  tx: Tx,
  departmentId: string | null,
  excluded: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const roles = [...rolesWith('approval.decide')]
  return tx
    .selectDistinct({ id: person.id, name: person.name })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .where(
      and(
        inArray(roleGrant.role, roles),
        isNull(roleGrant.revokedAt),
        departmentId === null
          ? isNull(roleGrant.departmentId)
          : or(isNull(roleGrant.departmentId), eq(roleGrant.departmentId, departmentId)),
        eq(person.state, 'active'),
        excluded.length > 0 ? notInArray(person.id, [...excluded]) : undefined,
      ),
    )
    .orderBy(person.name, person.id)
}

/**
 * The groups that people belong to now, `approvers` among them: who calls this has checked that they
 * hold the role. Index: group_member_person.
 */
export async function groupsOf(tx: Tx, people: readonly string[]): Promise<Signer[]> {
  if (people.length === 0) return []
  const rows = await tx
    .select({ personId: groupMember.personId, group: reviewerGroup.slug })
    .from(groupMember)
    .innerJoin(reviewerGroup, eq(reviewerGroup.id, groupMember.groupId))
    .where(and(inArray(groupMember.personId, [...people]), isNull(groupMember.removedAt)))
  return people.map((personId) => ({
    personId,
    groups: [APPROVERS, ...rows.filter((row) => row.personId === personId).map((row) => row.group)],
  }))
}

/** The seats of an approval; one of before there were groups has only approvers' seats. */
export function seatsOf(row: Pick<ApprovalRow, 'seats' | 'quorum'>): Seat[] {
  const seats = row.seats as Seat[]
  return seats.length > 0 ? seats : [{ group: APPROVERS, people: row.quorum }]
}

/** Ids of open approvals past their deadline, for the sweep. Index: approval_deadline. */
export async function overdueApprovals(now: Date, limit: number): Promise<string[]> {
  const rows = await db()
    .select({ id: approval.id })
    .from(approval)
    .where(and(eq(approval.state, 'open'), sql`${approval.deadlineAt} <= ${now.toISOString()}`))
    .orderBy(approval.deadlineAt)
    .limit(limit)
  return rows.map((row) => row.id)
}

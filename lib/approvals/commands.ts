import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { approval, decision } from '@/drizzle/schema/approvals'
import type { Fact } from '@/lib/audit/catalogue'
import { conflict, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import type { Tx } from '@/lib/db/transaction'
import { APPROVERS, type ApprovalKind, type DecideInput, type RiskTier } from './model'
import {
  type ApprovalRow,
  type DecisionRow,
  eligiblePeople,
  groupsOf,
  liveDecisions,
  seatsOf,
} from './queries'
import {
  type ApprovalRule,
  effectiveState,
  needsReason,
  riskRank,
  type SettledState,
  seatsFilled,
  settledBy,
  whyNotEligible,
} from './rules'
import { tellClosed, tellOpened, tellSettled } from './tell'

/** Parts of commands: each runs inside the caller's transaction and carries the caller's event. */
type Part = { tx: Tx; now: Date; event: string }

export type ClosedBecause = 'edited' | 'discarded' | 'withdrawn' | 'expired' | 'stopped'

export type ApprovalRequest = {
  kind: ApprovalKind
  subjectId: string
  digest: string
  title: string
  riskTier: RiskTier
  /** Null: the whole installation; only people with a role everywhere decide. */
  departmentId: string | null
  agentId: string | null
  runId: string | null
  rule: ApprovalRule
  requestedBy: string
  excluded: readonly string[]
  /** Facts for the row and the reading pane; strings and numbers only. */
  summary: Record<string, string | number | null>
}

/**
 * Opens an item for people to decide. Rule, quorum, deadline and the eligible set are frozen here.
 * An empty eligible set is kept as it is: nobody may decide, never anyone.
 */
export async function openApproval(
  part: Part,
  request: ApprovalRequest,
): Promise<{ id: string; quorum: number; fact: Fact }> {
  const id = newId<'approval'>(part.now.getTime())
  const excluded = [...new Set(request.excluded)]
  const people = await eligiblePeople(part.tx, request.departmentId, excluded)
  const { rule, ...rest } = request
  await part.tx.insert(approval).values({
    ...rest,
    id,
    excluded,
    eligible: people.map((p) => p.id),
    riskRank: riskRank(request.riskTier),
    ruleId: rule.id,
    ruleVersion: rule.version,
    quorum: rule.quorum,
    seats: rule.seats,
    deadlineAt: rule.deadlineMs === null ? null : new Date(part.now.getTime() + rule.deadlineMs),
    expiryOutcome: rule.expiryOutcome,
    state: 'open',
    openedAt: part.now,
    auditEventId: part.event,
  })
  await tellOpened(part, { id, ...request }, people)
  const fact: Fact = {
    action: 'approval.opened',
    dept: request.departmentId,
    targets: [
      { t: 'approval', id, sha256: request.digest },
      { t: request.kind, id: request.subjectId },
    ],
    data: {
      kind: request.kind,
      digest: request.digest,
      rule: rule.id,
      rule_version: rule.version,
      risk: request.riskTier,
      quorum: rule.quorum,
    },
  }
  return { id, quorum: rule.quorum, fact }
}

/**
 * Records one person's decision on a locked approval and settles it. Throws `conflict` when it was
 * decided meanwhile or stands for other bytes, `refused` when this person may not decide.
 */
export async function recordDecision(
  part: Part,
  row: ApprovalRow,
  input: DecideInput & { personId: string },
): Promise<{ state: SettledState; approvals: number; fact: Fact }> {
  const state = effectiveState(row, part.now)
  if (state === 'expired') conflict('Too late: the deadline has passed and nothing was done.')
  if (state !== 'open') conflict(`This was already settled: ${state.replace('_', ' ')}.`)
  if (row.digest !== input.digest) {
    conflict('This now stands for other bytes than you read. Look at the difference, then decide.')
  }
  const people = await eligiblePeople(part.tx, row.departmentId, [])
  const why = whyNotEligible(
    row,
    input.personId,
    people.some((p) => p.id === input.personId),
  )
  if (why !== null) refused(why)
  if (needsReason(input.verdict) && input.reason === '') {
    refused('Give a reason; the person who asked reads it.')
  }
  const live = await liveDecisions(part.tx, row.id)
  if (live.some((d) => d.personId === input.personId)) conflict('You have already decided this.')
  const { filled } = await fill(part.tx, row, { live, input })
  const decisionId = newId<'decision'>(part.now.getTime())
  await part.tx.insert(decision).values({
    id: decisionId,
    approvalId: row.id,
    personId: input.personId,
    verdict: input.verdict,
    digest: row.digest,
    ruleVersion: row.ruleVersion,
    renderedDigest: input.renderedDigest,
    reason: input.reason,
    decidedAt: part.now,
    auditEventId: part.event,
  })
  const next = settledBy(input.verdict, filled, row.quorum)
  await part.tx
    .update(approval)
    .set({ state: next, settledAt: next === 'open' ? null : part.now, auditEventId: part.event })
    .where(eq(approval.id, row.id))
  if (next !== 'open') await tellSettled(part, row, next)
  return {
    state: next,
    approvals: filled,
    fact: decidedFact(row, input, { decisionId, state: next }),
  }
}

/**
 * The seats filled when this decision is among them. Throws `refused` for an approval that would fill
 * none: the person's seats are taken, and somebody of another group is needed.
 */
async function fill(
  tx: Tx,
  row: ApprovalRow,
  { live, input }: { live: readonly DecisionRow[]; input: DecideInput & { personId: string } },
): Promise<{ filled: number }> {
  const seats = seatsOf(row)
  const before = live.filter((d) => d.verdict === 'approve').map((d) => d.personId)
  if (input.verdict !== 'approve') return { filled: before.length }
  const signers = await groupsOf(tx, [...before, input.personId])
  const filled = seatsFilled(seats, signers)
  if (filled > seatsFilled(seats, signers.slice(0, -1))) return { filled }
  const missing = seats.filter((seat) => seat.group !== APPROVERS).map((seat) => seat.group)
  refused(`Your seat is taken already. Still needed: somebody of ${missing.join(' or ')}.`)
}

function decidedFact(
  row: ApprovalRow,
  input: DecideInput & { personId: string },
  after: { decisionId: string; state: SettledState },
): Fact {
  return {
    action: 'approval.decided',
    dept: row.departmentId,
    targets: [
      { t: 'approval', id: row.id, sha256: row.digest },
      { t: row.kind, id: row.subjectId },
    ],
    data: {
      decision: after.decisionId,
      kind: row.kind,
      verdict: input.verdict,
      digest: row.digest,
      rendered: input.renderedDigest,
      rule_version: row.ruleVersion,
      state: after.state,
    },
    ...(input.reason === '' ? {} : { private: { reason: input.reason } }),
  }
}

/**
 * Settles an open approval without a decision (edited, withdrawn, expired) and dismisses what people
 * had said about the old bytes. Returns the people whose decision fell away.
 */
export async function closeApproval(
  part: Part,
  row: ApprovalRow,
  close: { state: 'dismissed' | 'withdrawn' | 'expired'; because: ClosedBecause },
): Promise<{ dismissed: string[]; fact: Fact }> {
  if (row.state !== 'open') conflict('This was already settled.')
  await part.tx
    .update(approval)
    .set({ state: close.state, settledAt: part.now, auditEventId: part.event })
    .where(eq(approval.id, row.id))
  const fallen = await part.tx
    .update(decision)
    .set({
      dismissedAt: sql`${part.now.toISOString()}::timestamptz`,
      dismissedBecause: close.because,
      auditEventId: part.event,
    })
    .where(and(eq(decision.approvalId, row.id), isNull(decision.dismissedAt)))
    .returning({ personId: decision.personId })
  const told = fallen.map((d) => d.personId)
  await tellClosed(part, row, { people: told, state: close.state })
  const about = {
    dept: row.departmentId,
    targets: [{ t: 'approval' as const, id: row.id, sha256: row.digest }],
  }
  const base = { kind: row.kind, digest: row.digest }
  const fact: Fact =
    close.state === 'expired'
      ? { ...about, action: 'approval.expired', data: { ...base, outcome: row.expiryOutcome } }
      : {
          ...about,
          action: 'approval.dismissed',
          data: { ...base, because: close.because, decisions: fallen.length },
        }
  return { dismissed: told, fact }
}

import { HELD_CALL_MS } from '@/lib/core/limits'
import type { ApprovalKind, ApprovalState, RiskTier, Verdict } from './model'

/** Who must agree, how many of them, and what silence does. Data; the kinds come from above. */
export type ApprovalRule = {
  id: string
  version: number
  quorum: number
  /** Null: no deadline. */
  deadlineMs: number | null
  expiryOutcome: 'deny' | 'park'
  /** Why the seat exists, under the signature line. */
  seat: string
}

/** The rule for an item. A critical definition change needs two people, everything else one. */
export function ruleFor(kind: ApprovalKind, tier: RiskTier, gateRule?: string): ApprovalRule {
  switch (kind) {
    case 'proposal':
      return {
        id: 'definition-change',
        version: 1,
        quorum: tier === 'critical' ? 2 : 1,
        deadlineMs: null,
        expiryOutcome: 'park',
        seat: 'An approver of the department, never the author or the last editor.',
      }
    case 'tool_call':
      return {
        id: gateRule ?? 'held-call',
        version: 1,
        quorum: 1,
        deadlineMs: HELD_CALL_MS,
        expiryOutcome: 'deny',
        seat: 'An approver of the department, never the person who started the run.',
      }
    case 'change_set':
      return {
        id: 'change-set',
        version: 1,
        quorum: 1,
        deadlineMs: null,
        expiryOutcome: 'park',
        seat: 'An approver of the department, never the person who started the run.',
      }
    case 'review':
      return {
        id: 'review-sign-off',
        version: 1,
        quorum: 1,
        deadlineMs: null,
        expiryOutcome: 'park',
        seat: 'A reviewer of the department, never the author.',
      }
    case 'constitution':
      return {
        id: 'constitution-change',
        version: 1,
        quorum: 2,
        deadlineMs: null,
        expiryOutcome: 'park',
        seat: 'An approver of the whole organisation, never the author or the last editor.',
      }
    case 'waiver':
      return {
        id: 'waiver',
        version: 1,
        quorum: 1,
        deadlineMs: null,
        expiryOutcome: 'park',
        seat: 'An approver of the department, never who asked or who will own the waiver.',
      }
  }
}

export type Standing = {
  requestedBy: string
  excluded: readonly string[]
  kind: ApprovalKind
  state: ApprovalState
  deadlineAt: Date | null
}

const EXCLUDED: Record<ApprovalKind, string> = {
  proposal: 'You wrote or proposed this change. Someone else must decide.',
  tool_call: 'You started this run. Someone else must decide.',
  change_set: 'You started this run. Someone else must decide.',
  review: 'You own this agent. Someone else must decide.',
  constitution: 'You wrote or proposed this change. Someone else must decide.',
  waiver: 'You asked for this waiver or would own it. Someone else must decide.',
}

/** Why a person may not decide, as the sentence beside the disabled button; null when they may. */
export function whyNotEligible(
  standing: Standing,
  personId: string,
  holdsRole: boolean,
): string | null {
  if (standing.excluded.includes(personId)) {
    return EXCLUDED[standing.kind]
  }
  if (!holdsRole) return 'Only an approver of this department may decide. Ask an administrator.'
  return null
}

/** An open item whose deadline has passed counts as expired, also before the sweep has seen it. */
export function effectiveState(
  standing: { state: ApprovalState; deadlineAt: Date | null },
  now: Date,
): ApprovalState {
  const late = standing.deadlineAt !== null && standing.deadlineAt.getTime() <= now.getTime()
  return standing.state === 'open' && late ? 'expired' : standing.state
}

export type SettledState = 'open' | 'approved' | 'changes_requested' | 'rejected'

/**
 * The state after a decision. One reject or request for changes settles at once; approval needs
 * `quorum` different people. `approvals` counts live approve decisions including this one.
 */
export function settledBy(verdict: Verdict, approvals: number, quorum: number): SettledState {
  switch (verdict) {
    case 'approve':
      return approvals >= quorum ? 'approved' : 'open'
    case 'request_changes':
      return 'changes_requested'
    case 'reject':
      return 'rejected'
  }
}

/** High and critical definition changes ask for the agent's name, typed (look.md, friction by risk). */
export function needsTypedName(kind: ApprovalKind, tier: RiskTier): boolean {
  return kind === 'proposal' && (tier === 'high' || tier === 'critical')
}

/** A verdict without a reason teaches nobody anything. Medium risk and refusals need one. */
export function needsReason(verdict: Verdict): boolean {
  return verdict !== 'approve'
}

const RANK: Record<RiskTier, number> = { low: 0, medium: 1, high: 2, critical: 3 }
export function riskRank(tier: RiskTier): number {
  return RANK[tier]
}

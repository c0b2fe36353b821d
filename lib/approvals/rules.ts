import { HELD_CALL_MS } from '@/lib/core/limits'
import {
  APPROVERS,
  type ApprovalKind,
  type ApprovalRuleFact,
  type ApprovalState,
  type ItemFacts,
  type RiskTier,
  type RuleCondition,
  type Seat,
  type Verdict,
} from './model'

const HOUR_MS = 60 * 60 * 1000

/** What was decided about who decides, frozen when an item opens. */
export type ApprovalRule = {
  /** Ids of the rules that apply, joined by a slash; the gate's rule for a held call. */
  id: string
  version: number
  /** Everyone needed, over all seats. */
  quorum: number
  seats: Seat[]
  /** Null: no deadline. */
  deadlineMs: number | null
  expiryOutcome: 'deny' | 'park'
}

const ANY: RuleCondition = {
  kinds: [],
  risks: [],
  changes: [],
  departments: [],
  adds: [],
  fields: [],
  gates: [],
  loosens: false,
}
const shipped = (
  [id, title]: readonly [string, string],
  when: Partial<RuleCondition>,
  rest: Partial<Pick<ApprovalRuleFact, 'deadlineHours' | 'silence'>> & { people: number },
): ApprovalRuleFact => ({
  id,
  title,
  when: { ...ANY, ...when },
  seats: [{ group: APPROVERS, people: rest.people }],
  deadlineHours: rest.deadlineHours ?? null,
  silence: rest.silence ?? 'park',
})

/** The rules that ship with the product. */
export const DEFAULT_APPROVAL_RULES: readonly ApprovalRuleFact[] = [
  shipped(['definition-change', 'A changed definition'], { kinds: ['proposal'] }, { people: 1 }),
  shipped(
    ['critical-definition', 'A definition of critical risk'],
    { kinds: ['proposal'], risks: ['critical'] },
    { people: 2 },
  ),
  shipped(
    ['held-call', 'A held tool call'],
    { kinds: ['tool_call'] },
    { people: 1, deadlineHours: HELD_CALL_MS / HOUR_MS, silence: 'deny' },
  ),
  shipped(['change-set', 'Files of a run'], { kinds: ['change_set'] }, { people: 1 }),
  shipped(['review-sign-off', 'A review'], { kinds: ['review'] }, { people: 1 }),
  shipped(['waiver', 'A waiver'], { kinds: ['waiver'] }, { people: 1 }),
  shipped(['constitution-change', 'The constitution'], { kinds: ['constitution'] }, { people: 2 }),
]

/** What a fact takes as the name of a rule. */
const MAX_RULE_ID = 120

/**
 * Who must agree to an item: the strictest of every rule that applies. For each group the largest
 * number of people, the earliest deadline, and denial on silence when one rule says so. Without a
 * rule one approver is needed: an empty rulebook never means that nobody has to agree.
 */
export function ruleFor(
  rulebook: { approvals: readonly ApprovalRuleFact[]; version: number },
  item: ItemFacts,
): ApprovalRule {
  const rules = rulebook.approvals.filter((rule) => applies(rule.when, item))
  const most = new Map<string, number>()
  for (const { group, people } of rules.flatMap((rule) => rule.seats)) {
    most.set(group, Math.max(people, most.get(group) ?? 0))
  }
  const seats = [...most]
    .map(([group, people]) => ({ group, people }))
    .filter((seat) => seat.people > 0)
    .sort((one, other) => (one.group < other.group ? -1 : 1))
  if (seats.length === 0) seats.push({ group: APPROVERS, people: 1 })
  const hours = rules.flatMap((rule) => rule.deadlineHours ?? [])
  const ids = rules.map((rule) => rule.id).sort()
  return {
    id: item.gate ?? (ids.length === 0 ? 'no-rule' : ids.join('/').slice(0, MAX_RULE_ID)),
    version: rulebook.version,
    quorum: seats.reduce((sum, seat) => sum + seat.people, 0),
    seats,
    deadlineMs: hours.length === 0 ? null : Math.min(...hours) * HOUR_MS,
    expiryOutcome: rules.some((rule) => rule.silence === 'deny') ? 'deny' : 'park',
  }
}

function applies(when: RuleCondition, item: ItemFacts): boolean {
  const one = (allowed: readonly string[], value: string | null) =>
    allowed.length === 0 || (value !== null && allowed.includes(value))
  const some = (allowed: readonly string[], values: readonly string[]) =>
    allowed.length === 0 || values.some((value) => allowed.includes(value))
  return (
    one(when.kinds, item.kind) &&
    one(when.risks, item.risk) &&
    one(when.changes, item.change) &&
    one(when.departments, item.department) &&
    one(when.gates, item.gate) &&
    some(when.adds, item.adds) &&
    some(when.fields, item.fields) &&
    (!when.loosens || item.loosens)
  )
}

/**
 * Whether a rule may ask less of people than before: fewer of some group, more time, silence that no
 * longer denies, or another condition, because whom it leaves out cannot be told from the words.
 */
export function asksLess(old: ApprovalRuleFact, now: ApprovalRuleFact): boolean {
  const people = (rule: ApprovalRuleFact, group: string) =>
    rule.seats.find((seat) => seat.group === group)?.people ?? 0
  const hours = (rule: ApprovalRuleFact) => rule.deadlineHours ?? Number.POSITIVE_INFINITY
  return (
    old.seats.some(({ group }) => people(now, group) < people(old, group)) ||
    hours(now) > hours(old) ||
    (old.silence === 'deny' && now.silence !== 'deny') ||
    JSON.stringify(old.when) !== JSON.stringify(now.when)
  )
}

/** An item of a kind with nothing else to say about it. */
export function plainItem(kind: ApprovalKind, risk: RiskTier): ItemFacts {
  const none = { change: null, department: null, gate: null, loosens: false }
  return { kind, risk, ...none, adds: [], fields: [] }
}

/** Somebody who agreed, and the groups that they belong to now. */
export type Signer = { personId: string; groups: readonly string[] }

/**
 * How many of the seats these people fill, each person one seat: the largest matching between people
 * and seats (augmenting paths; there are at most ten of either). Same people, same answer, whatever
 * the order in which they signed.
 */
export function seatsFilled(seats: readonly Seat[], signers: readonly Signer[]): number {
  const places = seats.flatMap((seat) => Array.from({ length: seat.people }, () => seat.group))
  const taken: (number | undefined)[] = places.map(() => undefined)
  const place = (signer: number, tried: Set<number>): boolean => {
    for (const [index, group] of places.entries()) {
      if (tried.has(index) || !signers[signer]?.groups.includes(group)) continue
      tried.add(index)
      const sitting = taken[index]
      if (sitting === undefined || place(sitting, tried)) {
        taken[index] = signer
        return true
      }
    }
    return false
  }
  return signers.filter((_, index) => place(index, new Set())).length
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
 * The state after a decision. One reject or request for changes settles at once; approval needs every
 * seat filled, each by another person. `filled` counts the seats with this decision among them.
 */
export function settledBy(verdict: Verdict, filled: number, quorum: number): SettledState {
  switch (verdict) {
    case 'approve':
      return filled >= quorum ? 'approved' : 'open'
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

/** What an approval may be about. The mechanism itself knows nothing of the kinds. */
export const APPROVAL_KINDS = [
  'proposal',
  'tool_call',
  'change_set',
  'review',
  'constitution',
  'waiver',
] as const
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

export const APPROVAL_STATES = [
  'open',
  'approved',
  'changes_requested',
  'rejected',
  'dismissed',
  'withdrawn',
  'expired',
] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

export const VERDICTS = ['approve', 'request_changes', 'reject'] as const
export type Verdict = (typeof VERDICTS)[number]

export const RISK_TIERS = ['low', 'medium', 'high', 'critical'] as const
export type RiskTier = (typeof RISK_TIERS)[number]

/** How a definition change moves capability; `first` is a first version. */
export const CHANGE_DIRECTIONS = [
  'first',
  'widening',
  'mixed',
  'narrowing',
  'prose',
  'none',
] as const
export type ChangeDirection = (typeof CHANGE_DIRECTIONS)[number]

/** The group that everybody belongs to who holds the approver's role where the item belongs. */
export const APPROVERS = 'approvers'

/** How many people of a group must agree. One person fills one seat, whatever groups they are in. */
export type Seat = { group: string; people: number }

/** When a rule applies: every list that is not empty must hold one of the item's values. */
export type RuleCondition = {
  kinds: ApprovalKind[]
  risks: RiskTier[]
  changes: ChangeDirection[]
  /** Slugs. */
  departments: string[]
  /** Capabilities that the change adds, by name. */
  adds: string[]
  /** Fields of the definition that the change touches; `body` is the text below them. */
  fields: string[]
  /** Ids of gate rules, for held tool calls. */
  gates: string[]
  /** True: only what weakens a gate. */
  loosens: boolean
}

/** Who must agree to what: data of the constitution, approved like everything else. */
export type ApprovalRuleFact = {
  id: string
  title: string
  when: RuleCondition
  seats: Seat[]
  /** Null: no deadline. */
  deadlineHours: number | null
  silence: 'deny' | 'park'
}

/** What a rule may look at. */
export type ItemFacts = {
  kind: ApprovalKind
  risk: RiskTier
  change: ChangeDirection | null
  department: string | null
  adds: readonly string[]
  fields: readonly string[]
  gate: string | null
  loosens: boolean
}

/** What one person says about one approval; bound to the digest that their screen showed. */
export type DecideInput = {
  approvalId: string
  verdict: Verdict
  digest: string
  /** SHA-256 of what was rendered. */
  renderedDigest: string
  reason: string
}

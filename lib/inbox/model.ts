import type { ApprovalKind, ApprovalState, RiskTier, Verdict } from '@/lib/approvals/model'
import type { Finding, FindingSeverity, WaiverState } from '@/lib/constitution/model'
import type { CapabilityChange, TextDiff } from '@/lib/definition/model'
import type { CallClass } from '@/lib/runs/tools/register'

/** The groups of the inbox; also the value of `?view=`. */
export const INBOX_VIEWS = ['needs', 'waiting', 'snoozed', 'done'] as const
export type InboxView = (typeof INBOX_VIEWS)[number]

/** Everything below is plain JSON; instants are ISO 8601 in UTC. */
export type Named = { id: string; name: string }

/** One line of the list. `state` is the effective one: open past its deadline reads as expired. */
export type InboxRow = {
  id: string
  kind: ApprovalKind
  digest: string
  ruleId: string
  title: string
  state: ApprovalState
  riskTier: RiskTier
  agent: string | null
  /** How a proposal moves capability; null for other kinds. */
  direction: string | null
  /** Proposals: the numbers before and after. Runs: `to` is the version that runs. */
  from: string | null
  to: string | null
  run: number | null
  askedBy: Named
  quorum: number
  signed: number
  /** What the reader said, when they have. */
  said: Verdict | null
  openedAt: string
  deadlineAt: string | null
  expiryOutcome: 'deny' | 'park'
  settledAt: string | null
  /** The reader had the whole item on screen, on whatever device. */
  opened: boolean
} & Arranged

/** What people did with an item before it is decided. */
export type Arranged = {
  /** Set aside by the reader, until then. */
  snoozedUntil: string | null
  /** Who says that they are on it. A hint, never a lock. */
  claim: (Named & { until: string }) | null
  /** The last handover: who has it now, from whom. */
  handed: { from: Named; to: Named; note: string } | null
  /** People who are away and for whom the reader stands in here. */
  standsInFor: (Named & { until: string })[]
}

/** How one person decided in the last 90 days; shown to them alone. Times in milliseconds. */
export type OwnQuality = {
  decided: number
  /** Decided against what was asked: denied, or sent back. */
  denied: number
  /** From asked to decided. */
  medianMs: number | null
  /** From opened to decided, where both are recorded. */
  medianReadMs: number | null
  /** Approvals since opening is recorded, and how many of them were opened before. */
  approved: number
  opened: number
  since: string | null
}

export type InboxCounts = { needs: number; waiting: number; snoozed: number }
export type InboxGroup = {
  view: InboxView
  rows: InboxRow[]
  /** Cursor of the next page; null on the last one. */
  next: string | null
}
/** What `GET /api/console/inbox` answers and the page is hydrated with. */
export type InboxList = {
  view: InboxView
  counts: InboxCounts
  /** The view's own group first; "needs" is followed by the beginning of "waiting". */
  groups: InboxGroup[]
  /** With the first page of "Done". */
  quality: OwnQuality | null
  /** Facts recorded when this was read: where waiting for changes begins. */
  facts: number
  /** The database's clock when this was read. */
  at: string
}

export type ItemDecision = {
  person: Named
  verdict: Verdict
  reason: string
  at: string
  /** Why it no longer counts; null while it does. */
  dismissedBecause: string | null
  fact: string
}

/** Who may decide, and who never may with the reason. */
export type Standing = Named & {
  you: boolean
  signed: boolean
  barred:
    | 'author'
    | 'last editor'
    | 'starter'
    | 'asked for it'
    | 'would own it'
    | 'held the last waiver'
    | null
  away: { until: string; delegate: string } | null
}

/** A settled item like this one: of the same agent, or asked for by the same rule. */
export type SimilarDecision = {
  id: string
  title: string
  agent: string | null
  sameAgent: boolean
  state: ApprovalState
  by: string | null
  at: string
}

export type ItemFinding = {
  rule: string
  severity: FindingSeverity
  message: string
  line: number | null
}

export type ProposalSubject = {
  kind: 'proposal'
  number: number
  author: Named
  /** What the author wrote; a claim. */
  message: string
  base: { number: string; digest: string } | null
  version: string
  fileName: string
  change: CapabilityChange
  /** Seats that the live version would have needed; null when there is none. */
  quorumBefore: number | null
  findings: ItemFinding[]
  passed: number
  constitution: { label: string; hash: string }
  checker: string
  diff: TextDiff
  /** Characters of the proposed text that a reader does not see. */
  hidden: number
  /** Another version was published since: approving would be refused. */
  outdated: boolean
  /** The newer item for the same agent, when this one was dismissed by an edit. */
  successor: string | null
  /** From these bytes to those of the successor; null without one. */
  since: TextDiff | null
}

export type RunFacts = {
  id: string
  number: number
  state: string
  version: string
  digest: string
  startedBy: Named
  task: string
  workspace: string
  step: number
}

/** One argument as the call carries it; `text` is shown whole. */
export type CallArgument = {
  name: string
  type: 'text' | 'number' | 'flag' | 'list' | 'object' | 'nothing'
  text: string
  /** UTF-8. */
  bytes: number
  /** [start, end) in `text` of what the rule matched, with the footnote's number. */
  matches: { start: number; end: number; note: number }[]
}

export type GatedLine = {
  note: number
  text: string
  cwd: string
  stdin: string | null
  class: CallClass
  sentence: string
}

export type SimilarCall = {
  id: string
  run: number | null
  line: string
  state: ApprovalState
  by: string | null
  at: string
}

export type ToolCallSubject = {
  kind: 'tool_call'
  tool: string
  class: CallClass | null
  /** From the register, computed from the arguments. */
  effect: string | null
  run: RunFacts
  step: number
  args: CallArgument[]
  raw: string
  bytes: number
  hidden: number
  /** Why not everything can be shown, which turns Approve off; null when it is all there. */
  incomplete: string | null
  gated: GatedLine[]
  ruleSentence: string
  /** What the agent wrote with the call; a claim. */
  explanation: string | null
  similar: SimilarCall[]
}

export type ChangedFile = {
  path: string
  change: 'create' | 'modify' | 'delete'
  executable: boolean
  added: number
  removed: number
  /** Null when there is no text to compare; `note` then says why. */
  diff: TextDiff | null
  note: string | null
  hidden: number
}

export type ChangeSetSubject = {
  kind: 'change_set'
  run: RunFacts
  files: ChangedFile[]
  added: number
  removed: number
  operations: GatedLine[]
  incomplete: string | null
  error: string | null
  explanation: string | null
}

/** An agent whose verdict a constitution would change, with the rules that it gains and loses. */
export type MovedAgent = {
  slug: string
  department: string
  state: string
  gained: string[]
  lost: string[]
}

/** What a constitution would do to the catalog; the lists are cut, the counts are not. */
export type CatalogImpact = {
  agents: number
  /** Agents that were not tried yet; while it is not 0 the rest is not complete. */
  missing: number
  failing: { count: number; first: MovedAgent[] }
  worse: { count: number; first: MovedAgent[] }
  passing: { count: number; first: MovedAgent[] }
}

export type ConstitutionSubject = {
  kind: 'constitution'
  author: Named
  /** What the author wrote; a claim. */
  message: string
  before: { label: string; hash: string }
  after: { label: string; hash: string }
  changes: { part: string; sentence: string; loosens: boolean }[]
  /** Null once it is settled: then the catalog has moved on. */
  impact: CatalogImpact | null
  diff: TextDiff
  hidden: number
  /** Another constitution came into force since: approving would be refused. */
  outdated: boolean
}

/** A waiver of the same finding that came before. */
export type EarlierWaiver = {
  approvalId: string
  state: WaiverState
  endsOn: string
  owner: string
  /** Who approved it. */
  by: string[]
}

export type WaiverSubject = {
  kind: 'waiver'
  waiverId: string
  rule: string
  /** As it was shown when the waiver was asked for. */
  finding: Pick<Finding, 'severity' | 'message' | 'lines'>
  /** Digest of the definition it was found in. */
  foundIn: string
  /** Whether the definition that speaks for the agent now still has it. */
  stillThere: boolean
  /** What who asks wrote; a claim. */
  reason: string
  owner: Named
  /** Last day, in UTC, and how many days that is from the request. */
  endsOn: string
  days: number
  earlier: EarlierWaiver[]
}

/** Kinds that are told as a list of facts. */
export type FactsSubject = {
  kind: 'review'
  facts: { name: string; value: string }[]
}

export type ItemSubject =
  | ProposalSubject
  | ToolCallSubject
  | ChangeSetSubject
  | ConstitutionSubject
  | WaiverSubject
  | FactsSubject

/** One approval with everything that a person reads before deciding. */
export type InboxItem = {
  id: string
  digest: string
  title: string
  riskTier: RiskTier
  state: ApprovalState
  department: string
  agent: { id: string; slug: string } | null
  askedBy: Named
  openedAt: string
  deadlineAt: string | null
  expiryOutcome: 'deny' | 'park'
  settledAt: string | null
  rule: { id: string; version: number; seat: string }
  quorum: number
  /** Live approvals. */
  signed: number
  decisions: ItemDecision[]
  standing: Standing[]
  viewer: {
    id: string
    name: string
    /** Why this reader may not decide now; null when they may. */
    why: string | null
    said: Verdict | null
  }
  arranged: Arranged
  similar: SimilarDecision[]
  /** The name to type before approving; null when none is asked for. */
  typedName: string | null
  subject: ItemSubject
  /** SHA-256 over the canonical JSON of what is shown for the decision (`shownOf`). */
  renderedDigest: string
}

import type { ApprovalKind, ApprovalState, RiskTier, Verdict } from '@/lib/approvals/model'

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

import type { ApprovalState, RiskTier, Verdict } from '@/lib/approvals/model'
import type { Arranged, Named } from './list'
import type { ItemSubject } from './subjects'

export type {
  Arranged,
  InboxCounts,
  InboxGroup,
  InboxList,
  InboxRow,
  InboxView,
  Named,
  OwnQuality,
} from './list'
export { INBOX_VIEWS } from './list'
export type {
  CallArgument,
  CatalogImpact,
  ChangedFile,
  ChangeSetSubject,
  ConstitutionSubject,
  EarlierWaiver,
  GatedLine,
  ItemFinding,
  ItemSubject,
  MovedAgent,
  ProposalSubject,
  RunFacts,
  SimilarCall,
  ToolCallSubject,
  WaiverSubject,
} from './subjects'

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

import type { ApprovalState } from '@/lib/approvals/model'
import type { Finding, FindingSeverity, WaiverState } from '@/lib/constitution/model'
import type { CapabilityChange, TextDiff } from '@/lib/definition/model'
import type { CallClass } from '@/lib/runs/tools/register'
import type { Named } from './list'

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

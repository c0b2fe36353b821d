import type { ApprovalRuleFact, ItemFacts } from '@/lib/approvals/model'
import type {
  CapabilityChange,
  DefinitionContent,
  RiskTier,
  Splice,
  TextRange,
  ToolClass,
  ToolFact,
} from '@/lib/definition/model'
import { touchedFields } from '@/lib/definition/widening'

/**
 * Version of the rules in `rules/`. A stored verdict carries it next to the digest and the
 * constitution's hash; raise it whenever the same input may give other findings.
 */
export const CHECKER_VERSION = '2.0.0'

/** Worst first. `blocking` stops a proposal, `error` stops publishing without a waiver. */
export const FINDING_SEVERITIES = ['blocking', 'error', 'warning', 'note'] as const
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number]

/** One line of evidence; `marks` are [start, end) offsets into `text`. */
export type EvidenceLine = { line: number; text: string; marks: [number, number][] }

/** `edit` replaces a range of the definition's text; applying it gives the repaired text. */
export type FindingFix = { label: string; edit: Splice }

export type Finding = {
  rule: string
  severity: FindingSeverity
  /** Slug of the principle that the rule serves. */
  principle?: string
  message: string
  lines: EvidenceLine[]
  range?: TextRange
  fix?: FindingFix
  /** About what the file says of its own past. It is counted and shown, but no edit can undo a past. */
  past?: true
}

/** What keeps a definition from being published: blocking findings and errors, but not a claimed past. */
export function stopsPublishing(finding: Finding): boolean {
  const severe = finding.severity === 'blocking' || finding.severity === 'error'
  return severe && finding.past !== true
}

/**
 * What the checker may know besides the definition: one rulebook, the older ones that a file may
 * still cite, and the department the agent belongs to. Same definition and context, same findings.
 * Nothing here depends on other agents or on the day; what does is a `CatalogRule`.
 */
export type RuleContext = {
  constitution: ConstitutionContent
  /** Older versions, newest first: a file may cite one of them (requirement S18). */
  earlier: readonly ConstitutionContent[]
  /** Slug of the agent's department in the console; null where there is none, as in `chancery lint`. */
  department: string | null
}

/** When a rule is applied: to the text, to a run, or by a person in a review (requirement S42). */
export const RULE_MOMENTS = ['definition', 'run', 'review'] as const
export type RuleMoment = (typeof RULE_MOMENTS)[number]
/** `attested` is never shown as a green tick: a person vouches for it. */
export const RULE_KINDS = ['automatic', 'attested'] as const
export type RuleKind = (typeof RULE_KINDS)[number]

/** The page of a rule. `passes` and `fails` are whole definitions; a test checks that they do. */
export type RulePage = {
  what: string
  why: string
  passes: string
  fails: string
  fix: string
}
/** The same for a rule between files: the files of a small catalog. */
export type CatalogRulePage = Omit<RulePage, 'passes' | 'fails'> & {
  passes: readonly string[]
  fails: readonly string[]
}

/** One check: what it is called, why it exists, and the pure function. */
export type Rule = {
  id: string
  /** The worst severity it reports. */
  severity: FindingSeverity
  principle?: string
  /** One sentence for the constitution page. */
  title: string
  moment: RuleMoment
  kind: RuleKind
  page: RulePage
  check: (definition: DefinitionContent, context: RuleContext) => Finding[]
}

/** An agent as the rules between files see it. */
export type CatalogAgent = {
  slug: string
  department: string
  /** Retired agents are not in the catalog that rules see. */
  state: string
  definition: DefinitionContent
  /** What the agent said before, oldest first, without what it says now (drift D7). */
  past?: readonly DefinitionContent[]
}
export type CatalogFinding = { slug: string; finding: Finding }

/** A check between files: names, routes, collaboration, combined capabilities (requirements S10, S64, F40). */
export type CatalogRule = Omit<Rule, 'check' | 'page'> & {
  page: CatalogRulePage
  check: (
    agents: readonly CatalogAgent[],
    context: Omit<RuleContext, 'department'>,
  ) => CatalogFinding[]
}

export const CONSTITUTION_DRAFT_STATES = ['open', 'proposed', 'published', 'discarded'] as const
export const WAIVER_STATES = ['requested', 'approved', 'rejected', 'withdrawn', 'revoked'] as const
export type WaiverState = (typeof WAIVER_STATES)[number]
/** A waiver lasts at most this many days from the day it is asked for. */
export const MAX_WAIVER_DAYS = 30

/** One version of the constitution with what identifies it: what every verdict is pinned to. */
export type Rulebook = {
  content: ConstitutionContent
  /** SHA-256 of the exact bytes of its document. */
  hash: string
  /** 0 for the one that ships with the product, then 1, 2, 3 … */
  ordinal: number
  earlier: readonly ConstitutionContent[]
}

/** Who must agree to what under a rulebook; decisions are bound to the version. */
export function approvalRules(rulebook: Rulebook): {
  approvals: readonly ApprovalRuleFact[]
  version: number
} {
  return { approvals: rulebook.content.approvals, version: rulebook.ordinal + 1 }
}

/** A changed definition as approval rules see it. `before` is null for a first version. */
export function proposalFacts(changed: {
  before: DefinitionContent | null
  after: DefinitionContent
  change: CapabilityChange
  department: string | null
}): ItemFacts {
  const { before, after, change, department } = changed
  return {
    kind: 'proposal',
    risk: change.tierAfter,
    change: before === null ? 'first' : change.direction,
    department,
    adds: change.rows.filter((row) => row.direction === 'widens').map((row) => row.name),
    fields: touchedFields(before, after),
    gate: null,
    loosens: false,
  }
}

/** What the rules may know under a rulebook about an agent of a department (its slug, or null). */
export function contextOf(rulebook: Rulebook, department: string | null): RuleContext {
  return { constitution: rulebook.content, earlier: rulebook.earlier, department }
}

export const PRINCIPLE_GROUPS = ['immutable', 'quality', 'workflow'] as const
export type PrincipleGroup = (typeof PRINCIPLE_GROUPS)[number]
/** Keyed by slug: numbers move between versions of a constitution (requirement S40). */
export type Principle = {
  slug: string
  title: string
  group: PrincipleGroup
  critical: boolean
  /** How bad it is when an agent does not state it. */
  severity: FindingSeverity
  text: string
}

export const POLICY_VERDICTS = ['allowed', 'conditional', 'forbidden'] as const
export type PolicyVerdict = (typeof POLICY_VERDICTS)[number]
/** What agents of a department may hold, by tool name; a tool that is not listed is conditional. */
export type DepartmentPolicy = {
  /** Slug. */
  department: string
  title: string
  tools: Record<string, PolicyVerdict>
  mcp: PolicyVerdict
  /** MCP servers, or single tools as `server/tool`, that need no further reason. */
  mcpServers: string[]
  /** Values that role type and interaction level may have; empty means any (requirement S30). */
  roleTypes: string[]
  levels: string[]
}

export const MODEL_USES = ['default', 'allowed', 'reason', 'forbidden'] as const
/** `default` needs no reason, `reason` needs one in the text (requirement S56). */
export type ModelUse = (typeof MODEL_USES)[number]
/** `name` is an alias or a full id; a `*` at its end stands for any ending. */
export type ModelFact = { name: string; title: string; risk: RiskTier; use: ModelUse }

/** An MCP server that is configured, and the tools it offers; null when they are not known. */
export type McpServerFact = {
  name: string
  class: ToolClass
  risk: RiskTier
  meaning: string
  tools: ToolFact[] | null
}

/** Which agents a subject belongs to, and the words by which requests are routed (requirement S26). */
export type TriggerDomain = { name: string; title: string; agents: string[]; keywords: string[] }

/** Months between reviews by risk tier, and days of grace before an agent is suspended. */
export type ReviewCadence = { months: Record<RiskTier, number>; graceDays: number }

/** The content of one constitution version, read from its document (lib/constitution/document.ts). */
export type ConstitutionContent = {
  label: string
  title: string
  principles: Principle[]
  departments: DepartmentPolicy[]
  tools: ToolFact[]
  models: ModelFact[]
  /** Null when the team keeps no list: then no server is reported as unknown. */
  mcpServers: McpServerFact[] | null
  domains: TriggerDomain[]
  requiredSections: string[]
  /**
   * Phrases that say nothing, compared without case: a section of only these counts as filler.
   * `<department>` in one stands for the name of any department.
   */
  fillers: string[]
  reviews: ReviewCadence
  /** Who must agree to what. */
  approvals: ApprovalRuleFact[]
}

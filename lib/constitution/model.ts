import type {
  DefinitionContent,
  RiskTier,
  Splice,
  TextRange,
  ToolFact,
} from '@/lib/definition/model'

/**
 * Version of the rules in `rules/`. A stored verdict carries it next to the digest and the
 * constitution's hash; raise it whenever the same input may give other findings.
 */
export const CHECKER_VERSION = '1.0.0'

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
}

/** What the checker may know besides the definition. Same context, same findings. */
export type RuleContext = {
  knownTools: readonly ToolFact[]
  /** Aliases and full ids that a definition may name as its model. */
  knownModels: readonly string[]
  /** Names of MCP servers that are configured; null when the team keeps no list. */
  knownMcpServers: readonly string[] | null
  /** Slugs of agents: an agent is no approver. */
  agentSlugs: readonly string[]
  /** Headings that may not stand empty, compared without case and punctuation. */
  requiredSections: readonly string[]
}

/** One check: what it is called, why it exists, and the pure function. */
export type Rule = {
  id: string
  /** The worst severity it reports. */
  severity: FindingSeverity
  principle?: string
  /** One sentence for the constitution page. */
  title: string
  check: (definition: DefinitionContent, context: RuleContext) => Finding[]
}

export const PRINCIPLE_GROUPS = ['immutable', 'quality', 'workflow'] as const
export type PrincipleGroup = (typeof PRINCIPLE_GROUPS)[number]
/** Keyed by slug: numbers move between versions of a constitution (requirement S40). */
export type Principle = {
  slug: string
  title: string
  group: PrincipleGroup
  critical: boolean
  text: string
}

export const POLICY_VERDICTS = ['allowed', 'conditional', 'forbidden'] as const
export type PolicyVerdict = (typeof POLICY_VERDICTS)[number]
/** What agents of a department may hold, by tool name; a tool that is not listed is conditional. */
export type DepartmentPolicy = {
  department: string
  title: string
  tools: Record<string, PolicyVerdict>
  mcp: PolicyVerdict
}

export type ModelFact = { name: string; title: string; risk: RiskTier }

/** The content of one constitution version; its hash is over its canonical JSON (RFC 8785). */
export type ConstitutionContent = {
  label: string
  principles: Principle[]
  departments: DepartmentPolicy[]
  tools: ToolFact[]
  models: ModelFact[]
  requiredSections: string[]
}

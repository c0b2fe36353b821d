import type { TextRange, ToolEntry } from '../model'

/**
 * What a body says about its own governance. Every claim has the line on which it stands. What the
 * body does not say is null or empty, never guessed; a list is null where its section is missing,
 * and has no items where the section says nothing.
 */

export type ClaimedText = { text: string; line: number }
/** The items of one section: list items, or its paragraphs where it has no list. */
export type ClaimedList = { items: ClaimedText[]; range: TextRange; line: number }
export type ClaimedNames = { names: string[]; entries: ToolEntry[]; range: TextRange }
/** `mcp__server__tool`; `tool` is null where the whole server is meant. */
export type McpGrant = { name: string; server: string; tool: string | null; line: number }
export type ClaimedMcp = ClaimedNames & { grants: McpGrant[] }
export type HistoryRow = {
  version: string
  date: string
  change: string
  approvedBy: string
  line: number
}
/** "v1.5.0 (14 Principles)": `version` "1.5.0", `principles` 14. */
export type ClaimedConstitution = ClaimedText & {
  version: string | null
  principles: number | null
}
/** `- **API design**: REST, gRPC` (requirement S9). */
export type Competency = { area: string; items: string[]; line: number }
/** `critical`: the word CRITICAL stands in it. */
export type Mandate = ClaimedText & { critical: boolean }
export type Principle = {
  /** As written, "VI"; null where the entry has none. */
  numeral: string | null
  /** The numeral counted, or the number written; null where neither is there. */
  number: number | null
  title: string
  /** Principles are known by this, not by their number (S40). */
  slug: string
  text: string
  /** The word CRITICAL stands in the entry (S39). */
  critical: boolean
  /** The label above the entry, without its colon: "Core Immutable Principles (I-III)". */
  group: string | null
  line: number
}
export type ClaimedPrinciples = {
  /** What the heading says of the constitution, e.g. "v1.5.0 - 14 Principles"; null if nothing. */
  label: ClaimedConstitution | null
  items: Principle[]
  range: TextRange
  line: number
}
export const MEMORY_KINDS = [
  'base',
  'context',
  'knowledge',
  'decisions',
  'performance',
  'shared',
  'other',
] as const
/** `code`: written between backticks. */
export type MemoryPath = {
  kind: (typeof MEMORY_KINDS)[number]
  label: string
  path: string
  code: boolean
  line: number
}
/** A document that the body refers to: `- **Primary Authority**: \`a/b.md\``. */
export type Authority = { label: string; path: string; line: number }
/** Upstream or downstream (S63, S64). `assurance` is the validation, or the guarantee. */
export type Handoff = {
  party: ClaimedText | null
  format: ClaimedText | null
  assurance: ClaimedText | null
  range: TextRange
  line: number
}
/**
 * One level of escalation (S68). `recipients` are people or roles that are named; "the user" names
 * nobody. `channel` and `timeLimit` as written.
 */
export type EscalationLevel = {
  level: string
  action: string
  recipients: string[]
  channel: string | null
  timeLimit: string | null
  line: number
}
/** "Simple queries: < 2s": comparator "<", value 2, unit "s". The three are null where unclear. */
export type Target = ClaimedText & {
  label: string
  comparator: '<' | '<=' | '>' | '>=' | '=' | null
  value: number | null
  unit: string | null
}
export type AuditClaim = {
  /** "All operations must log:" */
  scope: ClaimedText | null
  fields: ClaimedText[]
  range: TextRange
  line: number
}
/** A place of the body that names models: "Use Sonnet 4.5 by default". */
export type ModelStatement = ClaimedText & { models: string[] }

export type Claims = {
  title: ClaimedText | null
  persona: ClaimedText | null
  competencies: Competency[]
  authorities: Authority[]
  mandates: Mandate[]
  automaticTriggers: ClaimedList | null
  manualInvocation: ClaimedList | null
  department: ClaimedText | null
  roleType: ClaimedText | null
  interactionLevel: ClaimedText | null
  memory: MemoryPath[]
  principles: ClaimedPrinciples | null
  departmentGuidelines: ClaimedList | null
  authorisedTools: ClaimedNames | null
  mcpAccess: ClaimedMcp | null
  restrictedOperations: ClaimedText[]
  upstream: Handoff | null
  downstream: Handoff | null
  domainExpertise: ClaimedList | null
  technicalSpecifications: ClaimedList | null
  bestPractices: ClaimedList | null
  knownLimitations: ClaimedList | null
  escalation: EscalationLevel[]
  responseTargets: Target[]
  qualityTargets: Target[]
  audit: AuditClaim | null
  historyRows: HistoryRow[]
  constitutionLabel: ClaimedConstitution | null
  reviewSchedule: ClaimedText | null
  lastReview: ClaimedText | null
  nextReview: ClaimedText | null
  modelStatements: ModelStatement[]
  footer: {
    version: ClaimedText | null
    created: ClaimedText | null
    lastModified: ClaimedText | null
  } | null
}

export const NO_CLAIMS: Claims = {
  title: null,
  persona: null,
  competencies: [],
  authorities: [],
  mandates: [],
  automaticTriggers: null,
  manualInvocation: null,
  department: null,
  roleType: null,
  interactionLevel: null,
  memory: [],
  principles: null,
  departmentGuidelines: null,
  authorisedTools: null,
  mcpAccess: null,
  restrictedOperations: [],
  upstream: null,
  downstream: null,
  domainExpertise: null,
  technicalSpecifications: null,
  bestPractices: null,
  knownLimitations: null,
  escalation: [],
  responseTargets: [],
  qualityTargets: [],
  audit: null,
  historyRows: [],
  constitutionLabel: null,
  reviewSchedule: null,
  lastReview: null,
  nextReview: null,
  modelStatements: [],
  footer: null,
}

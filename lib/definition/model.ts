import type { Digest } from '@/lib/core/digest'
import type { Claims } from './claims/model'

export type { ClaimedList, ClaimedText, Claims, HistoryRow } from './claims/model'

/**
 * The shapes of a definition. Everything here is plain JSON, derived from bytes, and can be thrown
 * away and rebuilt. Offsets are UTF-16 indices into `text`; lines count from 1.
 */

export const DEFINITION_FORMATS = [
  'claude',
  'copilot',
  'opencode',
  'opencode-json',
  'gemini',
  'codex-toml',
  'cursor',
  'kiro',
  'unknown',
] as const
export type DefinitionFormat = (typeof DEFINITION_FORMATS)[number]

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue }

/** `text.slice(start, end)`; `line` and `endLine` are the lines of its first and last character. */
export type TextRange = { start: number; end: number; line: number; endLine: number }

export type LineEnding = 'lf' | 'crlf' | 'cr' | 'mixed' | 'none'

/** What the tool that loads the file will do with it (formats.md section 4). */
export const FATE_KINDS = [
  'loads',
  'loads-after-repair',
  'dropped',
  'no-frontmatter',
  'other-tool',
] as const
export type FateKind = (typeof FATE_KINDS)[number]
export type Fate = { kind: FateKind; sentence: string }

export const DIAGNOSTIC_CODES = [
  'too-large',
  'empty',
  'not-utf-8',
  'bom',
  'crlf',
  'mixed-line-endings',
  'lone-cr',
  'no-final-newline',
  'frontmatter-none',
  'frontmatter-leading-blank',
  'frontmatter-indented',
  'frontmatter-in-code-fence',
  'frontmatter-opening-missing',
  'frontmatter-closing-missing',
  'frontmatter-long-fence',
  'frontmatter-only-comments',
  'frontmatter-not-a-map',
  'frontmatter-too-large',
  'frontmatter-too-deep',
  'frontmatter-too-many-keys',
  'yaml-alias',
  'yaml-forbidden-key',
  'yaml-duplicate-key',
  'yaml-invalid',
  'json-invalid',
  'toml-invalid',
  'tools-invalid',
  'body-too-nested',
  'code-fence-unclosed',
] as const
export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number]
/** `message` is a sentence for a person; `range` is null when the whole file is meant. */
export type Diagnostic = { code: DiagnosticCode; message: string; range: TextRange | null }

/** How a value is written; `recovered` was read line by line from YAML that does not parse. */
export type FieldStyle =
  | 'plain'
  | 'single'
  | 'double'
  | 'literal'
  | 'folded'
  | 'flow-seq'
  | 'flow-map'
  | 'block-seq'
  | 'block-map'
  | 'null'
  | 'json'
  | 'toml'
  | 'recovered'
export type Field = {
  key: string
  value: JsonValue
  /** The value with its quotes; for an empty value a zero-width range after the colon. */
  range: TextRange
  keyRange: TextRange
  style: FieldStyle
}

export type ToolsForm =
  | 'absent'
  | 'comma'
  | 'flow'
  | 'block'
  | 'single'
  | 'map'
  | 'true'
  | 'empty'
  | 'invalid'
export type ToolEntry = { name: string; range: TextRange }
export type ToolList = {
  form: ToolsForm
  /** Granted names in the order of the file, duplicates kept. */
  names: string[]
  /** The same names with their place. */
  entries: ToolEntry[]
  /** Names the file takes away: `disallowedTools`, and `false` in a map. */
  denied: ToolEntry[]
  /** True when what is not named is granted too: no `tools`, `tools: true`, `*`. */
  inheritsAll: boolean
}

export type Section = {
  depth: number
  /** Heading text without markup. */
  title: string
  /** From the heading to the next heading of the same or a higher level. */
  range: TextRange
  /** `range` without the heading itself; what `replaceSection` replaces. */
  contentRange: TextRange
  line: number
  /** Only blanks, comments or placeholders, here and in every sub-section (requirement S24). */
  empty: boolean
}

/** Everything that can be read from the bytes without hashing them: usable in a browser. */
export type DefinitionContent = {
  /** Bytes. */
  size: number
  path: string | null
  format: DefinitionFormat
  encoding: 'utf-8' | 'not-utf-8'
  /**
   * The bytes decoded exactly (a byte order mark stays as U+FEFF), so that encoding it again gives
   * the same bytes; the Latin-1 view when the bytes are not UTF-8.
   */
  text: string
  bom: boolean
  eol: LineEnding
  finalNewline: boolean
  fate: Fate
  diagnostics: Diagnostic[]
  /** The block with its fences, and what lies between them; null when there is none. */
  frontmatter: { range: TextRange; contentRange: TextRange; valid: boolean } | null
  fields: Field[]
  name: string | null
  description: string | null
  model: string | null
  tools: ToolList
  body: { range: TextRange }
  sections: Section[]
  claims: Claims
}
export type Definition = DefinitionContent & { digest: Digest }

/** A text change: put `text` in place of `start..end`. */
export type Splice = { start: number; end: number; text: string }
export type EditResult = { ok: true; bytes: Uint8Array } | { ok: false; reason: string }

export const RISK_TIERS = ['low', 'medium', 'high', 'critical'] as const
export type RiskTier = (typeof RISK_TIERS)[number]

export const TOOL_CLASSES = [
  'read',
  'write',
  'execute',
  'outbound',
  'delegate',
  'unclassified',
] as const
export type ToolClass = (typeof TOOL_CLASSES)[number]
/** One tool of a catalog. `meaning` completes "The agent …" ("runs shell commands"). */
export type ToolFact = { name: string; class: ToolClass; risk: RiskTier; meaning: string }

export type CapabilityTool = {
  /** As written, e.g. `Bash(git:*)`. */
  name: string
  /** The name without its pattern, e.g. `Bash`; for MCP the server or `server/tool`. */
  base: string
  class: ToolClass
  risk: RiskTier
  meaning: string
  /** Line of the file that grants it. */
  line: number
}
export type Capabilities = {
  tools: CapabilityTool[]
  denied: string[]
  inheritsAll: boolean
  model: string | null
  permissionMode: string | null
  mcpServers: string[]
  /** Sub-agents it may start: names, or `*` for any. */
  subAgents: string[]
  hooks: string[]
  skills: string[]
}
export type Risk = { tier: RiskTier; reason: string }

export type ChangeDirection = 'widening' | 'narrowing' | 'mixed' | 'prose' | 'none'
export type CapabilityRow = {
  op: '+' | '-' | '~'
  name: string
  direction: 'widens' | 'narrows' | 'neutral'
  meaning: string
  risk: RiskTier
  before?: string
  after?: string
}
export type VersionBump = 'major' | 'minor' | 'patch'
export type CapabilityChange = {
  direction: ChangeDirection
  rows: CapabilityRow[]
  /** Null when there is nothing before. */
  tierBefore: RiskTier | null
  tierAfter: RiskTier
  /** The description changed: hosts pick agents by it (requirement S4). */
  routingChanged: boolean
  bump: VersionBump
  /** "Gains a shell and reads the open web." */
  sentence: string
  /** Starts with the effect: "Adds Bash to backend-architect". */
  title: string
}

export type DiffLine = {
  kind: 'same' | 'removed' | 'added'
  /** Without its line ending. */
  text: string
  ending: '\n' | '\r\n' | '\r' | ''
  beforeLine: number | null
  afterLine: number | null
  /** Changed words inside the line: [start, end) offsets into `text`. */
  marks: [number, number][]
}
export type DiffHunk = {
  /** Unchanged lines folded away before this hunk. */
  foldBefore: number
  lines: DiffLine[]
}
export type TextDiff = {
  /** False when the texts were too different to align: one hunk, all removed, all added. */
  aligned: boolean
  hunks: DiffHunk[]
  /** Unchanged lines after the last hunk. */
  foldAfter: number
  added: number
  removed: number
}

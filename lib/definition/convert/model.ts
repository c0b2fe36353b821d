import type { DefinitionContent, JsonValue } from '../model'

/** Formats that a definition can be written in. Kiro and Cursor rules are read only. */
export const CONVERT_TARGETS = [
  'claude',
  'copilot',
  'opencode',
  'codex-toml',
  'gemini',
  'cursor',
] as const
export type ConvertTarget = (typeof CONVERT_TARGETS)[number]

/** Worst first: what may do more than before comes before what is merely missing. */
export const LOSS_SEVERITIES = ['widened', 'lost', 'narrowed', 'renamed', 'restored'] as const
export type LossSeverity = (typeof LOSS_SEVERITIES)[number]
/** One thing that the converted file says otherwise. `after` null: it says nothing of it. */
export type Loss = {
  field: string
  severity: LossSeverity
  before: string
  after: string | null
  sentence: string
}

export type Conversion =
  | { ok: true; bytes: Uint8Array; folder: string; fileName: string; losses: Loss[] }
  | { ok: false; reason: string }

/** A part of an agent that some formats have and others do not. */
export type Extras = {
  effort: string | null
  temperature: number | null
  mcpServers: { [name: string]: JsonValue } | null
  /** Servers that are named but described elsewhere. */
  mcpNames: string[]
  permissionMode: string | null
  maxTurns: number | null
  hooks: JsonValue
  skills: string[]
  memory: string | null
  color: string | null
  background: boolean
  /** The whole agent is confined, where there is no list of tools (Codex, Cursor). */
  confinement: 'read-only' | 'workspace-write' | null
  disabled: boolean
}

/** An agent in no format. Tools have the names of Claude Code; MCP tools are `mcp__server__tool`. */
export type Agent = Extras & {
  name: string | null
  description: string | null
  instructions: string
  /** Null: whatever the session has. */
  tools: string[] | null
  denied: string[]
  model: string | null
}

export type Written = {
  fields: [string, JsonValue][]
  folder: string
  fileName: string
}
export type Report = (loss: Loss) => void

/** One format: how an agent is read from it, and written in it. */
export type Format = {
  label: string
  /** Parts of an agent that `write` can say. */
  holds: readonly (keyof Extras)[]
  /** Keys that `read` understands; the others come back by the note that a conversion leaves. */
  keys: readonly string[]
  read: (definition: DefinitionContent, report: Report) => Agent
  write: (agent: Agent, report: Report) => Written
}

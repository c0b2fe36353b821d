import { capabilitiesOf, isDenied, isMcp, mcpParts } from './capabilities'
import type {
  Capabilities,
  CapabilityRow,
  CapabilityTool,
  DefinitionContent,
  JsonValue,
  RiskTier,
} from './model'
import { patternOf, splitNames } from './names'
import { TOOL_CATALOG, toolFact } from './tool-catalog'

/** One definition as it is compared. */
type Side = { definition: DefinitionContent | null; capabilities: Capabilities }
type Direction = CapabilityRow['direction']

const NOTHING: Capabilities = {
  tools: [],
  denied: [],
  inheritsAll: false,
  model: null,
  permissionMode: null,
  mcpServers: [],
  subAgents: [],
  hooks: [],
  skills: [],
}

export function sideOf(definition: DefinitionContent | null): Side {
  return { definition, capabilities: definition ? capabilitiesOf(definition) : NOTHING }
}

/**
 * Every difference in what the two sides let an agent do. Swapping the sides swaps `widens` and
 * `narrows` in every row but those of hooks, which widen both ways (F17). A value that is replaced by another of unknown power (a hook's command,
 * an MCP server's address) is both: the old one goes, a new one comes.
 */
export function rowsBetween(old: Side, now: Side): CapabilityRow[] {
  return [
    ...inheritanceRows(old.capabilities, now.capabilities),
    ...toolRows(old.capabilities, now.capabilities),
    ...deniedRows(old.capabilities, now.capabilities),
    ...modeRows(old.capabilities.permissionMode, now.capabilities.permissionMode),
    ...entryRows(serversOf(old), serversOf(now), {
      ...{ label: 'MCP server', risk: 'high' },
      meaning: (name) => `reaches MCP server ${name}`,
    }),
    ...entryRows(entriesOf(old, 'hooks'), entriesOf(now, 'hooks'), {
      ...{ label: 'hook', risk: 'high' },
      meaning: (name) => `runs commands on ${name}`,
    }).map(withoutHook),
    ...entryRows(entriesOf(old, 'skills'), entriesOf(now, 'skills'), {
      ...{ label: 'skill', risk: 'medium' },
      meaning: (name) => `follows skill ${name}`,
    }),
    ...entryRows(autoApproved(old), autoApproved(now), {
      ...{ label: 'auto-approved', risk: 'high' },
      meaning: (name) => `uses ${name} without asking`,
    }),
    ...entryRows(entriesOf(old, 'memory'), entriesOf(now, 'memory'), {
      ...{ label: 'memory', risk: 'medium' },
      meaning: (name) => `keeps notes between sessions (${name})`,
    }),
    ...proactiveRows(old, now),
    ...valueRows(old, now),
  ]
}

/** A hook runs commands, and it may check or stop what the agent does: without it, it may do more. */
function withoutHook(row: CapabilityRow): CapabilityRow {
  if (row.op !== '-') return row
  return { ...row, direction: 'widens', meaning: `works without its ${row.name}` }
}

function inheritanceRows(old: Capabilities, now: Capabilities): CapabilityRow[] {
  if (old.inheritsAll === now.inheritsAll) return []
  const widens = now.inheritsAll
  return [
    {
      op: widens ? '+' : '-',
      name: 'all tools',
      direction: widens ? 'widens' : 'narrows',
      meaning: 'inherits every tool of the session',
      risk: 'critical',
    },
  ]
}

/** Grants by what they cover: `Bash` covers `Bash(git:*)`, an MCP server covers each of its tools. */
function toolRows(old: Capabilities, now: Capabilities): CapabilityRow[] {
  const added = now.tools.filter((tool) => !old.tools.some((had) => covers(had, tool)))
  const removed = old.tools.filter((tool) => !now.tools.some((has) => covers(has, tool)))
  return [
    ...added.map((tool) => {
      const had = old.tools.filter((each) => covers(tool, each))
      const known = old.inheritsAll && !old.denied.includes(tool.name)
      return toolRow(tool, had, known ? 'neutral' : 'widens')
    }),
    ...removed.map((tool) => {
      const left = now.tools.filter((each) => covers(tool, each))
      const kept = now.inheritsAll && !now.denied.includes(tool.name)
      return toolRow(tool, left, kept ? 'neutral' : 'narrows', 'removed')
    }),
  ]
}

function toolRow(
  tool: CapabilityTool,
  related: readonly CapabilityTool[],
  direction: Direction,
  removed?: 'removed',
): CapabilityRow {
  const { name, meaning, risk } = tool
  const others = related.map((each) => each.name).join(', ')
  if (others === '') return { op: removed ? '-' : '+', name, direction, meaning, risk }
  const change = removed ? { before: name, after: others } : { before: others, after: name }
  return { op: '~', name, direction, meaning, risk, ...change }
}

function covers(wide: CapabilityTool, narrow: CapabilityTool): boolean {
  if (wide.name === narrow.name) return true
  if (isMcp(wide.name) && isMcp(narrow.name)) {
    const [a, b] = [mcpParts(wide.name), mcpParts(narrow.name)]
    return a.server === b.server && (a.tool === null || a.tool === b.tool)
  }
  if (starter(wide.base) !== starter(narrow.base)) return false
  const [all, some] = [patternOf(wide.name), patternOf(narrow.name)]
  if (all === null) return true
  if (some === null || starter(wide.base) !== 'Agent') return false
  const allowed = splitNames(all).map(({ name }) => name)
  return splitNames(some).every(({ name }) => allowed.includes(name))
}

/** `Task` is the earlier spelling of `Agent`. */
function starter(base: string): string {
  return base === 'Task' ? 'Agent' : base
}

/**
 * Denials take away from what is inherited. Beside a list they stand in the way of what it may be
 * granted later, and a denial that falls widens there too (F17).
 */
function deniedRows(old: Capabilities, now: Capabilities): CapabilityRow[] {
  if (old.inheritsAll !== now.inheritsAll) return []
  const named = (tools: readonly CapabilityTool[], name: string) =>
    tools.some((tool) => isDenied(tool.name, [name]))
  return [
    ...old.denied
      .filter((name) => !now.denied.includes(name) && !named(now.tools, name))
      .map((name) => deniedRow('+', name, old.inheritsAll)),
    ...now.denied
      .filter((name) => !old.denied.includes(name) && !named(old.tools, name))
      .map((name) => deniedRow('-', name, old.inheritsAll)),
  ]
}

function deniedRow(op: '+' | '-', name: string, inherits: boolean): CapabilityRow {
  const fact = toolFact(name, 'claude', TOOL_CATALOG)
  const direction = op === '+' ? 'widens' : 'narrows'
  const risk = fact?.risk ?? 'critical'
  if (inherits) return { op, name, direction, meaning: fact?.meaning ?? `uses ${name}`, risk }
  const turned = op === '+' ? '-' : '+'
  const meaning = `may be granted ${name}`
  return { op: turned, name: `denial of ${name}`, direction, meaning, risk }
}

/** How much is done without asking; a mode that nobody knows is taken for the most open one. */
const OPENNESS: Record<string, number> = {
  'read-only': 0,
  plan: 0,
  dontAsk: 1,
  default: 2,
  acceptEdits: 3,
  'workspace-write': 3,
  auto: 4,
  bypassPermissions: 5,
  'danger-full-access': 5,
}

function modeRows(before: string | null, after: string | null): CapabilityRow[] {
  if (before === after) return []
  const level = (mode: string | null) => OPENNESS[mode ?? 'default'] ?? 5
  const step = level(after) - level(before)
  const open = Math.max(level(after), level(before))
  const risk: RiskTier = open >= 5 ? 'critical' : open === 4 ? 'high' : 'medium'
  return [
    {
      op: '~',
      name: 'permission mode',
      direction: step > 0 ? 'widens' : step < 0 ? 'narrows' : 'neutral',
      meaning: `works in permission mode ${after ?? 'default'}`,
      risk,
      before: before ?? 'default',
      after: after ?? 'default',
    },
  ]
}

type Entries = ReadonlyMap<string, string>
type EntryKind = { label: string; risk: RiskTier; meaning: (name: string) => string }

function entryRows(old: Entries, now: Entries, kind: EntryKind): CapabilityRow[] {
  const row = (op: '+' | '-', name: string): CapabilityRow => ({
    op,
    name: `${kind.label} ${name}`,
    direction: op === '+' ? 'widens' : 'narrows',
    meaning: kind.meaning(name),
    risk: kind.risk,
  })
  return [
    ...[...now].filter(([name, as]) => old.get(name) !== as).map(([name]) => row('+', name)),
    ...[...old].filter(([name, as]) => now.get(name) !== as).map(([name]) => row('-', name)),
  ]
}

/** Names of a field with what stands behind them, so that a changed command is a change. */
function entriesOf({ definition }: Side, key: string): Entries {
  return named(definition?.fields.find((field) => field.key === key)?.value ?? null)
}

function named(value: JsonValue): Entries {
  if (typeof value === 'string') return new Map(splitNames(value).map(({ name }) => [name, '']))
  if (Array.isArray(value)) return new Map(value.flatMap((item) => [...named(item)]))
  if (value === null || typeof value !== 'object') return new Map()
  return new Map(Object.entries(value).map(([name, as]) => [name, JSON.stringify(as)]))
}

function serversOf(side: Side): Entries {
  const keys = ['mcpServers', 'mcp-servers', 'mcp_servers']
  return new Map(keys.flatMap((key) => [...entriesOf(side, key)]))
}

/** Kiro approves these without asking; OpenCode says it per tool. */
function autoApproved(side: Side): Entries {
  const format = side.definition?.format
  if (format === 'kiro') return entriesOf(side, 'allowedTools')
  return format === 'opencode' ? entriesOf(side, 'permission') : new Map()
}

/** "PROACTIVELY" lets the host use it unasked (S3): more power where it can do harm. */
function proactiveRows(old: Side, now: Side): CapabilityRow[] {
  const [was, is] = [isProactive(old), isProactive(now)]
  if (was === is) return []
  const risky = [old, now].some(({ capabilities }) => canHarm(capabilities))
  const direction = !risky ? 'neutral' : is ? 'widens' : 'narrows'
  const risk = risky ? 'high' : 'low'
  const meaning = 'may be used without being asked for'
  return [{ op: is ? '+' : '-', name: 'proactive use', direction, meaning, risk }]
}

function isProactive({ definition }: Side): boolean {
  return /\bPROACTIVELY\b/.test(definition?.description ?? '')
}

function canHarm({ inheritsAll, tools }: Capabilities): boolean {
  return inheritsAll || tools.some((tool) => tool.risk !== 'low')
}

const BEHAVIOUR = ['effort', 'maxTurns', 'background', 'isolation', 'initialPrompt'] as const

/** Another model, or another setting, is other behaviour, not more power. */
function valueRows(old: Side, now: Side): CapabilityRow[] {
  const valueOfField = ({ definition }: Side, key: string) => {
    const value = definition?.fields.find((field) => field.key === key)?.value ?? null
    return value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)
  }
  const pairs = BEHAVIOUR.map(
    (key) => [key, valueOfField(old, key), valueOfField(now, key)] as const,
  )
  return [['model', old.capabilities.model, now.capabilities.model] as const, ...pairs].flatMap(
    ([name, before, after]): CapabilityRow[] => {
      if (before === after) return []
      return [
        {
          op: before === null ? '+' : after === null ? '-' : '~',
          name,
          direction: 'neutral',
          meaning: `${before ?? 'inherited'} → ${after ?? 'inherited'}`,
          risk: 'low',
          ...(before === null ? {} : { before }),
          ...(after === null ? {} : { after }),
        },
      ]
    },
  )
}

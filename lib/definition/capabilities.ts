import type {
  Capabilities,
  CapabilityTool,
  DefinitionContent,
  JsonValue,
  Risk,
  RiskTier,
  ToolEntry,
  ToolFact,
} from './model'
import { baseName, patternOf, splitNames } from './names'
import { TOOL_CATALOG, toolFact } from './tool-catalog'

const RANK: Record<RiskTier, number> = { low: 0, medium: 1, high: 2, critical: 3 }

/**
 * What the definition lets an agent do, each power with the line that grants it. Denied names are
 * taken away; a missing tool list inherits everything (requirement S5). `catalog` classifies names;
 * one that it does not know is unclassified and counts as critical.
 */
export function capabilitiesOf(
  definition: DefinitionContent,
  catalog: readonly ToolFact[] = TOOL_CATALOG,
): Capabilities {
  const { tools, format } = definition
  const denied = unique(tools.denied.map((entry) => entry.name))
  const sandbox = sandboxOf(definition)
  const granted = firstOfEach(tools.entries)
    .filter((entry) => entry.name !== '*' && !isDenied(entry.name, denied))
    .map((entry) => capability(entry, { format, catalog }))
  const mcp = granted
    .filter((each) => isMcp(each.name))
    .map((each) => each.base.split('/')[0] ?? '')
  return {
    tools: granted,
    denied,
    // Codex and Cursor have no tool list: where they are confined, the confinement is the grant.
    inheritsAll: tools.inheritsAll && sandbox === null,
    model: definition.model,
    permissionMode: sandbox ?? textOf(fieldValue(definition, 'permissionMode')),
    mcpServers: unique([
      ...['mcpServers', 'mcp-servers', 'mcp_servers'].flatMap((key) =>
        namesOf(fieldValue(definition, key)),
      ),
      ...mcp,
    ]),
    subAgents: subAgents(granted),
    hooks: namesOf(fieldValue(definition, 'hooks')),
    skills: namesOf(fieldValue(definition, 'skills')),
  }
}

/** A denial by name, of a tool whatever its pattern, or of a whole MCP server; a denial wins. */
export function isDenied(name: string, denied: readonly string[]): boolean {
  return denied.some((each) => {
    if (each === name || each === baseName(name)) return true
    if (!isMcp(each) || !isMcp(name)) return false
    const [all, one] = [mcpParts(each), mcpParts(name)]
    return all.server === one.server && all.tool === null
  })
}

type Naming = { format: DefinitionContent['format']; catalog: readonly ToolFact[] }

function capability({ name, range }: ToolEntry, { format, catalog }: Naming): CapabilityTool {
  const { line } = range
  const bare = baseName(name)
  if (isMcp(bare)) return mcpCapability(bare, line, catalog)
  const fact = toolFact(bare, format, catalog)
  if (!fact) {
    const meaning = 'does what nobody has classified'
    return { name, base: bare, class: 'unclassified', risk: 'critical', meaning, line }
  }
  const pattern = patternOf(name)
  const meaning = pattern === null ? fact.meaning : `${fact.meaning}, limited to ${pattern}`
  // `base` stays as written: the gate grants by it, and a synonym must not grant our own tool.
  return { name, base: bare, class: fact.class, risk: fact.risk, meaning, line }
}

/** `mcp__server__tool`, `mcp__server` and `mcp__server__*`; the last two are the whole server. */
function mcpCapability(name: string, line: number, catalog: readonly ToolFact[]): CapabilityTool {
  const { server, tool } = mcpParts(name)
  const base = tool === null ? server : `${server}/${tool}`
  const meaning =
    tool === null
      ? `calls every tool of MCP server ${server}`
      : `calls ${tool} of MCP server ${server}`
  const fact =
    catalog.find((each) => each.name === name) ??
    catalog.find((each) => each.name === `mcp__${server}`)
  const known = fact ?? { class: 'unclassified', risk: 'critical' }
  return { name, base, class: known.class, risk: known.risk, meaning, line }
}

/** Server and tool of an MCP grant; `tool` null for the whole server. */
export function mcpParts(name: string): { server: string; tool: string | null } {
  const [server = '', ...rest] = name.slice('mcp__'.length).split('__')
  const tool = rest.join('__')
  return { server, tool: tool === '' || tool === '*' ? null : tool }
}

export function isMcp(name: string): boolean {
  return name.startsWith('mcp__')
}

/** Codex confines by `sandbox_mode`, Cursor by `readonly`; null where neither is said. */
function sandboxOf(definition: DefinitionContent): string | null {
  if (definition.format === 'codex-toml') return textOf(fieldValue(definition, 'sandbox_mode'))
  const readonly = definition.format === 'cursor' && fieldValue(definition, 'readonly') === true
  return readonly ? 'read-only' : null
}

/** `Agent(x, y)` restricts whom it may start; a bare `Agent` or `Task` starts anybody. */
function subAgents(tools: readonly CapabilityTool[]): string[] {
  const starters = tools.filter((tool) => tool.base === 'Agent' || tool.base === 'Task')
  return unique(
    starters.flatMap((tool) => {
      const inside = patternOf(tool.name)
      return inside === null ? ['*'] : splitNames(inside).map(({ name }) => name)
    }),
  )
}

/** What a mode of the runner means for risk; a mode that is not here changes nothing. */
const MODE_RISK: Record<string, { tier: RiskTier; meaning: string }> = {
  bypassPermissions: { tier: 'critical', meaning: 'asks nobody' },
  'danger-full-access': { tier: 'critical', meaning: 'is not confined at all' },
  auto: { tier: 'high', meaning: 'a model answers instead of a person' },
  'workspace-write': { tier: 'high', meaning: 'runs commands in the workspace' },
  acceptEdits: { tier: 'medium', meaning: 'changes files without asking' },
  'read-only': { tier: 'low', meaning: 'writes nothing' },
}

/**
 * The tier of what it may do, and the power that made it ("from Bash"). The worst one counts; where
 * several are equally bad, the one that stands first in the file.
 */
export function riskOf(capabilities: Capabilities): Risk {
  const found: Risk[] = []
  const mode = MODE_RISK[capabilities.permissionMode ?? '']
  if (mode) {
    const reason = `from ${capabilities.permissionMode}: it ${mode.meaning}`
    found.push({ tier: mode.tier, reason: reason.replace('it a model', 'a model') })
  }
  if (capabilities.inheritsAll) {
    const but = capabilities.denied.length > 0 ? ' but those it denies' : ''
    found.push({ tier: 'critical', reason: `from inheriting every tool${but}` })
  }
  for (const { name, risk, class: kind } of capabilities.tools) {
    const what = kind === 'unclassified' ? `${name}, which nobody has classified` : name
    found.push({ tier: risk, reason: `from ${what}` })
  }
  // Servers of granted MCP tools are judged with the tools.
  const server = capabilities.mcpServers.find(
    (name) => !capabilities.tools.some((tool) => isMcp(tool.name) && tool.base.startsWith(name)),
  )
  if (server !== undefined) found.push({ tier: 'high', reason: `from MCP server ${server}` })
  const [hook] = capabilities.hooks
  if (hook !== undefined) found.push({ tier: 'high', reason: `from hooks (${hook})` })
  const worst = found.reduce<Risk | null>(
    (best, each) => (best === null || RANK[each.tier] > RANK[best.tier] ? each : best),
    null,
  )
  if (worst && worst.tier !== 'low') return worst
  return { tier: 'low', reason: 'reads, or writes nothing that stays' }
}

function fieldValue(definition: DefinitionContent, key: string): JsonValue {
  return definition.fields.find((field) => field.key === key)?.value ?? null
}

function textOf(value: JsonValue): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Names of a list, of a line of names, or the keys of a map. */
function namesOf(value: JsonValue): string[] {
  if (typeof value === 'string') return splitNames(value).map(({ name }) => name)
  if (Array.isArray(value)) return value.flatMap((item) => namesOf(item))
  return value !== null && typeof value === 'object' ? Object.keys(value) : []
}

function firstOfEach(entries: readonly ToolEntry[]): ToolEntry[] {
  return entries.filter((entry, at) => entries.findIndex((e) => e.name === entry.name) === at)
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '')
}

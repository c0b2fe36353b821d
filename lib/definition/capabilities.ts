import type {
  Capabilities,
  CapabilityTool,
  DefinitionContent,
  JsonValue,
  Risk,
  RiskTier,
} from './model'
import { toolFact } from './tool-catalog'

const RANK: Record<RiskTier, number> = { low: 0, medium: 1, high: 2, critical: 3 }

/**
 * What the definition lets an agent do, each power with the line that grants it. Denied names are
 * taken away; a missing tool list inherits everything (requirement S5).
 */
export function capabilitiesOf(definition: DefinitionContent): Capabilities {
  const { tools } = definition
  const denied = tools.denied.map((entry) => entry.name)
  const seen = new Set<string>()
  const granted = tools.entries
    .filter((entry) => entry.name !== '*' && !denied.includes(entry.name))
    .filter((entry) => !seen.has(entry.name) && seen.add(entry.name))
    .map((entry) => capability(entry.name, entry.range.line))
  const field = (key: string) => definition.fields.find((f) => f.key === key)?.value ?? null
  const mcp = granted
    .filter((tool) => tool.name.startsWith('mcp__'))
    .map((t) => t.base.split('/')[0])
  return {
    tools: granted,
    denied,
    inheritsAll: tools.inheritsAll,
    model: definition.model,
    permissionMode: textOf(field('permissionMode')),
    mcpServers: unique([
      ...namesOf(field('mcpServers')),
      ...mcp.filter((name) => name !== undefined),
    ]),
    subAgents: subAgents(granted),
    hooks: namesOf(field('hooks')),
    skills: namesOf(field('skills')),
  }
}

function capability(name: string, line: number): CapabilityTool {
  if (name.startsWith('mcp__')) {
    const [server = '', ...rest] = name.slice('mcp__'.length).split('__')
    const what = rest.join('__')
    return {
      name,
      base: what === '' || what === '*' ? server : `${server}/${what}`,
      class: 'outbound',
      risk: 'high',
      meaning:
        what === '' || what === '*'
          ? `calls every tool of ${server}`
          : `calls ${what} of ${server}`,
      line,
    }
  }
  const base = name.split('(')[0]?.trim() ?? name
  const fact = toolFact(base)
  if (!fact) {
    return { name, base, class: 'unclassified', risk: 'critical', meaning: 'is unclassified', line }
  }
  const pattern = name.slice(base.length).trim()
  const meaning = pattern === '' ? fact.meaning : `${fact.meaning}, limited to ${pattern}`
  return { name, base, class: fact.class, risk: fact.risk, meaning, line }
}

/** `Agent(x, y)` restricts whom it may start; a bare `Agent` or `Task` starts anybody. */
function subAgents(tools: readonly CapabilityTool[]): string[] {
  const starters = tools.filter((tool) => tool.base === 'Agent' || tool.base === 'Task')
  return unique(
    starters.flatMap((tool) => {
      const inside = /\(([^)]*)\)/.exec(tool.name)?.[1]
      return inside === undefined ? ['*'] : inside.split(',').map((name) => name.trim())
    }),
  )
}

const OPEN_MODES = ['bypassPermissions', 'dontAsk', 'auto']

/** The tier and the power that made it. What nobody classified counts as critical. */
export function riskOf(capabilities: Capabilities): Risk {
  if (OPEN_MODES.includes(capabilities.permissionMode ?? '')) {
    return { tier: 'critical', reason: `from permission mode ${capabilities.permissionMode}` }
  }
  const worst = [...capabilities.tools].sort((a, b) => RANK[b.risk] - RANK[a.risk])[0]
  if (worst?.risk === 'critical')
    return { tier: 'critical', reason: `from ${worst.name}, unclassified` }
  if (capabilities.inheritsAll) return { tier: 'critical', reason: 'from inheriting every tool' }
  if (capabilities.hooks.length > 0)
    return { tier: 'high', reason: 'from hooks, which run commands' }
  if (worst && RANK[worst.risk] >= RANK.medium)
    return { tier: worst.risk, reason: `from ${worst.name}` }
  if (capabilities.mcpServers.length > 0) {
    return { tier: 'high', reason: `from MCP server ${capabilities.mcpServers[0]}` }
  }
  return { tier: 'low', reason: 'reads, or writes nothing that stays' }
}

function textOf(value: JsonValue): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Names of a list, of a comma string, or of the keys of a map. */
function namesOf(value: JsonValue): string[] {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
  if (Array.isArray(value)) return value.flatMap((item) => namesOf(item))
  return value !== null && typeof value === 'object' ? Object.keys(value) : []
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

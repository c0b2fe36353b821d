import { capabilitiesOf, isDenied, isMcp, riskOf } from './capabilities'
import type { CapabilityTool, DefinitionContent, Risk, RiskTier, ToolFact } from './model'
import { baseName, patternOf } from './names'
import { TOOL_CATALOG, toolFact } from './tool-catalog'

/** What a power lets happen; the first three together let a stranger's text carry data away (F40). */
export const POWER_TAGS = [
  'reads-private',
  'untrusted-input',
  'reaches-out',
  'writes',
  'executes',
  'reaches-git',
] as const
export type PowerTag = (typeof POWER_TAGS)[number]

/** Why the agent has it, or why not. */
export type PowerSource =
  | 'explicit'
  | 'inherited'
  | 'denied'
  | 'mcp-inline'
  | 'mcp-name'
  | 'sub-agent'
  | 'hook'
  | 'skill'
  | 'setting'
export type Power = {
  name: string
  source: PowerSource
  /** False where a denial takes it away. */
  effective: boolean
  tags: PowerTag[]
  risk: RiskTier
  meaning: string
  /** Line of the file that says it; null where the file is silent (inherited). */
  line: number | null
}
export type Powers = {
  powers: Power[]
  /** Every tag with the names of the powers that carry it. */
  tags: { tag: PowerTag; from: string[] }[]
  /** One power for each of the three legs, where all three stand: how data could leave. */
  exfiltration: string[] | null
  risk: Risk
}

const ALL: PowerTag[] = [...POWER_TAGS]
const OUTSIDE: PowerTag[] = [
  'reads-private',
  'untrusted-input',
  'reaches-out',
  'writes',
  'executes',
]

/** Tags of tools by name where the class alone says too much or too little. */
const BY_NAME: Readonly<Record<string, PowerTag[]>> = {
  TodoWrite: [],
  TodoRead: [],
  TaskCreate: [],
  TaskGet: [],
  TaskList: [],
  TaskUpdate: [],
  EnterPlanMode: [],
  ExitPlanMode: [],
  AskUserQuestion: [],
  KillShell: [],
  KillBash: [],
  TaskStop: [],
  TeamDelete: [],
  BashOutput: ['reads-private', 'untrusted-input'],
  TaskOutput: ['reads-private', 'untrusted-input'],
  ListMcpResourcesTool: ['untrusted-input'],
  ReadMcpResourceTool: ['reads-private', 'untrusted-input'],
  WebFetch: ['untrusted-input', 'reaches-out'],
  WebSearch: ['untrusted-input', 'reaches-out'],
}
const BY_CLASS: Record<ToolFact['class'], PowerTag[]> = {
  read: ['reads-private'],
  write: ['writes'],
  execute: ALL,
  outbound: ['untrusted-input', 'reaches-out'],
  delegate: ALL,
  unclassified: OUTSIDE,
}
/** Commands that only show what is there; every other command may start another one. */
const LOOKS =
  /^(?:ls|cat|head|tail|wc|pwd|echo|date|tree|stat|file|du|df|diff|sort|uniq|cut|grep|rg)\b/

/**
 * What an agent has in the end and from where, declared and effective side by side (F4): tools that
 * are named, inherited or denied, servers, sub-agents, hooks, skills, memory and the mode. Where
 * nothing is known of a power it carries every tag, so that no risk is taken for smaller than it is.
 */
export function powersOf(
  definition: DefinitionContent,
  catalog: readonly ToolFact[] = TOOL_CATALOG,
): Powers {
  const capabilities = capabilitiesOf(definition, catalog)
  const powers = [
    ...capabilities.tools.map((tool) => toolPower(tool, definition)),
    ...deniedPowers(definition, catalog),
    ...(capabilities.inheritsAll ? inheritedPowers(definition, catalog) : []),
    ...serverPowers(definition),
    ...fieldPowers(definition),
  ]
  const effective = powers.filter((power) => power.effective)
  const tags = POWER_TAGS.map((tag) => ({
    tag,
    from: effective.filter((power) => power.tags.includes(tag)).map(({ name }) => name),
  })).filter(({ from }) => from.length > 0)
  const legs = (['reads-private', 'untrusted-input', 'reaches-out'] as const).map(
    (leg) => tags.find(({ tag }) => tag === leg)?.from[0],
  )
  const path = legs.filter((leg) => leg !== undefined)
  return {
    powers,
    tags,
    exfiltration: path.length === legs.length ? [...new Set(path)] : null,
    risk: riskOf(capabilities),
  }
}

function toolPower(tool: CapabilityTool, { format }: DefinitionContent): Power {
  const { name, risk, meaning, line } = tool
  const delegates = tool.class === 'delegate' && /^(?:Agent|Task)\b/.test(name)
  const source = delegates ? 'sub-agent' : isMcp(name) ? 'mcp-name' : 'explicit'
  const own = toolFact(baseName(name), format)?.name ?? baseName(name)
  const tags = tagsOf(own, tool.class, patternOf(name))
  return { name, source, effective: true, tags, risk, meaning, line }
}

function tagsOf(name: string, kind: ToolFact['class'], pattern: string | null): PowerTag[] {
  const named = BY_NAME[name]
  if (named) return named
  if (kind !== 'execute' || pattern === null) return BY_CLASS[kind]
  const command = pattern.trim()
  if (LOOKS.test(command) && !/[;&|`$<>]/.test(command)) return ['reads-private', 'executes']
  if (/^git\s+(?:status|log|diff|show|blame)\b/.test(command)) {
    return ['reads-private', 'executes', 'reaches-git']
  }
  return ALL
}

function deniedPowers(definition: DefinitionContent, catalog: readonly ToolFact[]): Power[] {
  return definition.tools.denied.map(({ name, range }) => {
    const fact = toolFact(baseName(name), definition.format, catalog)
    return {
      name,
      source: 'denied',
      effective: false,
      tags: [],
      risk: fact?.risk ?? 'critical',
      meaning: fact?.meaning ?? `uses ${name}`,
      line: range.line,
    }
  })
}

/** Every tool of the catalog that is not denied, and what nobody can list: the session's servers. */
function inheritedPowers(definition: DefinitionContent, catalog: readonly ToolFact[]): Power[] {
  const { denied, names } = definition.tools
  const off = denied.map(({ name }) => name)
  const tools = catalog
    .filter(({ name }) => !names.includes(name) && !isDenied(name, off))
    .map(({ name, class: kind, risk, meaning }): Power => {
      const tags = tagsOf(name, kind, null)
      return { name, source: 'inherited', effective: true, tags, risk, meaning, line: null }
    })
  const meaning = 'calls every MCP server of the session'
  const servers: Power = {
    ...{ name: 'mcp__*', source: 'inherited', effective: true, tags: OUTSIDE },
    ...{ risk: 'critical', meaning, line: null },
  }
  return [...tools, servers]
}

function serverPowers({ fields }: DefinitionContent): Power[] {
  const keys = ['mcpServers', 'mcp-servers', 'mcp_servers']
  return fields
    .filter(({ key }) => keys.includes(key))
    .flatMap(({ value, keyRange }) => {
      const parts = Array.isArray(value) ? value : [value]
      return parts.flatMap((part) => {
        const inline = part !== null && typeof part === 'object'
        const names = inline ? Object.keys(part) : typeof part === 'string' ? [part] : []
        return names.map(
          (name): Power => ({
            ...{ name: `MCP server ${name}`, source: inline ? 'mcp-inline' : 'mcp-name' },
            ...{ effective: true, tags: OUTSIDE, risk: 'high', line: keyRange.line },
            meaning: inline ? `starts MCP server ${name}` : `reaches MCP server ${name}`,
          }),
        )
      })
    })
}

type Said = {
  source: PowerSource
  tags: PowerTag[]
  risk: RiskTier
  meaning: (name: string) => string
}
const FIELDS: Readonly<Record<string, Said>> = {
  hooks: { source: 'hook', tags: ALL, risk: 'high', meaning: (name) => `runs commands on ${name}` },
  skills: { source: 'skill', tags: [], risk: 'medium', meaning: (name) => `follows skill ${name}` },
  memory: {
    source: 'setting',
    tags: ['writes'],
    risk: 'medium',
    meaning: (name) => `keeps notes between sessions (${name})`,
  },
  permissionMode: {
    source: 'setting',
    tags: [],
    risk: 'medium',
    meaning: (name) => `works in permission mode ${name}`,
  },
}

function fieldPowers({ fields }: DefinitionContent): Power[] {
  return fields.flatMap(({ key, value, keyRange }) => {
    const said = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined
    if (!said || value === null) return []
    const names =
      typeof value !== 'object'
        ? [String(value)]
        : Array.isArray(value)
          ? value.map(String)
          : Object.keys(value)
    return names.map((name): Power => {
      const { source, tags, risk, meaning } = said
      return {
        name: `${key}: ${name}`,
        source,
        effective: true,
        tags,
        risk,
        meaning: meaning(name),
        line: keyRange.line,
      }
    })
  })
}

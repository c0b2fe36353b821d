import type { Helper } from '@/lib/agents/queries/around'
import type { Capabilities, RiskTier, ToolFact } from '@/lib/definition/model'
import { toolFact } from '@/lib/definition/tool-catalog'

/** Where a power comes from. */
export type PowerSource =
  | { is: 'explicit'; line: number | null }
  | { is: 'inherited' }
  | { is: 'mcp'; server: string; line: number | null }
  | { is: 'sub-agent'; slug: string }
  | { is: 'denied' }

export type Power = {
  name: string
  reach: string
  source: PowerSource
  risk: RiskTier
  /** What kind of power it is: "execute", "outbound", "mode". */
  tag: string
}

const OPEN_MODES = ['bypassPermissions', 'dontAsk', 'auto', 'danger-full-access']
const said: PowerSource = { is: 'explicit', line: null }

/**
 * Everything that the bytes let an agent do, each power with its source: named in the file, inherited
 * because the file names no tools, of an MCP server, or of an agent that it may start. What the file
 * takes away stands there too, so that nobody has to infer it.
 */
export function capabilityRows(
  of: Capabilities,
  around: { tools: readonly ToolFact[]; helpers: readonly Helper[] },
): Power[] {
  const own = of.tools.map((tool): Power => {
    const server = tool.name.startsWith('mcp__') ? (tool.base.split('/')[0] ?? tool.base) : null
    const source: PowerSource =
      server === null ? { is: 'explicit', line: tool.line } : { is: 'mcp', server, line: tool.line }
    return { name: tool.name, reach: tool.meaning, source, risk: tool.risk, tag: tool.class }
  })
  return [
    ...own,
    ...inherited(of, around.tools),
    ...servers(of, own),
    ...settings(of),
    ...around.helpers.flatMap((helper) => through(helper, own, around.tools)),
    ...of.denied.map((name): Power => {
      const fact = toolFact(name, 'claude', around.tools)
      const reach = fact?.meaning ?? 'taken away by the file'
      return { name, reach, source: { is: 'denied' }, risk: 'low', tag: fact?.class ?? 'denied' }
    }),
  ]
}

/** The tools that come without being named, as far as the catalog of the constitution knows them. */
function inherited(of: Capabilities, tools: readonly ToolFact[]): Power[] {
  if (!of.inheritsAll) return []
  const named = new Set([...of.tools.map((tool) => tool.base), ...of.denied])
  const source: PowerSource = { is: 'inherited' }
  const every = 'whatever else the session offers'
  return [
    ...tools
      .filter((tool) => !named.has(tool.name))
      .map((tool) => ({
        ...{ name: tool.name, reach: tool.meaning, source },
        ...{ risk: tool.risk, tag: tool.class },
      })),
    { name: 'every tool', reach: every, source, risk: 'critical', tag: 'unclassified' },
  ]
}

function servers(of: Capabilities, own: readonly Power[]): Power[] {
  const known = new Set(own.flatMap(({ source }) => (source.is === 'mcp' ? [source.server] : [])))
  return of.mcpServers
    .filter((name) => !known.has(name))
    .map((name) => ({
      ...{ name, reach: 'every tool of this MCP server', risk: 'high' as const, tag: 'server' },
      source: { is: 'mcp', server: name, line: null },
    }))
}

function settings(of: Capabilities): Power[] {
  const mode = of.permissionMode
  const open = mode !== null && OPEN_MODES.includes(mode)
  const model = of.model
  return [
    ...(mode === null
      ? []
      : [
          {
            ...{ name: mode, reach: 'permission mode', source: said, tag: 'mode' },
            risk: open ? ('critical' as const) : ('low' as const),
          },
        ]),
    ...of.hooks.map((name) => ({
      ...{ name, reach: 'runs commands on events', source: said, risk: 'high' as const },
      tag: 'hook',
    })),
    ...of.skills.map((name) => ({
      ...{ name, reach: 'follows a skill', source: said, risk: 'medium' as const, tag: 'skill' },
    })),
    {
      name: model ?? 'model',
      reach: model === null ? 'the model of the session' : 'model',
      source: model === null ? { is: 'inherited' } : said,
      risk: 'low',
      tag: 'model',
    },
  ]
}

/** What an agent that it may start can do and it cannot. */
function through(helper: Helper, own: readonly Power[], tools: readonly ToolFact[]): Power[] {
  const has = new Set(own.map((power) => power.name))
  const source: PowerSource = { is: 'sub-agent', slug: helper.slug }
  const names = [...helper.tools, ...helper.mcpServers.map((server) => `mcp__${server}`)]
  return [...new Set(names)]
    .filter((name) => !has.has(name))
    .map((name) => {
      if (name === '*') {
        const reach = 'every tool of the session'
        return { name: 'every tool', reach, source, risk: 'critical', tag: 'unclassified' }
      }
      const fact = toolFact(name, 'claude', tools)
      const reach = fact?.meaning ?? 'does what nobody has classified'
      return {
        name,
        reach,
        source,
        risk: fact?.risk ?? 'critical',
        tag: fact?.class ?? 'unclassified',
      }
    })
}

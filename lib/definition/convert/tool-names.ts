import type { DefinitionFormat } from '../model'
import { baseName, patternOf } from '../names'
import { toolFact } from '../tool-catalog'
import { unique } from './agent'
import type { Report } from './model'

export type ToolNames = {
  label: string
  /** By our names. */
  aliases: Readonly<Record<string, string>>
  /** `server/*`, `server_*`: how MCP tools are named; null where they cannot be. */
  mcp: (server: string, tool: string | null) => string
}

/** What each name of the other product lets an agent do, in our names. */
function coverage({ aliases }: ToolNames): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [ours, theirs] of Object.entries(aliases)) {
    found.set(theirs, [...(found.get(theirs) ?? []), ours])
  }
  return found
}

/** What a tool lets an agent do anyway; a name that adds only these gives no more power. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  Read: ['NotebookRead'],
  Grep: ['Glob', 'LS'],
  Edit: ['MultiEdit'],
  MultiEdit: ['Edit'],
  Agent: ['Task'],
  Task: ['Agent'],
  Bash: ['BashOutput', 'KillShell'],
}

/**
 * Our tools in the names of another product. A name that stands for more than was granted widens,
 * and so does a limit that is lost; a tool without a name there is lost.
 */
export function toolsThere(tools: readonly string[], names: ToolNames, report: Report): string[] {
  const covers = coverage(names)
  const bases = new Set(tools.map(baseName))
  const written = tools.flatMap((tool) => {
    const base = baseName(tool)
    const there = base.startsWith('mcp__') ? mcpName(base, names) : names.aliases[base]
    if (there === undefined) {
      report({
        field: 'tools',
        severity: 'lost',
        before: tool,
        after: null,
        sentence: `${names.label} has no tool like ${tool}, so the agent does without it.`,
      })
      return []
    }
    const pattern = patternOf(tool)
    const others = (covers.get(there) ?? []).filter(
      (each) => !bases.has(each) && !isImplied(each, bases),
    )
    if (pattern !== null) {
      report({
        field: 'tools',
        severity: 'widened',
        before: tool,
        after: there,
        sentence: `${tool} is limited to ${pattern}; ${there} in ${names.label} knows no such limit.`,
      })
    } else if (others.length > 0) {
      report({
        field: 'tools',
        severity: 'widened',
        before: tool,
        after: there,
        sentence: `${there} in ${names.label} is more than ${tool}: it also allows ${others.join(', ')}.`,
      })
    } else if (there !== tool) {
      report({
        field: 'tools',
        severity: 'renamed',
        before: tool,
        after: there,
        sentence: `${tool} is called ${there} in ${names.label}.`,
      })
    }
    return [there]
  })
  return unique(written)
}

function isImplied(name: string, granted: ReadonlySet<string>): boolean {
  return [...granted].some((tool) => IMPLIED[tool]?.includes(name))
}

function mcpName(name: string, { mcp }: ToolNames): string {
  const [server = '', ...rest] = name.slice('mcp__'.length).split('__')
  const tool = rest.join('__')
  return mcp(server, tool === '' || tool === '*' ? null : tool)
}

/** Names of another product in ours. What nobody knows is kept, so that a person sees it. */
export function toolsHere(
  tools: readonly string[],
  format: DefinitionFormat,
  mcp: (name: string) => string | null,
): string[] {
  return unique(tools.map((name) => mcp(name) ?? toolFact(baseName(name), format)?.name ?? name))
}

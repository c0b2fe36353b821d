import type { DefinitionContent, ToolEntry } from '@/lib/definition/model'
import { evidence } from '../evidence'
import type { Rule, RuleContext } from '../model'

const base = (name: string) => name.split('(')[0]?.trim() ?? ''

/** A tool that no runner has: it is dropped in silence, or the agent does not start (formats 4). */
export const toolUnknown: Rule = {
  id: 'tool-unknown',
  severity: 'error',
  principle: 'access-control',
  title: 'Every tool that is named exists.',
  check: (definition, context) => {
    if (definition.format !== 'claude') return []
    const unknown = definition.tools.entries.filter((tool) => !isKnown(tool, context))
    if (unknown.length === 0) return []
    const all = unknown.length === definition.tools.entries.length
    const named = [...new Set(unknown.map((tool) => tool.name))].join(', ')
    return [
      {
        rule: 'tool-unknown',
        severity: 'error',
        principle: 'access-control',
        message: all
          ? `No tool it names exists (${named}): the agent will not start.`
          : `Unknown: ${named}. It is dropped without a word.`,
        lines: evidence(
          definition,
          unknown.map((tool) => tool.range),
        ),
        ...(unknown[0] ? { range: unknown[0].range } : {}),
      },
    ]
  },
}

function isKnown(tool: ToolEntry, context: RuleContext): boolean {
  const name = base(tool.name)
  if (name === '*' || name === '') return true
  if (name.startsWith('mcp__')) {
    const server = name.split('__')[1] ?? ''
    return context.knownMcpServers === null || context.knownMcpServers.includes(server)
  }
  return context.knownTools.some((known) => known.name === name)
}

/** No `tools` at all means every tool of the session (S5). */
export const toolsInherited: Rule = {
  id: 'tools-inherited',
  severity: 'warning',
  principle: 'access-control',
  title: 'The tools are named, not inherited.',
  check: (definition) => {
    if (definition.format !== 'claude' || !definition.tools.inheritsAll) return []
    if (definition.frontmatter?.valid !== true) return []
    return [
      {
        rule: 'tools-inherited',
        severity: 'warning',
        principle: 'access-control',
        message: 'Names no tools, so it inherits every tool of the session, a shell among them.',
        lines: firstLine(definition),
        range: definition.frontmatter.range,
      },
    ]
  },
}

function firstLine(definition: DefinitionContent) {
  const name = definition.fields.find((field) => field.key === 'name') ?? definition.fields[0]
  return name ? evidence(definition, [name.keyRange]) : []
}

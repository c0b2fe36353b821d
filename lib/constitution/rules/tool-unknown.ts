import { setField } from '@/lib/definition/edit'
import type { DefinitionContent, EditResult, ToolEntry } from '@/lib/definition/model'
import { baseName } from '@/lib/definition/names'
import { evidence, fieldFix, shown } from '../evidence'
import type { Rule, RuleContext } from '../model'
import { nearest } from '../nearest'
import { definitionRule, example } from './make'

/**
 * A tool that Claude Code does not have is dropped without a word; where all are unknown the agent
 * does not start (formats.md section 4; S5). Often the name is that of another product.
 */
export const toolUnknown: Rule = definitionRule({
  id: 'tool-unknown',
  severity: 'error',
  principle: 'access-control',
  title: 'Every tool that is named exists.',
  page: {
    what: 'A tool is named that does not exist.',
    why: 'It is dropped in silence; where all are unknown the agent does not start.',
    passes: example(),
    fails: example({ fields: { tools: 'Read, Raed' } }),
    fix: 'Correct the name.',
  },
  check: (definition, context) => {
    if (definition.format !== 'claude') return []
    const { entries } = definition.tools
    const unknown = entries.filter((tool) => !isKnown(tool.name, context))
    const [first] = unknown
    if (!first) return []
    const named = shown(unknown.map((tool) => tool.name))
    const guess = unknown.length === 1 ? nearest(first.name, namesOf(context)) : null
    const hint = guess === null ? '' : ` Did you mean ${guess}?`
    const none = unknown.length === entries.length && !definition.tools.inheritsAll
    return [
      {
        rule: 'tool-unknown',
        severity: 'error',
        principle: 'access-control',
        message: none
          ? `No tool that it names exists (${named}), so it does not start.${hint}`
          : `No such tool: ${named}. The agent runs without it and nobody is told.${hint}`,
        lines: evidence(
          definition,
          unknown.map((tool) => tool.range),
        ),
        range: first.range,
        ...(guess === null
          ? {}
          : fieldFix(definition, `Write ${guess} instead`, (header) =>
              replaced(header, first, guess),
            )),
      },
    ]
  },
})

function namesOf(context: RuleContext): string[] {
  return context.constitution.tools.map((known) => known.name)
}

function isKnown(name: string, context: RuleContext): boolean {
  const bare = baseName(name)
  if (bare === '*') return true
  if (bare.startsWith('mcp__')) {
    const server = bare.split('__')[1] ?? ''
    const servers = context.constitution.mcpServers
    return servers === null || servers.some((known) => known.name === server)
  }
  return context.constitution.tools.some((known) => known.name === bare)
}

function replaced(definition: DefinitionContent, tool: ToolEntry, guess: string): EditResult {
  const field = definition.fields.find((each) => each.key === 'tools')
  const value = field?.value
  const swap = (name: string) => (name === tool.name ? guess : name)
  if (Array.isArray(value)) {
    return setField(
      definition,
      'tools',
      value.map((each) => (typeof each === 'string' ? swap(each) : each)),
    )
  }
  if (typeof value !== 'string') return { ok: false, reason: '' }
  return setField(definition, 'tools', definition.tools.names.map(swap).join(', '))
}

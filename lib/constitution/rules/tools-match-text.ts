import type { ToolEntry } from '@/lib/definition/model'
import { evidence } from '../evidence'
import type { Rule } from '../model'

/** `Bash(git:*)` grants Bash. */
const base = (name: string) => name.split('(')[0]?.trim().toLowerCase() ?? ''

/**
 * The frontmatter grants what the file's own text does not authorise (S58, drift D1). Silent where
 * the text names no authorised tools, which is nearly everywhere outside the family.
 */
export const toolsMatchText: Rule = {
  id: 'tools-match-text',
  severity: 'error',
  principle: 'access-control',
  title: 'What the frontmatter grants is what the text authorises.',
  check: (definition) => {
    const said = definition.claims.authorisedTools
    if (!said || definition.tools.inheritsAll) return []
    const allowed = new Set(said.names.map(base))
    const mcp = new Set(definition.claims.mcpAccess?.names.map(base) ?? [])
    const extra = definition.tools.entries.filter(
      (tool) => !allowed.has(base(tool.name)) && !mcp.has(base(tool.name)),
    )
    if (extra.length === 0) return []
    return [
      {
        rule: 'tools-match-text',
        severity: 'error',
        principle: 'access-control',
        message: `Grants ${count(extra)} its own text does not authorise: ${names(extra)}.`,
        lines: evidence(definition, [...extra.map((tool) => tool.range), said.range]),
        ...(extra[0] ? { range: extra[0].range } : {}),
        fix: {
          label: `Authorise ${names(extra)} in the text`,
          edit: {
            start: said.range.end,
            end: said.range.end,
            text: extra.map((tool) => `, ${tool.name}`).join(''),
          },
        },
      },
    ]
  },
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
function count(tools: readonly ToolEntry[]): string {
  const word = NUMBERS[tools.length] ?? String(tools.length)
  return tools.length === 1 ? 'one tool' : `${word} tools`
}
function names(tools: readonly ToolEntry[]): string {
  return tools.map((tool) => tool.name).join(', ')
}

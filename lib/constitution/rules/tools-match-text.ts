import { isMcp, mcpParts } from '@/lib/definition/capabilities'
import { removeTools } from '@/lib/definition/edit'
import type { DefinitionContent, ToolEntry } from '@/lib/definition/model'
import { baseName } from '@/lib/definition/names'
import { evidence, fieldFix, shown } from '../evidence'
import type { Finding, Rule } from '../model'
import { definitionRule, example } from './make'

/** `Bash(git:*)` grants Bash; `Task` is the earlier spelling of `Agent`; case is no difference. */
function comparable(name: string): string {
  const bare = baseName(name).toLowerCase()
  return bare === 'task' ? 'agent' : bare
}

/**
 * The frontmatter grants what the file's own text does not authorise, or the other way round (S58,
 * drift D1). Silent where the text names no authorised tools, as nearly everywhere outside the
 * family, and where the grant cannot be compared because everything is inherited.
 */
export const toolsMatchText: Rule = definitionRule({
  id: 'tools-match-text',
  severity: 'error',
  principle: 'access-control',
  title: 'What the frontmatter grants is what the text authorises.',
  page: {
    what: 'The frontmatter grants a tool that the section on authorised tools does not name, or the other way round.',
    why: 'The frontmatter is what counts. People who read the text believe in a limit that is not there.',
    passes: example({ body: '### Authorized Tools\n\nRead, Grep' }),
    fails: example({ fields: { tools: 'Read, Bash' }, body: '### Authorized Tools\n\nRead' }),
    fix: 'Reduce the grant, extend the authorisation, or ask for a waiver.',
  },
  check: (definition) => {
    const said = definition.claims.authorisedTools
    if (!said || definition.tools.inheritsAll) return []
    const { entries } = definition.tools
    const also = definition.claims.mcpAccess?.entries ?? []
    const extra = entries.filter((tool) => !isNamed(tool.name, [...said.entries, ...also]))
    const unused = said.entries.filter((tool) => !isNamed(tool.name, entries))
    return [...granted(definition, extra, said.entries), ...authorised(definition, unused)]
  },
})

function isNamed(name: string, entries: readonly ToolEntry[]): boolean {
  if (!isMcp(name)) return entries.some((entry) => comparable(entry.name) === comparable(name))
  const { server, tool } = mcpParts(name)
  return entries.some((entry) => {
    if (!isMcp(entry.name)) return false
    const other = mcpParts(entry.name)
    return other.server === server && (other.tool === null || other.tool === tool)
  })
}

function granted(
  definition: DefinitionContent,
  extra: readonly ToolEntry[],
  said: readonly ToolEntry[],
): Finding[] {
  const [first] = extra
  if (!first) return []
  const named = shown(extra.map((tool) => tool.name))
  return [
    {
      rule: 'tools-match-text',
      severity: 'error',
      principle: 'access-control',
      message: `Granted, but not authorised by its own text: ${named}.`,
      lines: evidence(
        definition,
        [...extra, ...said].map((tool) => tool.range),
      ),
      range: first.range,
      ...fieldFix(definition, `Remove ${named} from the tools`, (header) =>
        removeTools(header, [...new Set(extra.map((tool) => tool.name))]),
      ),
    },
  ]
}

function authorised(definition: DefinitionContent, unused: readonly ToolEntry[]): Finding[] {
  const [first] = unused
  if (!first) return []
  const named = shown(unused.map((tool) => tool.name))
  return [
    {
      rule: 'tools-match-text',
      severity: 'warning',
      principle: 'access-control',
      message: `Authorised by its text, but not granted: ${named}.`,
      lines: evidence(
        definition,
        unused.map((tool) => tool.range),
      ),
      range: first.range,
    },
  ]
}

import { removeTools } from '@/lib/definition/edit'
import type { DefinitionContent, TextRange, ToolEntry } from '@/lib/definition/model'
import { baseName } from '@/lib/definition/names'
import { toolFact } from '@/lib/definition/tool-catalog'
import { claimRange, fieldFix, fieldRange, finding, shown } from '../evidence'
import type { DepartmentPolicy, PolicyVerdict, Rule, RuleContext } from '../model'
import { policyOf } from './family'
import { definitionRule, governedExample } from './make'

/** A tool that is not a column of the matrix counts as the one it can replace (S59). */
const COUNTS_AS: Record<string, string> = {
  MultiEdit: 'Edit',
  NotebookEdit: 'Edit',
  PowerShell: 'Bash',
}

function verdictOf(policy: DepartmentPolicy, tool: string): PolicyVerdict {
  return policy.tools[tool] ?? policy.tools[COUNTS_AS[tool] ?? ''] ?? 'conditional'
}

/** What the department's agents may hold is decided once, not in each file (S59, drift D2). */
export const toolsDepartment: Rule = definitionRule({
  id: 'tools-department',
  severity: 'error',
  principle: 'access-control',
  title: 'The department may hold these tools.',
  page: {
    what: 'A tool is granted that the department’s policy forbids, or one that it allows only with a reason and the text gives none. MultiEdit counts as Edit.',
    why: 'A department is a limit that holds for everybody in it: those who design do not also build.',
    passes: governedExample({ fields: { tools: 'Read, Grep, WebSearch' } }),
    fails: governedExample({ fields: { tools: 'Read, Write' } }),
    fix: 'Take the tool away, say why it is needed where a reason is enough, or ask for a waiver.',
  },
  check: (definition, context) => {
    const policy = policyOf(definition, context)
    if (!policy) return []
    if (definition.tools.inheritsAll) return inherited(definition, policy)
    const known = definition.tools.entries.flatMap((entry) => {
      const fact = toolFact(baseName(entry.name), definition.format, context.constitution.tools)
      return fact ? [{ entry, verdict: verdictOf(policy, fact.name) }] : []
    })
    const of = (verdict: PolicyVerdict) =>
      known.filter((each) => each.verdict === verdict).map(({ entry }) => entry)
    const bare = of('conditional').filter(({ name }) => !givesReason(definition, baseName(name)))
    return [
      ...forbidden(definition, policy, of('forbidden')),
      ...conditional(definition, policy, bare),
    ]
  },
})

function forbidden(
  definition: DefinitionContent,
  policy: DepartmentPolicy,
  entries: readonly ToolEntry[],
) {
  if (entries.length === 0) return []
  const names = [...new Set(entries.map(({ name }) => name))]
  return [
    finding(toolsDepartment, definition, {
      message: `Agents of ${policy.title} may not hold ${shown(names)}.`,
      at: [...entries.map(({ range }) => range), ...departmentPlace(definition)],
      fix: fieldFix(definition, `Remove ${shown(names)} from the tools`, (header) =>
        removeTools(header, names),
      ),
    }),
  ]
}

function conditional(
  definition: DefinitionContent,
  policy: DepartmentPolicy,
  entries: readonly ToolEntry[],
) {
  if (entries.length === 0) return []
  const names = shown(entries.map(({ name }) => name))
  return [
    finding(toolsDepartment, definition, {
      severity: 'warning',
      message: `Agents of ${policy.title} may hold ${names} only for a reason, and the text gives none.`,
      at: entries.map(({ range }) => range),
    }),
  ]
}

/** What is not named is granted too, the forbidden tools with it. */
function inherited(definition: DefinitionContent, policy: DepartmentPolicy) {
  const { format, frontmatter, tools, fields } = definition
  if (format !== 'claude' || frontmatter?.valid !== true) return []
  const denied = new Set(tools.denied.map(({ name }) => baseName(name)))
  const names = Object.entries(policy.tools)
    .filter(([name, verdict]) => verdict === 'forbidden' && !denied.has(name))
    .map(([name]) => name)
  if (names.length === 0) return []
  const place = fieldRange(definition, fields.some(({ key }) => key === 'tools') ? 'tools' : 'name')
  return [
    finding(toolsDepartment, definition, {
      message: `It inherits every tool, also what agents of ${policy.title} may not hold: ${shown(names)}.`,
      at: place,
    }),
  ]
}

function departmentPlace(definition: DefinitionContent): TextRange[] {
  const { department } = definition.claims
  return department ? [claimRange(definition, department)] : []
}

const ABOUT_TOOLS = /\b(?:tools?|justification|exceptions?|reasons?)\b/i
const WHY = /\b(?:because|since|so that|in order to|needed|required|needs?|reason)\b/i

/** A line about the tool that explains it: `- **Bash**: runs the planner`, "needs Bash because …". */
function givesReason({ sections, text }: DefinitionContent, tool: string): boolean {
  const word = new RegExp(`(?<![\\w-])${tool.replace(/[^\w]/g, '\\$&')}(?![\\w-])`)
  return sections
    .filter(({ title }) => ABOUT_TOOLS.test(title))
    .flatMap(({ contentRange }) => text.slice(contentRange.start, contentRange.end).split('\n'))
    .some((line) => {
      const found = word.exec(line)
      if (!found) return false
      if (WHY.test(line)) return true
      const rest = line.slice(found.index + tool.length)
      return /^[*`_\s]*(?::|[-–—(])/.test(rest) && (rest.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2
    })
}

type Grant = { name: string; server: string; tool: string | null; range: TextRange }

/** MCP servers beyond what the department may reach (S61). */
export const mcpDepartment: Rule = definitionRule({
  id: 'mcp-department',
  severity: 'error',
  principle: 'access-control',
  title: 'The department may reach these MCP servers.',
  page: {
    what: 'An MCP server or tool is not on the department’s list. A whole server is more than one tool of it.',
    why: 'A server brings tools that nobody listed one by one, and the next one it gets is granted too.',
    passes: governedExample({ fields: { tools: 'Read, mcp__supabase__search_docs' } }),
    fails: governedExample({ fields: { tools: 'Read, mcp__supabase' } }),
    fix: 'Narrow the grant to a listed tool, or have the department’s list extended.',
  },
  check: (definition, context) => {
    const policy = policyOf(definition, context)
    if (!policy || policy.mcp === 'allowed') return []
    const outside = mcpGrants(definition).filter(({ server, tool }) => {
      const listed = policy.mcpServers
      return !listed.includes(server) && !(tool && listed.includes(`${server}/${tool}`))
    })
    if (outside.length === 0) return []
    const names = shown(outside.map(({ name }) => name))
    return [
      finding(mcpDepartment, definition, {
        severity: policy.mcp === 'forbidden' ? 'error' : 'warning',
        message: `Not on the list of MCP servers for ${policy.title}: ${names}.`,
        at: outside.map(({ range }) => range),
      }),
    ]
  },
})

/** Every MCP grant of the frontmatter and of the body, each name once. */
function mcpGrants({ tools, claims }: DefinitionContent): Grant[] {
  const all = [...tools.entries, ...(claims.mcpAccess?.entries ?? [])]
  const seen = new Set<string>()
  return all.flatMap(({ name, range }) => {
    const bare = baseName(name)
    if (!bare.startsWith('mcp__') || seen.has(bare)) return []
    seen.add(bare)
    const [server = '', ...rest] = bare.slice('mcp__'.length).split('__')
    const tool = rest.join('__')
    return [{ name: bare, server, tool: tool === '' || tool === '*' ? null : tool, range }]
  })
}

/** The body relies on a server that nobody configured (S61, drift D11). */
export const mcpUnresolved: Rule = definitionRule({
  id: 'mcp-unresolved',
  severity: 'warning',
  principle: 'dependencies',
  title: 'Every MCP server that the text names is configured.',
  page: {
    what: 'Where the team keeps a list of its MCP servers: the text names one, or a tool of one, that is not on it.',
    why: 'The agent will try to use what is not there, or somebody adds a server of that name later.',
    passes: governedExample({ body: '### MCP Server Access\n\nmcp__tide-tables' }),
    fails: governedExample({ body: '### MCP Server Access\n\nmcp__weather' }),
    fix: 'Correct the name, or have the server configured.',
  },
  check: (definition, context) => {
    const grants = definition.claims.mcpAccess?.grants ?? []
    const entries = definition.claims.mcpAccess?.entries ?? []
    return grants
      .filter(({ server, tool }) => !isConfigured(context, server, tool))
      .slice(0, 20)
      .map(({ name, server, tool }) => {
        const place = entries.find((entry) => entry.name === name)?.range
        const what = tool === null ? `MCP server ${shown([server])}` : shown([name])
        return finding(mcpUnresolved, definition, {
          message: `${what} is not configured here.`,
          at: place ? [place] : [],
        })
      })
  },
})

function isConfigured({ constitution }: RuleContext, server: string, tool: string | null) {
  const servers = constitution.mcpServers
  if (servers === null) return true
  const known = servers.find((each) => each.name === server)
  if (!known || tool === null) return known !== undefined
  return known.tools === null || known.tools.some((each) => each.name === tool)
}

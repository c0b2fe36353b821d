import { TOOL_CATALOG } from '@/lib/definition/tool-catalog'
import type { DepartmentPolicy, PolicyVerdict } from './model'

const VERDICTS: Record<string, PolicyVerdict> = {
  y: 'allowed',
  c: 'conditional',
  n: 'forbidden',
}
/** The columns of the matrix, in the order of its rows. `Edit` stands for every tool that changes files. */
const COLUMNS = ['Read', 'Write', 'Edit', 'Bash', 'Grep', 'Glob', 'WebSearch', 'TodoWrite'] as const
/** Tools outside the matrix that read, or write nothing that stays, are free everywhere. */
const HARMLESS = TOOL_CATALOG.filter(
  (tool) => tool.risk === 'low' && !COLUMNS.some((column) => column === tool.name),
).map((tool) => tool.name)

type Row = {
  title: string
  /** One letter per column, the last for MCP: y allowed, c conditional, n forbidden. */
  matrix: string
  mcpServers: string[]
  roleType: string
  level: string
}

function department(slug: string, { title, matrix, mcpServers, roleType, level }: Row) {
  const cells = [...matrix].map((letter) => VERDICTS[letter] ?? 'conditional')
  const tools = COLUMNS.map((column, at) => [column, cells[at] ?? 'conditional'] as const)
  const policy: DepartmentPolicy = {
    department: slug,
    title,
    tools: Object.fromEntries([...tools, ...HARMLESS.map((name) => [name, 'allowed'] as const)]),
    mcp: cells[COLUMNS.length] ?? 'conditional',
    mcpServers,
    roleTypes: [roleType],
    levels: [level],
  }
  return policy
}

/** What agents of each department may hold, under the rulebook that ships with the product. */
export const DEFAULT_DEPARTMENTS: DepartmentPolicy[] = [
  department('architecture', {
    title: 'Architecture',
    matrix: 'ynncyyyyc',
    mcpServers: ['ref-tools', 'supabase/search_docs', 'perplexity', 'claude-context'],
    roleType: 'Design & Planning',
    level: 'Strategic',
  }),
  department('engineering', {
    title: 'Engineering',
    matrix: 'yyyyyyyyy',
    mcpServers: ['ide', 'supabase', 'ref-tools', 'browsermcp', 'claude-context'],
    roleType: 'Implementation',
    level: 'Tactical',
  }),
  department('quality', {
    title: 'Quality',
    matrix: 'ynccyyyyn',
    mcpServers: ['ide/executeCode', 'ide/getDiagnostics', 'ref-tools'],
    roleType: 'Validation & Review',
    level: 'Audit',
  }),
  department('data', {
    title: 'Data',
    matrix: 'ycycyycyc',
    mcpServers: ['supabase', 'supabase/apply_migration', 'supabase/execute_sql'],
    roleType: 'Data Management',
    level: 'Analytical',
  }),
  department('product', {
    title: 'Product',
    matrix: 'ynnnccyyn',
    mcpServers: ['ref-tools', 'browsermcp', 'perplexity'],
    roleType: 'Requirements & UX',
    level: 'User-Focused',
  }),
  department('operations', {
    title: 'Operations',
    matrix: 'yccyyycyc',
    mcpServers: ['supabase/deploy_edge_function', 'supabase/get_logs', 'supabase/create_project'],
    roleType: 'DevOps and Monitoring',
    level: 'Operational',
  }),
]

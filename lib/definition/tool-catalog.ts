import type { RiskTier, ToolClass, ToolFact } from './model'

const tool = (name: string, kind: ToolClass, risk: RiskTier, meaning: string): ToolFact => ({
  name,
  class: kind,
  risk,
  meaning,
})

/**
 * Built-in tools of the runners that load definitions, with what they let an agent do. `meaning`
 * completes "The agent …". A name that is not here is unclassified, which is the highest risk.
 */
export const TOOL_CATALOG: readonly ToolFact[] = [
  tool('Read', 'read', 'low', 'reads files in the workspace'),
  tool('Glob', 'read', 'low', 'finds files by name'),
  tool('Grep', 'read', 'low', 'searches file contents'),
  tool('LS', 'read', 'low', 'lists folders'),
  tool('NotebookRead', 'read', 'low', 'reads notebooks'),
  tool('TodoWrite', 'read', 'low', 'keeps its own task list'),
  tool('TodoRead', 'read', 'low', 'reads its own task list'),
  tool('BashOutput', 'read', 'low', 'reads the output of its own commands'),
  tool('ListMcpResourcesTool', 'read', 'low', 'lists resources of MCP servers'),
  tool('ReadMcpResourceTool', 'read', 'low', 'reads resources of MCP servers'),
  tool('ExitPlanMode', 'read', 'low', 'ends planning'),
  tool('AskUserQuestion', 'read', 'low', 'asks a person'),
  tool('Write', 'write', 'medium', 'creates files'),
  tool('Edit', 'write', 'medium', 'changes files'),
  tool('MultiEdit', 'write', 'medium', 'changes many places in a file'),
  tool('NotebookEdit', 'write', 'medium', 'changes notebooks'),
  tool('Task', 'delegate', 'medium', 'starts other agents'),
  tool('Agent', 'delegate', 'medium', 'starts other agents'),
  tool('Skill', 'delegate', 'medium', 'follows a skill, with that skill’s tools'),
  tool('SlashCommand', 'delegate', 'medium', 'runs slash commands'),
  tool('Bash', 'execute', 'high', 'runs any command in the workspace'),
  tool('PowerShell', 'execute', 'high', 'runs any command in the workspace'),
  tool('KillShell', 'execute', 'low', 'ends its own commands'),
  tool('KillBash', 'execute', 'low', 'ends its own commands'),
  tool('WebFetch', 'outbound', 'high', 'fetches any address on the web'),
  tool('WebSearch', 'outbound', 'medium', 'reads the open web'),
]

const BY_NAME = new Map(TOOL_CATALOG.map((fact) => [fact.name, fact]))

/** The fact about a tool, by its name without a pattern; undefined when nobody classified it. */
export function toolFact(name: string): ToolFact | undefined {
  return BY_NAME.get(name)
}

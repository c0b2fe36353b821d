import type { DefinitionFormat, RiskTier, ToolClass, ToolFact } from './model'

const tool = (name: string, kind: ToolClass, risk: RiskTier, meaning: string): ToolFact => ({
  name,
  class: kind,
  risk,
  meaning,
})

/**
 * Built-in tools of Claude Code with what they let an agent do. `meaning` completes "The agent …".
 * Risk (look.md section 4): low reads, or writes nothing that stays; medium writes inside the
 * workspace; high runs commands, reaches out, or starts agents that may. A name that is not here
 * is unclassified, which is the highest risk.
 */
export const TOOL_CATALOG: readonly ToolFact[] = [
  tool('Read', 'read', 'low', 'reads files in the workspace'),
  tool('Glob', 'read', 'low', 'finds files by name'),
  tool('Grep', 'read', 'low', 'searches file contents'),
  tool('LS', 'read', 'low', 'lists folders'),
  tool('LSP', 'read', 'low', 'looks up definitions and references'),
  tool('NotebookRead', 'read', 'low', 'reads notebooks'),
  tool('TodoWrite', 'read', 'low', 'keeps its own task list'),
  tool('TodoRead', 'read', 'low', 'reads its own task list'),
  tool('TaskCreate', 'read', 'low', 'adds to a shared task list'),
  tool('TaskGet', 'read', 'low', 'reads a shared task list'),
  tool('TaskList', 'read', 'low', 'reads a shared task list'),
  tool('TaskUpdate', 'read', 'low', 'changes a shared task list'),
  tool('BashOutput', 'read', 'low', 'reads the output of its own commands'),
  tool('TaskOutput', 'read', 'low', 'reads the output of its own commands'),
  tool('ListMcpResourcesTool', 'read', 'low', 'lists resources of MCP servers'),
  tool('ReadMcpResourceTool', 'read', 'low', 'reads resources of MCP servers'),
  tool('EnterPlanMode', 'read', 'low', 'begins planning'),
  tool('ExitPlanMode', 'read', 'low', 'ends planning'),
  tool('AskUserQuestion', 'read', 'low', 'asks a person'),
  tool('Write', 'write', 'medium', 'creates files'),
  tool('Edit', 'write', 'medium', 'changes files'),
  tool('MultiEdit', 'write', 'medium', 'changes many places in a file'),
  tool('NotebookEdit', 'write', 'medium', 'changes notebooks'),
  tool('Skill', 'delegate', 'medium', 'follows a skill, with that skill’s tools'),
  tool('SlashCommand', 'delegate', 'medium', 'runs slash commands'),
  tool('SendMessage', 'delegate', 'medium', 'sends messages to other agents'),
  tool('Task', 'delegate', 'high', 'starts other agents'),
  tool('Agent', 'delegate', 'high', 'starts other agents'),
  tool('TeamCreate', 'delegate', 'high', 'starts a team of agents'),
  tool('TeamDelete', 'delegate', 'low', 'ends a team of agents'),
  tool('Bash', 'execute', 'high', 'runs any command in the workspace'),
  tool('PowerShell', 'execute', 'high', 'runs any command in the workspace'),
  tool('KillShell', 'execute', 'low', 'ends its own commands'),
  tool('KillBash', 'execute', 'low', 'ends its own commands'),
  tool('TaskStop', 'execute', 'low', 'ends its own commands'),
  tool('WebFetch', 'outbound', 'high', 'fetches any address on the web'),
  tool('WebSearch', 'outbound', 'high', 'searches the open web'),
]

/** Names of other products for what a tool of the catalog does. Compared without case. */
type Synonyms = Record<string, readonly string[]>

const COPILOT: Synonyms = {
  Read: ['read', 'readfile', 'read_file', 'problems', 'get_errors', 'changes', 'viewimage'],
  Grep: [
    ...['search', 'codebase', 'usages', 'textsearch', 'grep_search', 'semantic_search'],
    ...['searchresults', 'findtestfiles', 'file_search', 'filesearch', 'githubrepo'],
  ],
  LS: ['listdirectory', 'list_dir'],
  NotebookRead: ['getnotebooksummary', 'readnotebookcelloutput', 'readcelloutput'],
  TodoWrite: ['todo', 'todos', 'manage_todo_list', 'think'],
  BashOutput: [
    ...['terminallastcommand', 'terminalselection', 'getterminaloutput', 'gettaskoutput'],
    ...['runtaskgetoutput', 'testfailure'],
  ],
  AskUserQuestion: ['askquestions'],
  Edit: ['edit', 'editfiles', 'apply_patch', 'updateuserpreferences'],
  Write: [
    'new',
    'newworkspace',
    'createfile',
    'create_file',
    'createdirectory',
    'create_directory',
  ],
  NotebookEdit: ['editnotebook', 'runnotebooks', 'runnotebookcell'],
  Bash: [
    ...['execute', 'shell', 'runcommands', 'runinterminal', 'run_in_terminal', 'terminalcommand'],
    ...['runtasks', 'runtask', 'run_task', 'createandruntask', 'runtests', 'runcommand'],
    ...['vscode', 'extensions', 'installextension', 'getprojectsetupinfo', 'vscodeapi'],
  ],
  WebFetch: ['web', 'fetch', 'web_fetch', 'opensimplebrowser', 'browser'],
  WebSearch: ['web_search'],
  Agent: ['agent', 'runsubagent', 'custom-agent', 'task'],
}
const GEMINI: Synonyms = {
  Read: ['read_file', 'read_many_files'],
  LS: ['list_directory'],
  Glob: ['glob'],
  Grep: ['grep_search', 'search_file_content'],
  TodoWrite: ['write_todos'],
  AskUserQuestion: ['ask_user'],
  Write: ['write_file', 'save_memory'],
  Edit: ['replace'],
  Skill: ['activate_skill'],
  Bash: ['run_shell_command'],
  WebFetch: ['web_fetch'],
  WebSearch: ['google_web_search'],
}
const OPENCODE: Synonyms = {
  Read: ['read'],
  LS: ['list'],
  Glob: ['glob'],
  Grep: ['grep', 'codesearch'],
  LSP: ['lsp'],
  TodoWrite: ['todowrite'],
  TodoRead: ['todoread'],
  AskUserQuestion: ['question'],
  Write: ['write'],
  Edit: ['edit', 'patch', 'multiedit', 'apply_patch'],
  Skill: ['skill'],
  Bash: ['bash'],
  WebFetch: ['webfetch'],
  WebSearch: ['websearch'],
  Task: ['task'],
}
const KIRO: Synonyms = {
  Read: ['read', 'fs_read', 'introspect', 'knowledge'],
  Glob: ['glob'],
  Grep: ['grep', 'code'],
  TodoWrite: ['todo', 'todo_list', 'thinking'],
  Write: ['write', 'fs_write'],
  // Every built-in tool of Kiro, of which the shell is the riskiest.
  Bash: ['shell', 'execute_bash', 'execute_cmd', '@builtin', 'aws', 'use_aws'],
  WebFetch: ['web_fetch', 'web'],
  WebSearch: ['web_search'],
  Agent: ['delegate', 'use_subagent', 'subagent'],
}

const SYNONYMS: Partial<Record<DefinitionFormat, ReadonlyMap<string, string>>> = {
  copilot: byName(COPILOT),
  gemini: byName(GEMINI),
  opencode: byName(OPENCODE),
  kiro: byName(KIRO),
}

function byName(synonyms: Synonyms): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(synonyms).flatMap(([name, others]) => others.map((each) => [each, name])),
  )
}

/** Sets of tools in Copilot: `edit/editFiles` is one tool of the set `edit`. */
const COPILOT_SETS = /^(?:read|search|edit|execute|web|agent|todo|vscode|runcommands|runtasks)\//

/**
 * The fact about a tool by its name without a pattern, as the product of `format` understands the
 * name; undefined when nobody classified it. `catalog` comes first: it may classify MCP tools too.
 */
export function toolFact(
  name: string,
  format: DefinitionFormat,
  catalog: readonly ToolFact[] = TOOL_CATALOG,
): ToolFact | undefined {
  const exact = catalog.find((fact) => fact.name === name)
  const synonyms = SYNONYMS[format]
  if (exact || !synonyms) return exact
  const lower = name.toLowerCase()
  const single = format === 'copilot' ? lower.replace(COPILOT_SETS, '') : lower
  const ours = synonyms.get(single) ?? synonyms.get(lower)
  return ours === undefined ? undefined : catalog.find((fact) => fact.name === ours)
}

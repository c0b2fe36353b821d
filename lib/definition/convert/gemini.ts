import { numberAt, plainAgent, slugOf } from './agent'
import type { Format } from './model'
import { modelThere } from './models'
import { type ToolNames, toolsHere, toolsThere } from './tool-names'

const NAMES: ToolNames = {
  label: 'Gemini CLI',
  aliases: {
    Read: 'read_file',
    LS: 'list_directory',
    Glob: 'glob',
    Grep: 'grep_search',
    Write: 'write_file',
    Edit: 'replace',
    MultiEdit: 'replace',
    TodoWrite: 'write_todos',
    AskUserQuestion: 'ask_user',
    Skill: 'activate_skill',
    Bash: 'run_shell_command',
    BashOutput: 'run_shell_command',
    KillShell: 'run_shell_command',
    WebFetch: 'web_fetch',
    WebSearch: 'google_web_search',
  },
  mcp: (server, tool) => `mcp_${server}_${tool ?? '*'}`,
}

/** Gemini CLI: Markdown with a strict frontmatter, whose names are slugs. */
export const gemini: Format = {
  label: 'Gemini CLI',
  holds: ['temperature', 'mcpServers', 'maxTurns'],
  keys: ['kind', 'name', 'description', 'tools', 'model', 'temperature', 'max_turns', 'mcpServers'],
  read: (definition) => {
    const agent = plainAgent(definition)
    return {
      ...agent,
      tools: agent.tools === null ? null : toolsHere(agent.tools, 'gemini', mcpHere),
      maxTurns: numberAt(definition, 'max_turns'),
    }
  },
  write: (agent, report) => {
    const name = slugOf(agent, report)
    return {
      fields: [
        ['name', name],
        ['description', agent.description],
        ['kind', 'local'],
        ['tools', agent.tools === null ? null : toolsThere(agent.tools, NAMES, report)],
        ['model', modelThere(agent, { label: 'Gemini CLI', offers: /^gemini/ }, report)],
        ['temperature', agent.temperature],
        ['max_turns', agent.maxTurns],
        ['mcpServers', agent.mcpServers],
      ],
      folder: '.gemini/agents',
      fileName: `${name}.md`,
    }
  },
}

/** `mcp_server_*`; a single tool is not told from its server, because both may hold underscores. */
function mcpHere(name: string): string | null {
  return /^mcp_.+_\*$/.test(name) ? `mcp__${name.slice(4, -2)}` : null
}

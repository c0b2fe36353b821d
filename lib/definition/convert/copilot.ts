import { fileStem, plainAgent, serversOf, slugOf, valueAt } from './agent'
import type { Format } from './model'
import { modelThere } from './models'
import { type ToolNames, toolsHere, toolsThere } from './tool-names'

const MAX_BODY = 30_000

const NAMES: ToolNames = {
  label: 'Copilot',
  aliases: {
    Read: 'read',
    NotebookRead: 'read',
    Grep: 'search',
    Glob: 'search',
    LS: 'search',
    Write: 'edit',
    Edit: 'edit',
    MultiEdit: 'edit',
    NotebookEdit: 'edit',
    Bash: 'execute',
    BashOutput: 'execute',
    KillShell: 'execute',
    WebFetch: 'web',
    WebSearch: 'web',
    Agent: 'agent',
    Task: 'agent',
    TodoWrite: 'todo',
  },
  mcp: (server, tool) => `${server}/${tool ?? '*'}`,
}

/** GitHub Copilot: `.agent.md`. */
export const copilot: Format = {
  label: 'GitHub Copilot',
  holds: ['mcpServers'],
  keys: ['name', 'description', 'tools', 'model', 'mcp-servers'],
  read: (definition) => {
    const agent = plainAgent(definition)
    return {
      ...agent,
      hooks: null,
      name: agent.name ?? fileStem(definition),
      tools: agent.tools === null ? null : toolsHere(agent.tools, 'copilot', mcpHere),
      ...serversOf(valueAt(definition, 'mcp-servers')),
    }
  },
  write: (agent, report) => {
    const name = slugOf({ ...agent, name: agent.name ?? 'agent' }, () => {})
    if (agent.instructions.length > MAX_BODY) {
      report({
        field: 'instructions',
        severity: 'lost',
        before: `${agent.instructions.length} characters`,
        after: `${MAX_BODY} characters`,
        sentence: `Copilot reads the first ${MAX_BODY} characters of the instructions only.`,
      })
    }
    return {
      fields: [
        ['name', agent.name],
        ['description', agent.description],
        ['tools', agent.tools === null ? null : toolsThere(agent.tools, NAMES, report)],
        [
          'model',
          modelThere(
            agent,
            {
              label: 'Copilot',
              offers: /^(?:gpt|o\d|gemini|grok|claude [\w .]+$|.*\(copilot\)$)/i,
            },
            report,
          ),
        ],
        ['mcp-servers', agent.mcpServers],
      ],
      folder: '.github/agents',
      fileName: `${name}.agent.md`,
    }
  },
}

/** `server/tool` and `server/*`; the sets of Copilot itself are no servers. */
function mcpHere(name: string): string | null {
  const match = /^([\w.-]+)\/([\w.*-]+)$/.exec(name)
  if (
    !match?.[1] ||
    /^(?:read|search|edit|execute|web|agent|todo|vscode|runcommands|runtasks)$/i.test(match[1])
  )
    return null
  return match[2] === '*' ? `mcp__${match[1]}` : `mcp__${match[1]}__${match[2]}`
}

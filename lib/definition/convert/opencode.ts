import type { DefinitionContent, JsonValue } from '../model'
import { fileStem, isMap, numberAt, plainAgent, slugOf, unique, valueAt } from './agent'
import type { Agent, Format, Report } from './model'
import { modelThere } from './models'
import { type ToolNames, toolsHere, toolsThere } from './tool-names'

const NAMES: ToolNames = {
  label: 'OpenCode',
  aliases: {
    Read: 'read',
    LS: 'list',
    Glob: 'glob',
    Grep: 'grep',
    LSP: 'lsp',
    TodoWrite: 'todowrite',
    TodoRead: 'todoread',
    AskUserQuestion: 'question',
    Write: 'write',
    Edit: 'edit',
    MultiEdit: 'edit',
    NotebookEdit: 'edit',
    Skill: 'skill',
    Bash: 'bash',
    BashOutput: 'bash',
    KillShell: 'bash',
    WebFetch: 'webfetch',
    WebSearch: 'websearch',
    Task: 'task',
    Agent: 'task',
  },
  mcp: (server, tool) => `${server}_${tool ?? '*'}`,
}

/** OpenCode: Markdown with a map of booleans; the file name is the name. */
export const opencode: Format = {
  label: 'OpenCode',
  holds: ['temperature', 'maxTurns', 'color'],
  keys: [
    'description',
    'mode',
    'tools',
    'model',
    'temperature',
    'steps',
    'maxSteps',
    'disable',
    'permission',
    'color',
  ],
  read: (definition, report) => {
    const agent = plainAgent(definition)
    const denied = unique([...agent.denied, ...deniedByPermission(definition, report)])
    return {
      ...agent,
      name: agent.name ?? fileStem(definition),
      tools: agent.tools === null ? null : toolsHere(agent.tools, 'opencode', mcpHere),
      denied: toolsHere(denied, 'opencode', mcpHere),
      maxTurns: numberAt(definition, 'steps') ?? numberAt(definition, 'maxSteps'),
      disabled: valueAt(definition, 'disable') === true,
    }
  },
  write: (agent, report) => {
    const name = slugOf(agent, report)
    const map = toolMap(agent, report)
    return {
      fields: [
        ['description', agent.description],
        ['mode', 'subagent'],
        [
          'model',
          modelThere(
            agent,
            {
              label: 'OpenCode',
              offers: /^[\w.-]+\/.+$/,
              rename: (model) => (/^claude-/.test(model) ? `anthropic/${model}` : null),
            },
            report,
          ),
        ],
        ['temperature', agent.temperature],
        ['steps', agent.maxTurns],
        ['color', hexOf(agent, report)],
        ['disable', agent.disabled ? true : null],
        ['tools', map],
      ],
      folder: '.opencode/agents',
      fileName: `${name}.md`,
    }
  },
}

/** What is not named stays switched on, so a list begins by switching everything off. */
function toolMap({ tools, denied }: Agent, report: Report): JsonValue {
  const off = toolsThere(
    denied.filter((name) => NAMES.aliases[name] !== undefined || name.startsWith('mcp__')),
    NAMES,
    () => {},
  )
  const on = tools === null ? [] : toolsThere(tools, NAMES, report)
  if (tools === null && off.length === 0) return null
  return {
    ...(tools === null ? {} : { '*': false }),
    ...Object.fromEntries(on.map((name) => [name, true])),
    ...Object.fromEntries(off.filter((name) => !on.includes(name)).map((name) => [name, false])),
  }
}

function deniedByPermission(definition: DefinitionContent, report: Report): string[] {
  const permission = valueAt(definition, 'permission')
  if (!isMap(permission)) return []
  for (const [name, value] of Object.entries(permission)) {
    if (value === 'allow' || value === 'deny') continue
    report({
      field: 'permission',
      severity: 'lost',
      before: `${name}: ${JSON.stringify(value)}`,
      after: null,
      sentence: `The rule for ${name} has no equal; what it asks for is asked as the session asks.`,
    })
  }
  return Object.entries(permission)
    .filter(([, value]) => value === 'deny')
    .map(([name]) => name)
}

function hexOf({ color }: Agent, report: Report): string | null {
  if (color === null || /^#[0-9a-f]{6}$/i.test(color)) return color
  report({
    field: 'color',
    severity: 'lost',
    before: color,
    after: null,
    sentence: 'Colours in OpenCode are written as #rrggbb.',
  })
  return null
}

function mcpHere(name: string): string | null {
  return name.endsWith('_*') ? `mcp__${name.slice(0, -2)}` : null
}

import { fileStem, plainAgent, slugOf } from './agent'
import type { Agent, Format, Report } from './model'

/** The native format; every part of an agent but a confinement has a field here. */
export const claude: Format = {
  label: 'Claude Code',
  holds: [
    'effort',
    'mcpServers',
    'mcpNames',
    'permissionMode',
    'maxTurns',
    'hooks',
    'skills',
    'memory',
    'color',
    'background',
    'confinement',
  ],
  keys: [
    'name',
    'description',
    'tools',
    'disallowedTools',
    'model',
    'effort',
    'mcpServers',
    'permissionMode',
    'maxTurns',
    'hooks',
    'skills',
    'memory',
    'color',
    'background',
  ],
  read: (definition) => {
    const agent = plainAgent(definition)
    return { ...agent, name: agent.name ?? fileStem(definition) }
  },
  write: (agent, report) => {
    const name = slugOf(agent, report)
    const denied = [...agent.denied, ...confined(agent, report)]
    const servers = [...agent.mcpNames, ...(agent.mcpServers ? [agent.mcpServers] : [])]
    return {
      fields: [
        ['name', name],
        ['description', agent.description],
        [
          'tools',
          agent.tools === null ? null : agent.tools.length > 0 ? agent.tools.join(', ') : [],
        ],
        ['disallowedTools', denied.length > 0 ? denied.join(', ') : null],
        ['model', modelHere(agent, report)],
        ['permissionMode', agent.permissionMode],
        ['mcpServers', agent.mcpNames.length > 0 ? servers : agent.mcpServers],
        ['effort', agent.effort],
        ['maxTurns', agent.maxTurns],
        ['hooks', agent.hooks],
        ['skills', agent.skills.length > 0 ? agent.skills : null],
        ['memory', agent.memory],
        ['background', agent.background ? true : null],
        ['color', agent.color],
      ],
      folder: '.claude/agents',
      fileName: `${name}.md`,
    }
  },
}

const CHANGES = ['Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'Bash']

/** A confinement becomes a list of what is denied, where there is no list of what is granted. */
function confined({ confinement, tools }: Agent, report: Report): string[] {
  if (confinement === null || tools !== null) return []
  if (confinement === 'read-only') {
    report({
      field: 'confinement',
      severity: 'narrowed',
      before: 'read-only',
      after: CHANGES.join(', '),
      sentence:
        'There is no read-only mode in Claude Code, so the tools that change files or run commands are denied.',
    })
    return CHANGES
  }
  report({
    field: 'confinement',
    severity: 'widened',
    before: confinement,
    after: null,
    sentence:
      'Claude Code does not confine an agent to the workspace; it may do whatever the session may.',
  })
  return []
}

const OWN_MODEL = /^(?:claude-[\w.@:[\]-]+|sonnet|opus|haiku|fable|inherit|default|sonnet\[1m\])$/i

function modelHere({ model }: Agent, report: Report): string | null {
  if (model === null) return null
  const bare = model.replace(/^anthropic\//, '')
  if (OWN_MODEL.test(bare)) {
    if (bare !== model) {
      report({
        field: 'model',
        severity: 'renamed',
        before: model,
        after: bare,
        sentence: `The model is called ${bare} in Claude Code.`,
      })
    }
    return bare
  }
  report({
    field: 'model',
    severity: 'lost',
    before: model,
    after: null,
    sentence: `Claude Code does not offer ${model}; the agent takes the model of the session.`,
  })
  return null
}

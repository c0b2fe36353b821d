import { plainAgent, serversOf, slugOf, textAt, valueAt } from './agent'
import { confinementOf } from './confinement'
import type { Format } from './model'
import { modelThere } from './models'

const EFFORTS = new Set(['minimal', 'low', 'medium', 'high', 'xhigh'])

/** Codex: TOML without a list of tools; what it may do is how it is confined. */
export const codex: Format = {
  label: 'Codex',
  holds: ['effort', 'mcpServers', 'confinement'],
  keys: [
    'name',
    'description',
    'developer_instructions',
    'model',
    'model_reasoning_effort',
    'sandbox_mode',
    'mcp_servers',
  ],
  read: (definition) => {
    const prompt = valueAt(definition, 'developer_instructions')
    const mode = textAt(definition, 'sandbox_mode')
    return {
      ...plainAgent(definition),
      instructions: typeof prompt === 'string' ? prompt : '',
      effort: textAt(definition, 'model_reasoning_effort'),
      ...serversOf(valueAt(definition, 'mcp_servers')),
      confinement: mode === 'read-only' || mode === 'workspace-write' ? mode : null,
    }
  },
  write: (agent, report) => {
    const name = slugOf(agent, () => {})
    const { effort } = agent
    const known = effort === null || EFFORTS.has(effort)
    if (!known) {
      report({
        field: 'effort',
        severity: 'lost',
        before: effort,
        after: null,
        sentence: `Codex knows no effort ${effort}.`,
      })
    }
    return {
      fields: [
        ['name', agent.name ?? name],
        ['description', agent.description],
        ['model', modelThere(agent, { label: 'Codex', offers: /^(?:gpt|o\d|codex)/i }, report)],
        ['model_reasoning_effort', known ? effort : null],
        ['sandbox_mode', confinementOf(agent, 'Codex', report)],
        ['developer_instructions', agent.instructions],
        ['mcp_servers', agent.mcpServers],
      ],
      folder: '.codex/agents',
      fileName: `${name}.toml`,
    }
  },
}

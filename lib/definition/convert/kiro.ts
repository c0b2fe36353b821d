import type { DefinitionContent } from '../model'
import { fileStem, isMap, plainAgent, textAt, valueAt } from './agent'
import type { Agent, Report } from './model'
import { toolsHere } from './tool-names'

export const KIRO_KEYS = [
  'name',
  'description',
  'prompt',
  'tools',
  'model',
  'mcpServers',
  'allowedTools',
  'toolsSettings',
  'resources',
  'hooks',
]

/** Kiro: JSON, or Markdown since its third version. Read only. */
export function readKiro(definition: DefinitionContent, report: Report): Agent {
  const agent = plainAgent(definition)
  const prompt = textAt(definition, 'prompt')
  const elsewhere = prompt?.startsWith('file://') === true
  if (elsewhere) {
    report({
      field: 'prompt',
      severity: 'lost',
      before: prompt ?? '',
      after: null,
      sentence: 'The instructions stand in another file, which is not part of this one.',
    })
  }
  const approved = valueAt(definition, 'allowedTools')
  if (Array.isArray(approved) && approved.length > 0) {
    // In Kiro these are the tools that nobody is asked for, not the tools that it may use.
    report({
      field: 'allowedTools',
      severity: 'narrowed',
      before: approved.join(', '),
      after: null,
      sentence: 'Kiro uses these without asking; here the session decides what is asked.',
    })
  }
  const settings = valueAt(definition, 'toolsSettings')
  if (isMap(settings) && Object.keys(settings).length > 0) {
    report({
      field: 'toolsSettings',
      severity: 'widened',
      before: Object.keys(settings).join(', '),
      after: null,
      sentence:
        'Limits of single tools are lost: paths and commands that were refused no longer are.',
    })
  }
  const resources = valueAt(definition, 'resources')
  if (Array.isArray(resources) && resources.length > 0) {
    report({
      field: 'resources',
      severity: 'lost',
      before: resources.join(', '),
      after: null,
      sentence: 'Files that Kiro loads at the start are not loaded.',
    })
  }
  return {
    ...agent,
    name: agent.name ?? fileStem(definition),
    instructions:
      definition.frontmatter === null ? (elsewhere ? '' : (prompt ?? '')) : agent.instructions,
    tools: agent.tools === null ? null : toolsHere(agent.tools, 'kiro', mcpHere),
    denied: [],
  }
}

/** `@server/tool` and `@server`. */
function mcpHere(name: string): string | null {
  const match = /^@([\w.-]+)(?:\/([\w.*-]+))?$/.exec(name)
  if (!match?.[1] || match[1] === 'builtin') return null
  return match[2] && match[2] !== '*' ? `mcp__${match[1]}__${match[2]}` : `mcp__${match[1]}`
}

import { slugify } from '@/lib/core/ids'
import type { DefinitionContent, JsonValue } from '../model'
import { splitNames } from '../names'
import type { Agent, Report } from './model'

/** What every format reads alike; a format overrides what it says otherwise. */
export function plainAgent(definition: DefinitionContent): Agent {
  const { tools, text, body } = definition
  return {
    name: definition.name,
    description: definition.description,
    instructions: text.slice(body.range.start, body.range.end),
    tools: tools.inheritsAll ? null : unique(tools.names),
    denied: unique(tools.denied.map(({ name }) => name)),
    model: definition.model,
    ...serversOf(valueAt(definition, 'mcpServers')),
    effort: textAt(definition, 'effort'),
    temperature: numberAt(definition, 'temperature'),
    permissionMode: textAt(definition, 'permissionMode'),
    maxTurns: numberAt(definition, 'maxTurns'),
    hooks: valueAt(definition, 'hooks'),
    skills: namesAt(definition, 'skills'),
    memory: textAt(definition, 'memory'),
    color: textAt(definition, 'color'),
    background: valueAt(definition, 'background') === true,
    confinement: null,
    disabled: false,
  }
}

/** Inline servers and names of servers, which may stand beside each other in one list. */
export function serversOf(value: JsonValue): Pick<Agent, 'mcpServers' | 'mcpNames'> {
  if (typeof value === 'string') {
    return { mcpServers: null, mcpNames: splitNames(value).map(({ name }) => name) }
  }
  const parts = Array.isArray(value) ? value : [value]
  const names = parts.filter((part) => typeof part === 'string')
  const inline = parts.filter((part) => isMap(part))
  return {
    mcpServers: inline.length > 0 ? Object.assign({}, ...inline) : null,
    mcpNames: names,
  }
}

export function valueAt({ fields }: DefinitionContent, key: string): JsonValue {
  return fields.find((field) => field.key === key)?.value ?? null
}

export function textAt(definition: DefinitionContent, key: string): string | null {
  const value = valueAt(definition, key)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

export function numberAt(definition: DefinitionContent, key: string): number | null {
  const value = valueAt(definition, key)
  return typeof value === 'number' ? value : null
}

export function namesAt(definition: DefinitionContent, key: string): string[] {
  const value = valueAt(definition, key)
  if (typeof value === 'string') return splitNames(value).map(({ name }) => name)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

export function isMap(value: JsonValue): value is { [key: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

export function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '')
}

/** The name of the file without what a format appends to it. */
export function fileStem({ path }: DefinitionContent): string | null {
  const file = path?.split(/[\\/]/).at(-1) ?? ''
  const stem = file.replace(/\.(?:agent\.md|chatmode\.md|md|mdc|markdown|toml|jsonc?)$/i, '')
  return stem === '' ? null : stem
}

/** A name that file systems and strict formats take; said where it differs. */
export function slugOf(agent: Agent, report: Report): string {
  const slug = slugify(agent.name ?? '', 'agent')
  if (agent.name !== slug) {
    report({
      field: 'name',
      severity: 'renamed',
      before: agent.name ?? '',
      after: slug,
      sentence: `The name becomes ${slug}, because a name there is lower case letters, digits and hyphens.`,
    })
  }
  return slug
}

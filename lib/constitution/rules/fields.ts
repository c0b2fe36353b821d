import { removeField, setField } from '@/lib/definition/edit'
import type { DefinitionContent, EditResult, Field } from '@/lib/definition/model'
import { fieldFix, finding, shown } from '../evidence'
import type { Rule } from '../model'
import { nearest } from '../nearest'
import { definitionRule, example } from './make'

/** Fields that Claude Code documents (formats.md section 4). */
const KNOWN_KEYS = [
  ...['name', 'description', 'tools', 'disallowedTools', 'model', 'permissionMode', 'skills'],
  ...['hooks', 'memory', 'background', 'isolation', 'effort', 'maxTurns', 'initialPrompt'],
  ...['mcpServers', 'color'],
]
/** Words that are keys of their own in many files, however close they are to a documented one. */
const OTHER_KEYS = ['emoji', 'version', 'mode', 'title', 'modes', 'names', 'skill', 'tool_choice']
/** Written for a list of tools, but no tool of ours reads it in an agent. */
const IGNORED_TOOLS = ['allowed-tools', 'allowedTools', 'allowed_tools']

/** A misspelt field is dropped without a word: `tool: Read` grants everything (F3). */
export const keyMisspelt: Rule = definitionRule({
  id: 'key-misspelt',
  severity: 'error',
  title: 'Every field is spelt as it is read.',
  page: {
    what: 'A field is one or two letters away from one that exists, and that one is not there.',
    why: 'A field that nobody knows is dropped in silence. Where it was meant to limit the tools, the agent gets all of them.',
    passes: example(),
    fails: example({ fields: { descripton: 'Plans berths.', description: null } }),
    fix: 'Correct the spelling, or remove the field.',
  },
  check: (definition) => {
    if (definition.format !== 'claude' || definition.frontmatter?.valid !== true) return []
    const present = definition.fields.map((field) => field.key)
    const absent = KNOWN_KEYS.filter((key) => !present.includes(key))
    return definition.fields.flatMap((field) => {
      if (KNOWN_KEYS.includes(field.key) || OTHER_KEYS.includes(field.key)) return []
      const guess = nearest(field.key, KNOWN_KEYS)
      if (guess === null || !absent.includes(guess)) return []
      return [
        finding(keyMisspelt, definition, {
          message: `The field ${shown([field.key])} is not read by any tool. Did you mean ${guess}?`,
          at: [field.keyRange],
          fix: fieldFix(definition, `Write ${guess}`, (header) => renamed(header, field, guess)),
        }),
      ]
    })
  },
})

/** `allowed-tools` belongs to commands and skills; in an agent it restricts nothing (F3). */
export const keyIgnored: Rule = definitionRule({
  id: 'key-ignored',
  severity: 'warning',
  principle: 'access-control',
  title: 'The tools are limited by the field that is read.',
  page: {
    what: 'The file limits its tools with `allowed-tools`, which agents do not have.',
    why: 'It restricts nothing: without `tools` the agent inherits every tool of the session.',
    passes: example(),
    fails: example({ fields: { tools: null, 'allowed-tools': 'Read, Grep' } }),
    fix: 'Name the tools in `tools`.',
  },
  check: (definition) => {
    if (definition.format !== 'claude' || definition.frontmatter?.valid !== true) return []
    const field = definition.fields.find((each) => IGNORED_TOOLS.includes(each.key))
    if (!field) return []
    const has = definition.fields.some((each) => each.key === 'tools')
    return [
      finding(keyIgnored, definition, {
        message: has
          ? `${field.key} restricts nothing in an agent; only tools is read.`
          : `${field.key} restricts nothing in an agent, so it inherits every tool of the session.`,
        at: [field.keyRange],
        fix: fieldFix(definition, has ? `Remove ${field.key}` : 'Call it tools', (header) =>
          has ? removeField(header, field.key) : renamed(header, field, 'tools'),
        ),
      }),
    ]
  },
})

/** Nobody is asked any more (F3). */
export const permissionBypass: Rule = definitionRule({
  id: 'permission-bypass',
  severity: 'error',
  principle: 'access-control',
  title: 'People are asked before it acts.',
  page: {
    what: 'The permission mode switches every question off.',
    why: 'What an agent may do at all is one limit; being asked at the moment it happens is the other. Without it one bad instruction is carried out at once.',
    passes: example({ fields: { permissionMode: 'default' } }),
    fails: example({ fields: { permissionMode: 'bypassPermissions' } }),
    fix: 'Remove `permissionMode`, or set it to `default`.',
  },
  check: (definition) => {
    const field = definition.fields.find((each) => each.key === 'permissionMode')
    if (!field || definition.format !== 'claude') return []
    if (typeof field.value !== 'string' || field.value.trim() !== 'bypassPermissions') return []
    return [
      finding(permissionBypass, definition, {
        message: 'It runs in bypassPermissions, so nobody is asked before it acts.',
        at: [field.range],
        fix: fieldFix(definition, 'Ask as usual', (header) =>
          setField(header, 'permissionMode', 'default'),
        ),
      }),
    ]
  },
})

/** The same field under another name, where the text can be edited there and nowhere else. */
function renamed({ text, encoding }: DefinitionContent, field: Field, key: string): EditResult {
  const { start, end } = field.keyRange
  if (encoding !== 'utf-8' || text.slice(start, end) !== field.key) return { ok: false, reason: '' }
  const bytes = new TextEncoder().encode(text.slice(0, start) + key + text.slice(end))
  return { ok: true, bytes }
}

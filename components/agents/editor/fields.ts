/** How a field of the front matter is edited in the form. */
type FieldKind = 'text' | 'choice' | 'number' | 'names' | 'inText'
export type FieldFact = {
  key: string
  label: string
  /** What it does, in a few words. */
  about: string
  kind: FieldKind
  /** Values that mean something, each with its meaning. */
  values?: readonly (readonly [string, string])[]
}

const YES_NO = [
  ['true', 'yes'],
  ['false', 'no'],
] as const

/** Every field that Claude Code documents, in the order in which people look for them. */
export const FIELDS: readonly FieldFact[] = [
  { key: 'name', label: 'Name', about: 'how it is called and invoked', kind: 'text' },
  { key: 'description', label: 'Description', about: 'when it is chosen', kind: 'text' },
  {
    key: 'tools',
    label: 'Tools',
    about: 'what it may use; absent means everything',
    kind: 'inText',
  },
  { key: 'model', label: 'Model', about: 'what it runs on', kind: 'choice' },
  {
    key: 'permissionMode',
    label: 'Permission mode',
    about: 'what is asked before it acts',
    kind: 'choice',
    values: [
      ['default', 'asks as the session does'],
      ['plan', 'plans and changes nothing'],
      ['dontAsk', 'denies what is not allowed already'],
      ['acceptEdits', 'changes files without asking'],
      ['bypassPermissions', 'asks nobody'],
    ],
  },
  { key: 'mcpServers', label: 'MCP servers', about: 'servers it may reach', kind: 'names' },
  {
    key: 'disallowedTools',
    label: 'Tools taken away',
    about: 'never usable, whatever is granted',
    kind: 'names',
  },
  { key: 'maxTurns', label: 'Most turns', about: 'after so many it stops', kind: 'number' },
  {
    key: 'effort',
    label: 'Effort',
    about: 'how long it may think',
    kind: 'choice',
    values: [
      ['low', 'quick'],
      ['medium', 'balanced'],
      ['high', 'thorough'],
      ['xhigh', 'more than thorough'],
      ['max', 'as long as it takes'],
    ],
  },
  { key: 'skills', label: 'Skills', about: 'loaded when it starts', kind: 'names' },
  {
    key: 'memory',
    label: 'Memory',
    about: 'where it remembers',
    kind: 'choice',
    values: [
      ['user', 'for the person, in every project'],
      ['project', 'for everybody in this project'],
      ['local', 'on this machine only'],
    ],
  },
  {
    key: 'background',
    label: 'In the background',
    about: 'runs beside the session',
    kind: 'choice',
    values: YES_NO,
  },
  {
    key: 'isolation',
    label: 'Isolation',
    about: 'where it works',
    kind: 'choice',
    values: [['worktree', 'in a copy of the repository']],
  },
  {
    key: 'initialPrompt',
    label: 'First prompt',
    about: 'sent when it starts by itself',
    kind: 'text',
  },
  {
    key: 'color',
    label: 'Colour',
    about: 'its mark in the terminal',
    kind: 'choice',
    values: ['red', 'blue', 'green', 'yellow', 'purple', 'orange', 'pink', 'cyan'].map(
      (name) => [name, ''] as const,
    ),
  },
  { key: 'hooks', label: 'Hooks', about: 'commands around its tool calls', kind: 'inText' },
]

export function fieldFact(key: string): FieldFact | undefined {
  return FIELDS.find((field) => field.key === key)
}

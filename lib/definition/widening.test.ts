import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTool, removeTool } from './edit'
import type { ChangeDirection, EditResult } from './model'
import { parseDefinition } from './parse'
import { agentText, definitionOf } from './testing/reference'
import { compareDefinitions, nextVersion } from './widening'

const agent = (fields: Record<string, string>) => definitionOf(agentText(fields))
const compare = (before: Record<string, string>, after: Record<string, string>) =>
  compareDefinitions(agent(before), agent(after))
const edited = (result: EditResult) => {
  if (!result.ok) throw new Error(result.reason)
  return parseDefinition(result.bytes, { path: 'agents/ledger-keeper.md' })
}

describe('a change is named by what it lets the agent do', () => {
  it.each<[string, Record<string, string>, Record<string, string>, ChangeDirection, string]>([
    ['a tool more', {}, { tools: 'Read, Grep, Bash' }, 'widening', 'major'],
    ['a tool less', {}, { tools: 'Read' }, 'narrowing', 'minor'],
    ['one for another', {}, { tools: 'Read, Bash' }, 'mixed', 'major'],
    ['other order', {}, { tools: 'Grep, Read' }, 'prose', 'patch'],
    ['a limit falls', { tools: 'Bash(git:*)' }, { tools: 'Bash' }, 'widening', 'major'],
    ['a limit comes', { tools: 'Bash' }, { tools: 'Bash(git:*)' }, 'narrowing', 'minor'],
    ['another limit', { tools: 'Bash(git:*)' }, { tools: 'Bash(npm:*)' }, 'mixed', 'major'],
    ['a server for its tool', { tools: 'mcp__b__x' }, { tools: 'mcp__b' }, 'widening', 'major'],
    ['the same server', { tools: 'mcp__b' }, { tools: 'mcp__b__*' }, 'prose', 'patch'],
    ['more sub-agents', { tools: 'Agent(x)' }, { tools: 'Agent(x, y)' }, 'widening', 'major'],
    ['Task is Agent', { tools: 'Task' }, { tools: 'Agent' }, 'prose', 'patch'],
    ['everything', {}, { tools: '' }, 'widening', 'major'],
    ['nothing', {}, { tools: '[]' }, 'narrowing', 'minor'],
    ['a denial falls', { tools: '', disallowedTools: 'Bash' }, { tools: '' }, 'widening', 'major'],
    ['a denial of what is not granted', {}, { disallowedTools: 'Bash' }, 'narrowing', 'minor'],
    ['the fall of such a denial', { disallowedTools: 'Bash' }, {}, 'widening', 'major'],
    [
      'a denied server whose tool was granted',
      { tools: 'Read, mcp__b__x' },
      { tools: 'Read, mcp__b__x', disallowedTools: 'mcp__b' },
      'narrowing',
      'minor',
    ],
    ['a denial of what is granted', {}, { disallowedTools: 'Read' }, 'narrowing', 'minor'],
    ['nobody asks', {}, { permissionMode: 'bypassPermissions' }, 'widening', 'major'],
    ['only plans', {}, { permissionMode: 'plan' }, 'narrowing', 'minor'],
    ['a hook', {}, { hooks: '{Stop: [x]}' }, 'widening', 'major'],
    ['another hook', { hooks: '{Stop: [x]}' }, { hooks: '{Stop: [y]}' }, 'widening', 'major'],
    ['a hook less', { hooks: '{Stop: [x]}' }, {}, 'widening', 'major'],
    ['a skill', {}, { skills: '[posting]' }, 'widening', 'major'],
    ['another model', {}, { model: 'opus' }, 'prose', 'minor'],
    ['other words for choosing', {}, { description: 'Balances.' }, 'prose', 'minor'],
    ['proactive but harmless', {}, { description: 'Use PROACTIVELY.' }, 'prose', 'minor'],
    [
      'proactive with a shell',
      { tools: 'Bash' },
      { tools: 'Bash', description: 'Use PROACTIVELY.' },
      'widening',
      'major',
    ],
    ['a colour', {}, { color: 'red' }, 'prose', 'patch'],
  ])('%s', (_, before, after, direction, bump) => {
    expect(compare(before, after)).toMatchObject({ direction, bump })
  })

  it('the first version is a widening, and says with what', () => {
    const change = compareDefinitions(null, agent({ tools: 'Read, Bash' }))
    expect(change).toMatchObject({
      direction: 'widening',
      tierBefore: null,
      tierAfter: 'high',
      title: 'First version of ledger-keeper, with Bash',
      routingChanged: false,
    })
  })

  it.each([
    [
      {},
      { tools: 'Read, Grep, Bash, WebFetch' },
      'Adds Bash and WebFetch to ledger-keeper',
      'Now runs any command in the workspace and fetches any address on the web.',
    ],
    [
      { tools: 'Read, Edit' },
      { tools: 'Read' },
      'Removes Edit from ledger-keeper',
      'No longer changes files.',
    ],
    [
      { tools: 'Bash' },
      { tools: 'Bash(git:*)' },
      'Limits Bash of ledger-keeper',
      'Bash becomes Bash(git:*).',
    ],
    [
      { tools: 'Bash(git:*)' },
      { tools: 'Bash, Edit' },
      'Widens Bash of ledger-keeper, adds Edit',
      'Now runs any command in the workspace and changes files.',
    ],
    [{}, { model: 'opus' }, 'Changes the model of ledger-keeper', 'Changes the model.'],
    [
      {},
      { description: 'Other.' },
      'Changes when ledger-keeper is chosen',
      'Changes when it is chosen.',
    ],
    [
      { hooks: '{Stop: [x]}' },
      {},
      'Takes hook Stop from ledger-keeper',
      'Now works without its hook Stop.',
    ],
    [
      {},
      { disallowedTools: 'Bash' },
      'Adds denial of Bash to ledger-keeper',
      'No longer may be granted Bash.',
    ],
    [{}, { color: 'red' }, 'Rewords ledger-keeper', 'Changes no capability.'],
  ])('%j → %j reads well', (before, after, title, sentence) => {
    expect(compare(before, after)).toMatchObject({ title, sentence })
  })

  it('what replaces a limit stands beside it', () => {
    expect(compare({ tools: 'Bash(git:*)' }, { tools: 'Bash' }).rows).toMatchObject([
      { op: '~', name: 'Bash', direction: 'widens', before: 'Bash(git:*)', after: 'Bash' },
    ])
  })
})

describe('properties of the comparison', () => {
  const pool = [
    ...['Read', 'Edit', 'Bash', 'Bash(git:*)', 'Bash(npm:*)', 'Agent(x)', 'Agent(x, y)', 'Task'],
    ...['mcp__b', 'mcp__b__x', 'mcp__c__y', 'WebFetch', 'Unknown'],
  ]
  const list = fc.shuffledSubarray(pool)
  const optional = <T>(values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  const fields = fc.record({
    tools: fc.oneof(
      list.map((names) => `[${names.map((n) => `"${n}"`).join(', ')}]`),
      fc.constant(''),
    ),
    disallowedTools: optional(['Bash', 'Read, Edit']),
    permissionMode: optional(['plan', 'acceptEdits', 'bypassPermissions', 'odd']),
    mcpServers: optional(['[b]', '{b: {url: u}}']),
    model: optional(['opus', 'haiku']),
    description: optional(['Use PROACTIVELY.', 'Other.']),
    memory: optional(['user', 'project']),
  })
  const some = fields.map((record) =>
    agent(
      Object.fromEntries(Object.entries(record).filter(([, v]) => v !== undefined)) as Record<
        string,
        string
      >,
    ),
  )

  it('the same bytes change nothing', () => {
    fc.assert(
      fc.property(some, (definition) => {
        expect(compareDefinitions(definition, definition)).toMatchObject({
          direction: 'none',
          rows: [],
          bump: 'patch',
        })
      }),
    )
  })

  it('swapping the sides swaps widening and narrowing', () => {
    const opposite: Record<ChangeDirection, ChangeDirection> = {
      widening: 'narrowing',
      narrowing: 'widening',
      mixed: 'mixed',
      prose: 'prose',
      none: 'none',
    }
    fc.assert(
      fc.property(some, some, (a, b) => {
        const there = compareDefinitions(a, b).direction
        expect(compareDefinitions(b, a).direction).toBe(opposite[there])
      }),
      { numRuns: 300 },
    )
  })

  const names = ['Read', 'Grep', 'Bash', 'Edit', 'WebFetch', 'mcp__b__x', 'Odd']
  const granted = fc.shuffledSubarray(names, { minLength: 1, maxLength: 6 })

  it('adding a tool always widens', () => {
    fc.assert(
      fc.property(granted, (tools) => {
        const before = agent({ tools: tools.join(', ') })
        const name = names.find((each) => !tools.includes(each)) ?? ''
        const change = compareDefinitions(before, edited(addTool(before, name)))
        expect(change).toMatchObject({ direction: 'widening', bump: 'major' })
      }),
    )
  })

  it('taking a tool away never widens', () => {
    fc.assert(
      fc.property(granted, fc.nat(), (tools, at) => {
        const before = agent({ tools: tools.join(', ') })
        const change = compareDefinitions(
          before,
          edited(removeTool(before, tools[at % tools.length] ?? '')),
        )
        expect(change.direction).toBe('narrowing')
      }),
    )
  })
})

describe('F17: what gives more is always a widening, what takes away never', () => {
  const base = fc.record({
    tools: fc.constantFrom('Read, Grep', 'Read, Bash(git:*), Agent(x)', '[Edit, mcp__b__x]', '[]'),
    disallowedTools: fc.constantFrom('WebFetch', 'WebFetch, Edit, mcp__c'),
    permissionMode: fc.constantFrom('plan', 'dontAsk', 'default'),
    hooks: fc.constantFrom('{Stop: [x]}', '{Stop: [x], PreToolUse: [y]}'),
    mcpServers: fc.constantFrom('{b: {url: u}}', '[b]'),
    skills: fc.constantFrom('[posting]', '[]'),
  })
  type Fields = Record<string, string>
  const MORE: Record<string, (fields: Fields) => Fields> = {
    'a tool': (f) => ({
      ...f,
      tools: f.tools === '[]' ? '[Write]' : `${f.tools}, Write`.replace(/\](.*)$/, '$1]'),
    }),
    'a server': (f) => ({
      ...f,
      mcpServers: f.mcpServers === '[b]' ? '[b, d]' : '{b: {url: u}, d: {url: v}}',
    }),
    'another address': (f) => ({ ...f, mcpServers: '{b: {url: elsewhere}}' }),
    'a hook less': ({ hooks: _, ...f }) => f,
    'another hook': (f) => ({ ...f, hooks: '{Stop: [z]}' }),
    'no denials': ({ disallowedTools: _, ...f }) => f,
    'a denial less': (f) => ({ ...f, disallowedTools: 'mcp__c' }),
    'a looser mode': (f) => ({ ...f, permissionMode: 'acceptEdits' }),
    'nobody asks': (f) => ({ ...f, permissionMode: 'bypassPermissions' }),
    'no list': ({ tools: _, ...f }) => ({ ...f, tools: '' }),
    'a skill': (f) => ({ ...f, skills: '[posting, closing]' }),
  }
  it.each(Object.keys(MORE))('%s', (what) => {
    fc.assert(
      fc.property(base, fc.boolean(), (fields, prose) => {
        const more = MORE[what]?.(fields) ?? fields
        const now = prose ? { ...more, description: 'Other words.' } : more
        expect(['widening', 'mixed']).toContain(compare(fields, now).direction)
      }),
      { seed: 17, numRuns: 60 },
    )
  })

  const LESS: Record<string, (fields: Fields) => Fields> = {
    'no tools': (f) => ({ ...f, tools: '[]' }),
    'no servers': ({ mcpServers: _, ...f }) => f,
    'a denial more': (f) => ({ ...f, disallowedTools: `${f.disallowedTools}, Read` }),
    'a stricter mode': (f) => ({ ...f, permissionMode: 'plan' }),
    'no skills': ({ skills: _, ...f }) => f,
    'other words': (f) => ({ ...f, description: 'Keeps the books.' }),
    'another colour': (f) => ({ ...f, color: 'red' }),
  }
  it.each(Object.keys(LESS))('%s', (what) => {
    fc.assert(
      fc.property(base, (fields) => {
        const now = LESS[what]?.(fields) ?? fields
        expect(['narrowing', 'prose', 'none']).toContain(compare(fields, now).direction)
      }),
      { seed: 18, numRuns: 60 },
    )
  })
})

describe('the next version is above everything that anybody claimed', () => {
  it.each([
    [[], [], 'major', '1.0.0'],
    [['1.0.0'], [], 'major', '2.0.0'],
    [['1.0.0', '1.2.0', '1.10.0'], [], 'minor', '1.11.0'],
    [[], ['1.0.0', '1.1.0'], 'patch', '1.1.1'],
    [['1.0.0'], ['v2.3'], 'minor', '2.4.0'],
    [[], ['n/a', ''], 'major', '1.0.0'],
  ] as const)('%j and %j, %s: %s', (published, claimed, bump, expected) => {
    expect(nextVersion(published, claimed, bump)).toBe(expected)
  })
})

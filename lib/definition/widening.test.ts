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
    ['a denial of what is not granted', {}, { disallowedTools: 'Bash' }, 'prose', 'patch'],
    ['a denial of what is granted', {}, { disallowedTools: 'Read' }, 'narrowing', 'minor'],
    ['nobody asks', {}, { permissionMode: 'bypassPermissions' }, 'widening', 'major'],
    ['only plans', {}, { permissionMode: 'plan' }, 'narrowing', 'minor'],
    ['a hook', {}, { hooks: '{Stop: [x]}' }, 'widening', 'major'],
    ['another hook', { hooks: '{Stop: [x]}' }, { hooks: '{Stop: [y]}' }, 'mixed', 'major'],
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
    hooks: optional(['{Stop: [x]}', '{Stop: [y], Start: []}']),
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

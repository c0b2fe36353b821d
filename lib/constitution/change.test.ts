import { describe, expect, it } from 'vitest'
import { changesBetween, nextLabel, whyNotProposable } from './change'
import { DEFAULT_CONSTITUTION as base } from './default-constitution'
import type { ConstitutionContent } from './model'

const before: ConstitutionContent = {
  ...base,
  departments: [
    {
      ...{ department: 'data', title: 'Data', tools: { Bash: 'forbidden' }, mcp: 'conditional' },
      ...{ mcpServers: [], roleTypes: [], levels: [] },
    },
  ],
}
const told = (change: Partial<ConstitutionContent>) =>
  changesBetween(before, { ...before, ...change }).map((one) => [one.sentence, one.loosens])
const policy = (tools: Record<string, 'allowed' | 'conditional' | 'forbidden'>) => ({
  departments: before.departments.map((one) => ({ ...one, tools })),
})
const first = base.principles[0]?.slug ?? ''

describe('what a constitution changes, in words', () => {
  it.each([
    ['nothing', {}, []],
    ['a label alone', { label: '2.0.0' }, []],
    ['a tool allowed', policy({ Bash: 'allowed' }), [['Data: Bash allowed, was forbidden.', true]]],
    ['a tool no longer listed', policy({}), [['Data: Bash conditional, was forbidden.', true]]],
    [
      'a tool forbidden',
      policy({ Bash: 'forbidden', Write: 'forbidden' }),
      [['Data: Write forbidden, was conditional.', false]],
    ],
    ['a policy dropped', { departments: [] }, [['Drops the policy of Data.', true]]],
    [
      'a filler dropped',
      { fillers: [] as string[] },
      base.fillers.length === 0 ? [] : [[expect.stringContaining('drops'), true]],
    ],
    ['servers listed', { mcpServers: [] }, expect.anything()],
    [
      'fewer reviews',
      { reviews: { ...base.reviews, months: { ...base.reviews.months, high: 12 } } },
      [[`Reviews at high risk every 12 months, were every ${base.reviews.months.high}.`, true]],
    ],
    ['a principle dropped', { principles: base.principles.slice(1) }, [[`Drops ${first}.`, true]]],
    [
      'an approval rule dropped',
      { approvals: base.approvals.slice(1) },
      [[`Drops the approval rule ${base.approvals[0]?.id}.`, true]],
    ],
    [
      'fewer people to agree',
      {
        approvals: base.approvals.map((one) =>
          one.id === 'constitution-change'
            ? { ...one, seats: [{ group: 'approvers', people: 1 }] }
            : one,
        ),
      },
      [[expect.stringContaining('constitution-change'), true]],
    ],
  ] as const)('%s', (_, change, expected) => {
    expect(told(change as Partial<ConstitutionContent>)).toEqual(expected)
  })
})

describe('what no draft may do', () => {
  const standing = { content: base, shipped: false, labels: ['1.0.0', '1.1.0'] }
  const next = (change: Partial<ConstitutionContent>) =>
    whyNotProposable(standing, { ...base, label: '1.2.0', ...change })
  const changed = (slug: string, change: object) =>
    base.principles.map((one) => (one.slug === slug ? { ...one, ...change } : one))

  it('take a label twice', () => {
    expect(next({ label: '1.1.0' })).toEqual([expect.stringContaining('1.1.0 is taken')])
    expect(next({})).toEqual([])
  })

  it('reword, move or drop what is immutable', () => {
    for (const principles of [
      base.principles.slice(1),
      changed(first, { text: 'Another.' }),
      changed(first, { group: 'quality' }),
    ]) {
      expect(next({ principles })).toEqual([expect.stringContaining(`${first} is immutable`)])
    }
    expect(next({ principles: changed('idempotent', { text: 'Another.' }) })).toEqual([])
  })

  it('take a critical mark away, though it may give one', () => {
    const taken = { principles: changed('git-approval', { critical: false }) }
    expect(next(taken)).toEqual([expect.stringContaining('git-approval is critical')])
    expect(next({ principles: changed('idempotent', { critical: true }) })).toEqual([])
  })

  it('hold a team to the principles that ship with the product', () => {
    const first = { content: base, shipped: true, labels: [] }
    expect(whyNotProposable(first, { ...base, principles: [] })).toEqual([])
  })
})

it('a label is followed by its next minor number', () => {
  expect(['1.0.0', 'v2.9.3', 'spring'].map(nextLabel)).toEqual(['1.1.0', '2.10.0', 'spring-next'])
})

describe('every setting that can weaken a gate', () => {
  const full: ConstitutionContent = {
    ...before,
    mcpServers: [{ name: 'ledger', class: 'outbound', risk: 'high', meaning: 'posts', tools: [] }],
  }
  const [rule] = full.approvals
  const weaker = <K extends keyof ConstitutionContent>(
    part: K,
    change: (value: ConstitutionContent[K]) => ConstitutionContent[K],
  ) => ({ ...full, [part]: change(full[part]) })
  const first = <T>(all: readonly T[], change: (one: T) => T): T[] =>
    all.map((one, at) => (at === 0 ? change(one) : one))
  const approvals = (change: (one: NonNullable<typeof rule>) => NonNullable<typeof rule>) =>
    weaker('approvals', (all) => all.map((one) => (one.id === 'held-call' ? change(one) : one)))

  it.each<[string, ConstitutionContent]>([
    ['a principle goes', weaker('principles', (all) => all.slice(1))],
    [
      'a principle is no longer critical',
      weaker('principles', (all) => all.map((one) => ({ ...one, critical: false }))),
    ],
    [
      'a principle weighs less',
      weaker('principles', (all) => first(all, (one) => ({ ...one, severity: 'note' }))),
    ],
    [
      'a principle is no longer immutable',
      weaker('principles', (all) => first(all, (one) => ({ ...one, group: 'workflow' }))),
    ],
    ['a department’s policy goes', weaker('departments', () => [])],
    [
      'a forbidden tool is allowed',
      weaker('departments', (all) => first(all, (one) => ({ ...one, tools: { Bash: 'allowed' } }))),
    ],
    [
      'MCP needs no reason any more',
      weaker('departments', (all) => first(all, (one) => ({ ...one, mcp: 'allowed' }))),
    ],
    [
      'a server needs no reason any more',
      weaker('departments', (all) => first(all, (one) => ({ ...one, mcpServers: ['ledger'] }))),
    ],
    [
      'a tool counts as less risky',
      weaker('tools', (all) => all.map((one) => ({ ...one, risk: 'low' }))),
    ],
    [
      'a tool becomes known',
      weaker('tools', (all) => [
        ...all,
        { name: 'Lift', class: 'execute', risk: 'low', meaning: 'lifts' },
      ]),
    ],
    [
      'a model needs no reason any more',
      { ...full, models: full.models.map((one) => ({ ...one, use: 'default' })) },
    ],
    [
      'a model becomes known',
      weaker('models', (all) => [
        ...all,
        { name: 'new', title: 'New', risk: 'low', use: 'allowed' },
      ]),
    ],
    [
      'a server counts as less risky',
      weaker('mcpServers', (all) => (all ?? []).map((one) => ({ ...one, risk: 'low' }))),
    ],
    ['no list of servers is kept', weaker('mcpServers', () => null)],
    ['a section is no longer required', weaker('requiredSections', (all) => all.slice(1))],
    ['a phrase counts as saying something', { ...full, fillers: full.fillers.slice(1) }],
    [
      'reviews come later',
      weaker('reviews', (one) => ({ ...one, months: { ...one.months, high: 12 } })),
    ],
    ['grace lasts longer', weaker('reviews', (one) => ({ ...one, graceDays: 60 }))],
    ['an approval rule goes', weaker('approvals', (all) => all.slice(1))],
    [
      'fewer people must agree',
      weaker('approvals', (all) =>
        all.map((one) => ({ ...one, seats: [{ group: 'approvers', people: 1 }] })),
      ),
    ],
    [
      'another group must agree',
      approvals((one) => ({ ...one, seats: [{ group: 'anybody', people: 9 }] })),
    ],
    ['people have more time', approvals((one) => ({ ...one, deadlineHours: 72 }))],
    ['people have no deadline', approvals((one) => ({ ...one, deadlineHours: null }))],
    ['silence no longer denies', approvals((one) => ({ ...one, silence: 'park' }))],
    [
      'a rule applies to less',
      approvals((one) => ({ ...one, when: { ...one.when, risks: ['critical'] } })),
    ],
  ])('is told as loosening: %s', (_, after) => {
    expect(changesBetween(full, after).some((one) => one.loosens)).toBe(true)
  })

  it('and every part of the constitution is looked at', () => {
    // A part that is added later fails here until it stands in the list above.
    expect(Object.keys(full).sort()).toEqual(
      [
        ...['approvals', 'departments', 'domains', 'fillers', 'label', 'mcpServers', 'models'],
        ...['principles', 'requiredSections', 'reviews', 'title', 'tools'],
      ].sort(),
    )
  })
})

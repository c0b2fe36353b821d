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

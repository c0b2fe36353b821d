import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { APPROVERS, type ApprovalRuleFact, type ItemFacts, type Seat } from './model'
import { DEFAULT_APPROVAL_RULES, plainItem, ruleFor, type Signer, seatsFilled } from './rules'

const shipped = { approvals: DEFAULT_APPROVAL_RULES, version: 1 }
const ANY: ApprovalRuleFact['when'] = {
  kinds: [],
  risks: [],
  changes: [],
  departments: [],
  adds: [],
  fields: [],
  gates: [],
  loosens: false,
}
const rule = (id: string, given: Partial<ApprovalRuleFact>): ApprovalRuleFact => ({
  id,
  title: id,
  when: ANY,
  seats: [{ group: APPROVERS, people: 1 }],
  deadlineHours: null,
  silence: 'park',
  ...given,
})
const widening: ItemFacts = {
  ...plainItem('proposal', 'high'),
  change: 'widening',
  department: 'data',
  adds: ['Bash', 'mcp__ledger'],
  fields: ['tools'],
}

describe('the rules that ship', () => {
  test.each([
    ['proposal', 'high', 1, null, 'park'],
    ['proposal', 'critical', 2, null, 'park'],
    ['tool_call', 'low', 1, 24, 'deny'],
    ['change_set', 'medium', 1, null, 'park'],
    ['waiver', 'high', 1, null, 'park'],
    ['constitution', 'critical', 2, null, 'park'],
  ] as const)('a %s of %s risk needs %i', (kind, risk, quorum, hours, silence) => {
    const frozen = ruleFor(shipped, plainItem(kind, risk))
    expect(frozen).toMatchObject({ quorum, expiryOutcome: silence })
    expect(frozen.deadlineMs).toBe(hours === null ? null : hours * 3_600_000)
  })
})

describe('which rules apply', () => {
  test.each([
    ['its kind', { kinds: ['proposal' as const] }, true],
    ['another kind', { kinds: ['waiver' as const] }, false],
    ['its tier', { risks: ['high' as const, 'critical' as const] }, true],
    ['its direction', { changes: ['widening' as const] }, true],
    ['another direction', { changes: ['prose' as const] }, false],
    ['its department', { departments: ['data'] }, true],
    ['another department', { departments: ['finance'] }, false],
    ['a capability that it adds', { adds: ['WebFetch', 'Bash'] }, true],
    ['a capability that it does not add', { adds: ['WebFetch'] }, false],
    ['a field that it touches', { fields: ['model', 'tools'] }, true],
    ['a gate, where there is none', { gates: ['git-approval'] }, false],
    ['loosening, which it is not', { loosens: true }, false],
    ['two things of which one is wrong', { adds: ['Bash'], departments: ['finance'] }, false],
  ])('a rule about %s', (_, when, applies) => {
    const security = rule('security', {
      when: { ...ANY, ...when },
      seats: [{ group: 'security', people: 1 }],
    })
    const frozen = ruleFor({ approvals: [security], version: 3 }, widening)
    expect(frozen.seats).toEqual([{ group: applies ? 'security' : APPROVERS, people: 1 }])
    expect(frozen).toMatchObject({ id: applies ? 'security' : 'no-rule', version: 3, quorum: 1 })
  })

  test('of every rule that applies the strictest part holds', () => {
    const rules = [
      rule('one', { deadlineHours: 48 }),
      rule('two', { seats: [{ group: APPROVERS, people: 2 }], silence: 'deny' }),
      rule('three', { seats: [{ group: 'security', people: 1 }], deadlineHours: 4 }),
    ]
    expect(ruleFor({ approvals: rules, version: 1 }, widening)).toEqual({
      id: 'one/three/two',
      version: 1,
      quorum: 3,
      seats: [
        { group: APPROVERS, people: 2 },
        { group: 'security', people: 1 },
      ],
      deadlineMs: 4 * 3_600_000,
      expiryOutcome: 'deny',
    })
  })

  test('an empty rulebook still asks for somebody', () => {
    expect(ruleFor({ approvals: [], version: 1 }, widening).quorum).toBe(1)
  })

  test('adding a rule never asks for fewer people, later or more gently', () => {
    const anyRule = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      title: fc.constant('A rule'),
      when: fc.constantFrom(ANY, { ...ANY, kinds: ['waiver' as const] }),
      seats: fc.uniqueArray(
        fc.record({
          group: fc.constantFrom(APPROVERS, 'security', 'legal'),
          people: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 1, selector: (seat) => seat.group },
      ),
      deadlineHours: fc.option(fc.integer({ min: 1, max: 72 })),
      silence: fc.constantFrom('deny', 'park' as const),
    })
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 4 }), anyRule, (rules, more) => {
        const before = ruleFor({ approvals: rules, version: 1 }, widening)
        const after = ruleFor({ approvals: [...rules, more], version: 1 }, widening)
        const people = (frozen: typeof before, group: string) =>
          frozen.seats.find((seat) => seat.group === group)?.people ?? 0
        // The stand-in for an empty rulebook gives way to the first real rule.
        if (before.id !== 'no-rule') {
          for (const { group } of before.seats) {
            expect(people(after, group)).toBeGreaterThanOrEqual(people(before, group))
          }
        }
        expect(after.quorum).toBeGreaterThanOrEqual(1)
        expect(after.deadlineMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
          before.deadlineMs ?? Number.POSITIVE_INFINITY,
        )
        if (before.expiryOutcome === 'deny') expect(after.expiryOutcome).toBe('deny')
      }),
    )
  })
})

describe('seats', () => {
  const GROUPS = [APPROVERS, 'security', 'legal']
  const seats = fc.uniqueArray(
    fc.record({ group: fc.constantFrom(...GROUPS), people: fc.integer({ min: 1, max: 3 }) }),
    { minLength: 1, selector: (seat) => seat.group },
  )
  const signers = fc
    .array(fc.subarray(GROUPS), { maxLength: 6 })
    .map((all) => all.map((groups, index): Signer => ({ personId: `p${index}`, groups })))

  test('one person fills one seat, even as a member of every group', () => {
    const both: Seat[] = [
      { group: APPROVERS, people: 1 },
      { group: 'security', people: 1 },
    ]
    const anna = { personId: 'anna', groups: [APPROVERS, 'security'] }
    const bert = { personId: 'bert', groups: [APPROVERS] }
    expect(seatsFilled(both, [anna])).toBe(1)
    expect(seatsFilled(both, [anna, bert])).toBe(2)
    expect(seatsFilled(both, [bert, anna])).toBe(2)
    expect(seatsFilled(both, [bert, { personId: 'carl', groups: [APPROVERS] }])).toBe(1)
  })

  test('the most seats are filled that can be, in whatever order people sign', () => {
    fc.assert(
      fc.property(seats, signers, (wanted, people) => {
        const places = wanted.flatMap((seat) =>
          Array.from({ length: seat.people }, () => seat.group),
        )
        const most = (index: number, free: readonly string[]): number => {
          const person = people[index]
          if (!person) return 0
          const tried = [...new Set(free)].filter((group) => person.groups.includes(group))
          const seated = tried.map((group) => {
            const at = free.indexOf(group)
            return (
              1 +
              most(
                index + 1,
                free.filter((_, place) => place !== at),
              )
            )
          })
          return Math.max(most(index + 1, free), ...seated)
        }
        const filled = seatsFilled(wanted, people)
        expect(filled).toBe(most(0, places))
        expect(seatsFilled(wanted, [...people].reverse())).toBe(filled)
      }),
    )
  })

  test('all seats are filled exactly when the database says so (Hall)', () => {
    fc.assert(
      fc.property(seats, signers, (wanted, people) => {
        const quorum = wanted.reduce((sum, seat) => sum + seat.people, 0)
        let hall = true
        for (let chosen = 1; chosen < 1 << wanted.length; chosen += 1) {
          const some = wanted.filter((_, index) => (chosen >> index) & 1)
          const present = people.filter((one) =>
            some.some((seat) => one.groups.includes(seat.group)),
          )
          const need = some.reduce((sum, seat) => sum + seat.people, 0)
          if (present.length < need) hall = false
        }
        expect(seatsFilled(wanted, people) === quorum).toBe(hall)
      }),
    )
  })
})

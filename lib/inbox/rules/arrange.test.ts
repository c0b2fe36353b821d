import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Absence, MAX_CHAIN, standsInFor, whyNotAway } from './absence'
import { type BulkItem, MAX_BULK, whyNotTogether } from './bulk'
import { whyNotHandOver } from './handover'
import { snoozePresets, whyNotSnooze } from './snooze'

const at = (text: string) => new Date(text)
const NOW = at('2026-11-19T14:00:00Z')

describe('setting aside', () => {
  const deadline = at('2026-11-19T18:00:00Z')
  it.each([
    ['before the deadline', '2026-11-19T17:59:59Z', deadline, null],
    ['at the deadline', '2026-11-19T18:00:00Z', deadline, /after the deadline/],
    ['after the deadline', '2026-11-19T19:00:00Z', deadline, /after the deadline/],
    ['without a deadline', '2026-11-20T09:00:00Z', null, null],
    ['at once', '2026-11-19T14:00:00Z', null, /still to come/],
    ['in the past', '2026-11-19T13:00:00Z', null, /still to come/],
    ['thirty days', '2026-12-19T14:00:00Z', null, null],
    ['longer than thirty days', '2026-12-19T14:00:01Z', null, /at most 30 days/],
  ])('%s', (_, until, due, said) => {
    const why = whyNotSnooze(at(until), NOW, due)
    if (said === null) expect(why).toBeNull()
    else expect(why).toMatch(said)
  })

  const offered = (now: string, zone: string) =>
    Object.fromEntries(
      snoozePresets({ now: Date.parse(now), zone }, null).map((one) => [
        one.id,
        one.until.toISOString().slice(0, 16),
      ]),
    )

  it('offers times of the reader’s own clock, Monday for next week', () => {
    expect(offered('2026-11-19T10:30:00Z', 'Europe/Berlin')).toEqual({
      hour: '2026-11-19T11:30',
      afternoon: '2026-11-19T15:00',
      tomorrow: '2026-11-20T08:00',
      week: '2026-11-23T08:00',
    })
    expect(offered('2026-11-19T23:30:00Z', 'Asia/Tokyo')).toMatchObject({
      tomorrow: '2026-11-21T00:00',
      week: '2026-11-23T00:00',
    })
  })
  it('offers no afternoon that is over', () => {
    expect(offered('2026-11-19T14:30:00Z', 'Europe/Berlin')).not.toHaveProperty('afternoon')
  })
  it('is at nine across a change of the clocks', () => {
    // Clocks go back on Sunday 25 October 2026 at 01:00 UTC.
    expect(offered('2026-10-24T10:00:00Z', 'Europe/Berlin').tomorrow).toBe('2026-10-25T08:00')
    expect(offered('2026-10-23T10:00:00Z', 'Europe/Berlin').tomorrow).toBe('2026-10-24T07:00')
  })
  it('goes to the Monday after when today is Monday', () => {
    expect(offered('2026-11-23T10:00:00Z', 'UTC').week).toBe('2026-11-30T09:00')
    expect(offered('2026-11-22T10:00:00Z', 'UTC')).toMatchObject({ tomorrow: '2026-11-23T09:00' })
    expect(offered('2026-11-22T10:00:00Z', 'UTC')).not.toHaveProperty('week')
  })
  it('shows what lies past the deadline as off', () => {
    const why = snoozePresets({ now: NOW.getTime(), zone: 'UTC' }, deadline).map((one) => [
      one.id,
      one.why,
    ])
    expect(Object.fromEntries(why)).toMatchObject({
      ...{ hour: null, tomorrow: 'after the deadline', week: 'after the deadline' },
    })
  })
})

describe('deciding together', () => {
  const item = (more: Partial<BulkItem> = {}): BulkItem => ({
    ...{ kind: 'tool_call', ruleId: 'git-push', riskTier: 'medium', direction: null, opened: true },
    ...more,
  })
  it.each<[string, BulkItem[], 'approve' | 'reject', RegExp | null]>([
    ['the same twice', [item(), item()], 'approve', null],
    ['nothing', [], 'approve', /at least one/],
    ['twenty', Array.from({ length: MAX_BULK }, () => item()), 'approve', null],
    ['twenty-one', Array.from({ length: 21 }, () => item()), 'reject', /at most 20/],
    ['two kinds', [item(), item({ kind: 'change_set' })], 'reject', /one kind/],
    ['two rules', [item(), item({ ruleId: 'curl' })], 'reject', /one rule/],
    ['a high one', [item(), item({ riskTier: 'high' })], 'reject', /one by one/],
    ['a critical one', [item({ riskTier: 'critical' })], 'approve', /one by one/],
    ['a review', [item({ kind: 'review' })], 'approve', /its own page/],
    ['one unopened', [item(), item({ opened: false })], 'approve', /1 of them was never opened/],
    ['one unopened, denied', [item(), item({ opened: false })], 'reject', null],
    ['a widening', [item({ kind: 'proposal', direction: 'widening' })], 'approve', /alone/],
    ['a first version', [item({ kind: 'proposal', direction: 'first' })], 'approve', /alone/],
    ['a widening, denied', [item({ kind: 'proposal', direction: 'mixed' })], 'reject', null],
    ['a narrowing', [item({ kind: 'proposal', direction: 'narrowing' })], 'approve', null],
  ])('%s', (_, items, verdict, said) => {
    const why = whyNotTogether(items, verdict)
    if (said === null) expect(why).toBeNull()
    else expect(why).toMatch(said)
  })
})

describe('handing over', () => {
  const bert = { id: 'b', name: 'Bert', eligible: true, excluded: false, signed: false }
  it.each([
    ['to somebody who may decide', bert, 0, null],
    ['to oneself', { ...bert, id: 'a' }, 0, /yours already/],
    ['to the author', { ...bert, excluded: true }, 0, /never decides/],
    ['to somebody without the role', { ...bert, eligible: false }, 0, /may not decide/],
    ['to somebody who has signed', { ...bert, signed: true }, 0, /decided this already/],
    ['a fourth time', bert, 3, /3 times/],
  ] as const)('%s', (_, to, before, said) => {
    const why = whyNotHandOver(to, { giver: 'a', before })
    if (said === null) expect(why).toBeNull()
    else expect(why).toMatch(said)
  })
})

describe('being away', () => {
  const day = (n: number) => new Date(NOW.getTime() + n * 86_400_000)
  const away = (personId: string, delegateId: string, from = 0, until = 5): Absence => ({
    ...{ personId, delegateId, from: day(from), until: day(until) },
  })

  it.each<[string, Absence, Absence[], RegExp | null]>([
    ['with somebody who is there', away('a', 'b'), [], null],
    ['with oneself', away('a', 'a'), [], /somebody else/],
    ['backwards', away('a', 'b', 3, 2), [], /before the beginning/],
    ['in the past', away('a', 'b', -3, -2), [], /over/],
    ['for a year', away('a', 'b', 0, 365), [], /at most 180 days/],
    ['twice at once', away('a', 'c', 4, 8), [away('a', 'b')], /another absence/],
    ['one after the other', away('a', 'c', 5, 8), [away('a', 'b')], null],
    ['in a circle of two', away('b', 'a'), [away('a', 'b')], /back to you/],
    ['in a circle of three', away('c', 'a'), [away('a', 'b'), away('b', 'c')], /back to you/],
    ['in a circle that never meets', away('b', 'a', 6, 8), [away('a', 'b')], null],
    ['three in a row', away('c', 'd'), [away('a', 'b'), away('b', 'c')], null],
    [
      'four in a row',
      away('d', 'e'),
      [away('a', 'b'), away('b', 'c'), away('c', 'd')],
      /More than 3/,
    ],
    [
      'four, joined in the middle',
      away('b', 'c'),
      [away('a', 'b'), away('c', 'd'), away('d', 'e')],
      /More than 3/,
    ],
    [
      'four that begin one after the other',
      away('d', 'e', 0, 9),
      [away('a', 'b', 3, 9), away('b', 'c', 2, 9), away('c', 'd', 1, 9)],
      /More than 3/,
    ],
  ])('%s', (_, wanted, others, said) => {
    const why = whyNotAway(wanted, others, NOW)
    if (said === null) expect(why).toBeNull()
    else expect(why).toMatch(said)
  })

  const people = ['a', 'b', 'c', 'd', 'e', 'f']
  const wish = fc.record({
    person: fc.constantFrom(...people),
    delegate: fc.constantFrom(...people),
    from: fc.integer({ min: -2, max: 12 }),
    days: fc.integer({ min: 1, max: 8 }),
  })

  it('whatever is asked for in whatever order, nobody’s items go in a circle or too far', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
        const kept: Absence[] = []
        for (const one of wishes) {
          const asked = away(one.person, one.delegate, one.from, one.from + one.days)
          if (whyNotAway(asked, kept, NOW) === null) kept.push(asked)
        }
        for (let hour = -48; hour < 24 * 22; hour += 6) {
          const moment = new Date(NOW.getTime() + hour * 3_600_000)
          const live = kept.filter((one) => one.from <= moment && one.until > moment)
          for (const person of people) {
            let holder = person
            let hops = 0
            for (;;) {
              const next = live.find((one) => one.personId === holder)
              if (!next) break
              holder = next.delegateId
              hops += 1
              expect(hops).toBeLessThanOrEqual(MAX_CHAIN)
            }
            // Whoever holds them is shown them, and nobody else.
            for (const other of people) {
              const shown = standsInFor(kept, other, moment).some((one) => one.personId === person)
              expect(shown).toBe(other === holder && person !== holder)
            }
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

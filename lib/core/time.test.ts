import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths, daysBetween, localDate } from './time'

test.each([
  ['2025-01-17', '2025-04-17'],
  ['2025-11-07', '2026-02-07'],
  ['2025-11-29', '2026-02-28'],
  ['2023-11-30', '2024-02-29'],
  ['2025-12-31', '2026-03-31'],
  ['2025-08-31', '2025-11-30'],
])('three calendar months after %s is %s, clamped to the end of the month', (from, due) => {
  expect(addMonths(from, 3)).toBe(due)
})

test('a date never falls into another month than the one that was asked for', () => {
  const date = fc.date({
    min: new Date('1990-01-01'),
    max: new Date('2090-12-31'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(date, fc.integer({ min: -30, max: 30 }), (at, months) => {
      const from = at.toISOString().slice(0, 10)
      const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
      expect(month(addMonths(from, months)) - month(from)).toBe(months)
    }),
  )
})

test('the calendar date is that of the zone', () => {
  const at = new Date('2026-11-22T23:30:00Z')
  expect([localDate(at), localDate(at, 'Asia/Tokyo')]).toEqual(['2026-11-22', '2026-11-23'])
})

test('days are counted by the calendar, also over a change of the clock', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
})

import { expect, test } from 'vitest'
import { quarterOf } from './quarter'

test('a quarter lists its ISO weeks and marks the current one', () => {
  const quarter = quarterOf('2026-11-22')
  expect(quarter).toMatchObject({ title: 'Q4 2026', from: '2026-10-01', before: '2027-01-01' })
  expect(quarter.weeks.map((week) => week.label)).toEqual(
    Array.from({ length: 14 }, (_, index) => String(40 + index)),
  )
  expect(quarter.weeks.find((week) => week.current)?.key).toBe('2026-47')
})

test('the first days of a year may belong to the last week of the year before', () => {
  expect(quarterOf('2027-01-02').weeks[0]?.key).toBe('2026-53')
})

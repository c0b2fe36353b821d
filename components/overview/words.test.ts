import { expect, test } from 'vitest'
import type { InboxRow } from '@/lib/inbox/model'
import { dueInWords, namesWords, waitingSentence, waitWords } from './words'

const now = Date.parse('2026-11-19T13:12:00Z')
const clock = { now, zone: 'Europe/Berlin' }
const row = (deadlineAt: string | null, expiryOutcome: 'deny' | 'park' = 'deny') =>
  ({ deadlineAt, expiryOutcome }) as InboxRow

test('the sentence names the nearest deadline, with its zone, whatever the order of the list', () => {
  const rows = [row(null), row('2026-11-20T17:00:00.000Z'), row('2026-11-19T13:24:00.000Z')]
  expect(waitingSentence(7, rows, clock)).toBe(
    '7 decisions wait for you. The first is denied at 14:24 CET if nobody answers.',
  )
  expect(waitingSentence(2, rows.slice(0, 2), clock)).toMatch(/denied on Fri 20 Nov if nobody/)
  expect(waitingSentence(1, [row('2026-11-19T17:00:00.000Z', 'park')], clock)).toBe(
    '1 decision waits for you. The first is parked today at 18:00 CET if nobody answers.',
  )
})

test('without a deadline and without anything to decide the sentence says so', () => {
  expect(waitingSentence(1, [row(null)], clock)).toBe(
    '1 decision waits for you. None of them has a deadline.',
  )
  expect(waitingSentence(0, [], clock)).toBe('Nothing waits for you.')
})

test('names, dates and waits are counted, not cut off', () => {
  expect(namesWords(['a', 'b'], 4)).toBe('a, b and 2 more')
  expect(namesWords(['a', 'b'], 2)).toBe('a, b')
  expect([dueInWords(-28), dueInWords(-1), dueInWords(0), dueInWords(5)]).toEqual([
    '28 days overdue',
    '1 day overdue',
    'due today',
    'due in 5 days',
  ])
  expect([
    waitWords(12_000),
    waitWords(220_000),
    waitWords(18_720_000),
    waitWords(300_000_000),
  ]).toEqual(['12 s', '3 min 40 s', '5 h 12 min', '3 days'])
})

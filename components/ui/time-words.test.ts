import { describe, expect, test } from 'vitest'
import {
  absoluteWords,
  clockWords,
  countdownWords,
  dayWords,
  deadlineWords,
  durationWords,
  isUrgent,
  relativeWords,
} from './time-words'

const ZONE = 'Europe/Berlin'
const now = Date.parse('2026-11-19T13:12:00Z')
const clock = { now, zone: ZONE }
const at = (iso: string) => Date.parse(iso)

describe('instants in words', () => {
  test('an absolute time is complete and names its zone', () => {
    expect(absoluteWords(at('2026-12-04T17:00:00Z'), ZONE)).toBe('Fri 4 Dec 2026, 18:00 CET')
    expect(absoluteWords(at('2026-09-03T16:00:00Z'), ZONE)).toBe('Thu 3 Sep 2026, 18:00 CEST')
    expect(clockWords(now, 'UTC')).toBe('13:12 UTC')
  })

  test.each([
    ['2026-11-19T13:11:30Z', 'now'],
    ['2026-11-19T13:08:00Z', '4 min ago'],
    ['2026-11-19T11:12:00Z', '2 h ago'],
    ['2026-11-18T13:13:00Z', '23 h ago'],
    ['2026-11-19T16:12:00Z', 'in 3 h'],
    ['2026-11-18T08:00:00Z', 'yesterday'],
    ['2026-11-20T20:00:00Z', 'tomorrow'],
    ['2026-11-02T08:00:00Z', '2 Nov'],
    ['2027-01-15T08:00:00Z', '15 Jan 2027'],
  ])('%s reads "%s"', (iso, words) => {
    expect(relativeWords(at(iso), clock)).toBe(words)
  })

  test('the day is the reader’s, not the server’s', () => {
    const late = at('2026-11-30T23:30:00Z')
    expect(dayWords(late, { now, zone: 'UTC' })).toBe('30 Nov')
    expect(dayWords(late, { now, zone: ZONE })).toBe('1 Dec')
  })

  test.each([
    ['2026-11-19T13:23:42Z', '11:42'],
    ['2026-11-19T17:00:00Z', 'Today 18:00'],
    ['2026-11-20T08:00:00Z', 'Tomorrow 09:00'],
    ['2026-11-20T17:00:00Z', 'Fri 20 Nov'],
    ['2026-11-19T13:11:59Z', 'overdue'],
  ])('a deadline at %s reads "%s"', (iso, words) => {
    expect(deadlineWords(at(iso), clock)).toBe(words)
  })

  test('a deadline is urgent under 24 hours', () => {
    expect(isUrgent(now + 23 * 3_600_000, clock)).toBe(true)
    expect(isUrgent(now + 25 * 3_600_000, clock)).toBe(false)
  })

  test('a countdown reaches zero and stays there', () => {
    expect(countdownWords(59_001)).toBe('01:00')
    expect(countdownWords(-5_000)).toBe('00:00')
  })

  test.each([
    [420, '420 ms'],
    [34_000, '34 s'],
    [154_000, '2 m 34'],
    [18_720_000, '5 h 12 m'],
  ])('%i ms took "%s"', (ms, words) => {
    expect(durationWords(ms)).toBe(words)
  })
})

import { describe, expect, test } from 'vitest'
import { type DigestLine, digestOf, remindersDue } from './rules'

const site = { url: 'https://chancery.example.org', organisation: 'Halden Freight' }
const line = (given: Partial<DigestLine> = {}): DigestLine => ({
  topic: 'approval_needed',
  sentence: 'Adds Bash to repo-mechanic',
  href: '/inbox/1',
  ...given,
})

describe('a digest', () => {
  test('of one notice has its sentence as its subject, and a link that shows it', () => {
    const { subject, body } = digestOf([line()], site)
    expect(subject).toBe('Halden Freight: Adds Bash to repo-mechanic')
    expect(body).toContain('- Adds Bash to repo-mechanic\n  https://chancery.example.org/inbox/1\n')
    expect(body).toContain('https://chancery.example.org/settings#mail')
  })

  test('puts what nobody may decide first and what is decided last, and counts what needs you', () => {
    const lines = [
      line({ topic: 'approval_settled', sentence: 'Approved: a' }),
      line({ sentence: 'b' }),
      line({ topic: 'approval_blocked', sentence: 'c' }),
    ]
    const { subject, body } = digestOf(lines, site)
    expect(subject).toBe('Halden Freight: 2 things need you')
    const places = ['c', 'b', 'Approved: a'].map((sentence) => body.indexOf(`- ${sentence}`))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(Math.min(...places)).toBeGreaterThan(0)
  })

  test('never lets a title begin another header or another line', () => {
    const evil = 'Rewords x\r\nBcc: everybody@example.org\u2028- Approved by all'
    const { subject, body } = digestOf([line({ sentence: evil })], site)
    expect(subject).not.toMatch(/[\r\n\u2028]/)
    expect(body.split('\n').filter((one) => one.startsWith('Bcc'))).toEqual([])
    expect(body.split('\n').filter((one) => one.startsWith('- '))).toHaveLength(1)
  })

  test('lists at most forty of a kind, and counts the rest', () => {
    const { body } = digestOf(
      Array.from({ length: 43 }, () => line()),
      site,
    )
    expect(body.match(/^- Adds/gm)).toHaveLength(40)
    expect(body).toContain('- and 3 more')
  })
})

describe('reminders', () => {
  const openedAt = new Date('2026-05-04T08:00:00Z')
  const deadlineAt = new Date('2026-05-05T08:00:00Z')
  test.each([
    ['at the start', '2026-05-04T08:00:00Z', 0],
    ['just before half', '2026-05-04T19:59:59Z', 0],
    ['at half', '2026-05-04T20:00:00Z', 1],
    ['at three quarters', '2026-05-05T02:00:00Z', 2],
    ['at nine tenths', '2026-05-05T05:36:00Z', 3],
    ['after the end', '2026-05-06T00:00:00Z', 3],
  ])('%s', (_, now, due) => {
    expect(remindersDue({ openedAt, deadlineAt }, new Date(now))).toBe(due)
  })
})

import { describe, expect, it } from 'vitest'
import type { InboxRow } from '@/lib/inbox/model'
import { itemMoved, rowsOfView, steadyRows } from './steady-rows'

function row(id: string, more: Partial<InboxRow> = {}): InboxRow {
  return {
    id,
    kind: 'proposal',
    title: `Changes ${id}`,
    state: 'open',
    riskTier: 'low',
    agent: id,
    from: null,
    to: '1.0.0',
    run: null,
    askedBy: { id: 'p', name: 'Pia Lind' },
    quorum: 2,
    signed: 0,
    said: null,
    openedAt: '2026-11-19T10:00:00.000Z',
    deadlineAt: null,
    expiryOutcome: 'park',
    settledAt: null,
    digest: 'a'.repeat(64),
    ruleId: 'definition-change',
    direction: null,
    opened: false,
    snoozedUntil: null,
    claim: null,
    handed: null,
    standsInFor: [],
    ...more,
  }
}

describe('rows under the reader', () => {
  it('keep their places when something more urgent arrives', () => {
    const { rows, fresh } = steadyRows([row('a'), row('b')], [row('c'), row('a'), row('b')])
    expect(rows.map((r) => r.id)).toEqual(['a', 'b'])
    expect(fresh).toBe(1)
  })

  it('are renewed in place when someone signs', () => {
    const { rows } = steadyRows([row('a'), row('b')], [row('b', { signed: 1 }), row('a')])
    expect(rows.map((r) => [r.id, r.signed])).toEqual([
      ['a', 0],
      ['b', 1],
    ])
  })

  it('stay and say so when they left the list', () => {
    const { rows, fresh } = steadyRows([row('a'), row('b')], [row('b')])
    expect(rows.map((r) => r.left)).toEqual([true, false])
    expect(fresh).toBe(0)
  })
})

describe('pages of the list', () => {
  it('show a row once when it moved to a later page while the reader loaded more', () => {
    const group = (...ids: string[]) => ({
      groups: [{ view: 'needs' as const, rows: ids.map((id) => row(id)), next: null }],
    })
    expect(rowsOfView([group('a', 'b'), group('b', 'c')], 'needs').map((r) => r.id)).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})

describe('the open item', () => {
  it('is read again when it was settled, signed or left the list', () => {
    expect(itemMoved(row('a'), row('a', { state: 'rejected' }))).toBe(true)
    expect(itemMoved(row('a'), row('a', { signed: 1 }))).toBe(true)
    expect(itemMoved(row('a'), undefined)).toBe(true)
    expect(itemMoved(row('a'), row('a', { title: 'Changes a' }))).toBe(false)
    expect(itemMoved(undefined, undefined)).toBe(false)
  })
})

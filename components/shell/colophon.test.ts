import { expect, test } from 'vitest'
import { colophonWords } from './colophon'

const root = 'ab'.repeat(32)
const at = '2026-11-19T13:08:00Z'

test('the colophon says what the log can prove, and nothing more', () => {
  expect(colophonWords({ root, size: 48_213, checkpointAt: at, state: 'sealed' })).toBe(
    'Log sealed at 48,213 facts',
  )
  expect(colophonWords({ root, size: 48_213, checkpointAt: at, state: 'open' })).toBe(
    '48,213 facts, being sealed',
  )
  expect(colophonWords({ root: null, size: 0, checkpointAt: null, state: 'open' })).toBe(
    'Log not sealed yet',
  )
})

test('a broken log never reads as sealed', () => {
  expect(colophonWords({ root, size: 1, checkpointAt: at, state: 'broken', reason: 'gap' })).toBe(
    'Log is broken',
  )
})

import { expect, test } from 'vitest'
import { isId, isSlug, newId, slugify } from './ids'

test('ids made for one millisecond sort in the order in which they were made', () => {
  const ids = Array.from({ length: 500 }, () => newId(1_700_000_000_000))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every((id) => isId(id) && id[14] === '7' && '89ab'.includes(id[19] ?? ''))).toBe(true)
})

test('an id carries its time', () => {
  const [high, low] = newId(1_700_000_000_123).split('-')
  expect(Number.parseInt(`${high}${low}`, 16)).toBe(1_700_000_000_123)
})

test.each([
  ['Backend Architect', 'backend-architect'],
  ['powershell-5.1-expert', 'powershell-5-1-expert'],
  ['人類学者', 'agent'],
  ['--x--', 'x'],
])('%s becomes the slug %s', (text, slug) => {
  expect(slugify(text, 'agent')).toBe(slug)
  expect(isSlug(slug)).toBe(true)
})

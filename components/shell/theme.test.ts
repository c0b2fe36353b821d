import { expect, test } from 'vitest'
import { readTheme, readZone } from './theme'

test('a forged theme cookie means the system’s theme', () => {
  expect(readTheme('dark')).toBe('dark')
  expect(readTheme('"><script>')).toBe('system')
  expect(readTheme(undefined)).toBe('system')
})

test('a zone that does not exist reads as UTC, so no page fails on a cookie', () => {
  expect(readZone('Europe/Berlin')).toBe('Europe/Berlin')
  expect(readZone('Mars/Olympus')).toBe('UTC')
  expect(readZone(undefined)).toBe('UTC')
})

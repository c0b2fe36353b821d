import { expect, test } from 'vitest'
import { initials } from './person'

test.each([
  ['Ines Kowalczyk', 'IK'],
  ['Tomás de la Reyes', 'TR'],
  ['Hanna', 'H'],
  ['  mara   lindqvist ', 'ML'],
  ['𝒜da Lovelace', '𝒜L'],
  ['', ''],
])('the initials of "%s" are "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

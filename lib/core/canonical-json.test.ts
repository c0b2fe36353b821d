import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CanonicalValue, canonicalJson } from './canonical-json'

test.each<[CanonicalValue, string]>([
  [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
  // RFC 8785 section 3.2.3: keys sort by UTF-16 code units, so U+1F600 before U+FFEE.
  [{ '\uffee': 1, '\u{1f600}': 2 }, '{"\u{1f600}":2,"\uffee":1}'],
  ['e\u0301', '"é"'],
  ['"\\\n\u0007', '"\\"\\\\\\n\\u0007"'],
])('%j has one form', (value, text) => {
  expect(canonicalJson(value)).toBe(text)
})

test.each([
  ['a fraction', 0.5],
  ['a number beyond 2^53', 2 ** 53],
  ['half a character', '\ud800'],
  ['a key that reaches the prototype', JSON.parse('{"__proto__":1}')],
  ['nothing', Number.NaN],
])('%s has no canonical form', (_, value) => {
  expect(() => canonicalJson(value)).toThrow()
})

test('the order in which keys were written does not matter, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.integer()), (map) => {
      const forwards = canonicalJson(map)
      const backwards = canonicalJson(Object.fromEntries(Object.entries(map).reverse()))
      expect(forwards).toBe(backwards)
      expect(JSON.parse(forwards)).toEqual({ ...map })
    }),
  )
})

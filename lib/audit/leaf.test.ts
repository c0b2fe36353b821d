import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChanceryError } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { commit, commitAll, leafHash, leafText, leafTime, readLeaf } from './leaf'
import type { Leaf } from './model'

const LEAF: Leaf = {
  v: 1,
  log: 'chancery/audit/0190a0b0-0000-7000-8000-000000000000/1',
  id: '0190a0b0-1111-7000-8000-000000000001',
  ts: '2026-11-22T14:55:22.123000Z',
  act: 'version.published',
  actv: 1,
  actor: { t: 'person', id: 'p-1', via: 'password', sid: '0123456789abcdef' },
  obo: null,
  org: null,
  dept: 'd-1',
  tgt: [{ t: 'version', id: 'v-1', ver: '1.2.3', sha256: 'ab'.repeat(32) }],
  out: 'ok',
  pol: { id: 'four-eyes', ver: 2 },
  req: 'req-1',
  d: { number: '1.2.3' },
  p: [],
}

describe('the bytes of a leaf', () => {
  it('are canonical: keys sorted, nothing between them', () => {
    expect(leafText(LEAF)).toBe(
      '{"act":"version.published","actor":{"id":"p-1","sid":"0123456789abcdef","t":"person",' +
        '"via":"password"},"actv":1,"d":{"number":"1.2.3"},"dept":"d-1",' +
        '"id":"0190a0b0-1111-7000-8000-000000000001",' +
        '"log":"chancery/audit/0190a0b0-0000-7000-8000-000000000000/1","obo":null,"org":null,' +
        '"out":"ok","p":[],"pol":{"id":"four-eyes","ver":2},"req":"req-1",' +
        `"tgt":[{"id":"v-1","sha256":"${'ab'.repeat(32)}","t":"version","ver":"1.2.3"}],` +
        '"ts":"2026-11-22T14:55:22.123000Z","v":1}',
    )
  })

  it('do not depend on the order in which the envelope was built', () => {
    const backwards = Object.fromEntries(Object.entries(LEAF).reverse()) as Leaf
    expect(leafText(backwards)).toBe(leafText(LEAF))
  })

  it('read back to the same leaf', () => {
    expect(readLeaf(Buffer.from(leafText(LEAF)))).toEqual(LEAF)
  })

  it('are hashed with a prefix of their own', () => {
    const bytes = Buffer.from(leafText(LEAF))
    expect(leafHash(bytes).toString('hex')).toBe(sha256(Buffer.concat([Buffer.of(0), bytes])))
    const long = Buffer.alloc(20_000, 1)
    expect(leafHash(long).toString('hex')).toBe(sha256(Buffer.concat([Buffer.of(0), long])))
  })
})

describe('an envelope is refused', () => {
  it.each<[string, object]>([
    ['with a key that is not known', { note: 'x' }],
    ['with a name for an actor', { actor: { ...LEAF.actor, id: 'Ada Example' } }],
    ['with milliseconds only', { ts: '2026-11-22T14:55:22.123Z' }],
    ['with a zone', { ts: '2026-11-22T14:55:22.123000+01:00' }],
    ['with an action that is not one', { act: 'Published a version' }],
    ['with a fraction in its details', { d: { share: 0.5 } }],
    ['with a forbidden key in its details', { d: { constructor: 1 } }],
    ['with a commitment that is not a digest', { p: ['x'] }],
    ['with an unknown outcome', { out: 'maybe' }],
    ['with an unknown kind of target', { tgt: [{ t: 'planet', id: 'x' }] }],
    ['with half a character', { d: { note: '\ud800' } }],
  ])('%s', (_what, over) => {
    expect(() => leafText({ ...LEAF, ...over } as Leaf)).toThrow(ChanceryError)
  })

  it('above 16 KiB, counted in bytes', () => {
    expect(() => leafText({ ...LEAF, d: { long: '€'.repeat(6_000) } })).toThrow(/16 KiB/)
    expect(() => leafText({ ...LEAF, d: { long: 'x'.repeat(6_000) } })).not.toThrow()
  })
})

describe('a commitment', () => {
  const salt = 'cd'.repeat(32)
  it('is the digest of a fixed domain and canonical [salt, path, value]', () => {
    expect(commit({ salt, path: 'email', value: 'ada@example.test' })).toBe(
      sha256(`chancery audit disclosure v1\n["${salt}","email","ada@example.test"]`),
    )
  })

  it('changes with the salt, the path and the value, and treats both forms of é alike', () => {
    const all = [
      { salt, path: 'a', value: 'x' },
      { salt: 'ce'.repeat(32), path: 'a', value: 'x' },
      { salt, path: 'b', value: 'x' },
      { salt, path: 'a', value: 'y' },
    ].map(commit)
    expect(new Set(all).size).toBe(4)
    expect(commit({ salt, path: 'a', value: 'e\u0301' })).toBe(
      commit({ salt, path: 'a', value: '\u00e9' }),
    )
  })

  it('of equal values differs every time, and the list is sorted in step with the values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (values) => {
        const { p, disclosures } = commitAll(values)
        expect(p).toEqual([...p].sort())
        expect(p).toEqual(disclosures.map(commit))
        const again = commitAll(values)
        expect(p.some((one) => again.p.includes(one))).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

it('times carry six decimals', () => {
  expect(leafTime(new Date('2026-03-29T01:30:00.007Z'))).toBe('2026-03-29T01:30:00.007000Z')
})

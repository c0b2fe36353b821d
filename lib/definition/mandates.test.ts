import { describe, expect, test } from 'vitest'
import { type Claims, NO_CLAIMS, type Principle } from './claims/model'
import { weakenedMandates } from './mandates'

const mandates = (...texts: string[]): Claims => ({
  ...NO_CLAIMS,
  mandates: texts.map((text, index) => ({ text, line: index + 10, critical: false })),
})
const principle = (parts: Partial<Principle>): Principle => ({
  numeral: 'VI',
  number: 6,
  title: 'Ask before Git',
  slug: 'git-approval',
  text: 'Every Git command waits for a person.',
  critical: true,
  group: 'Quality and safety (IV-IX)',
  line: 20,
  ...parts,
})
const principles = (...items: Principle[]): Claims => ({
  ...NO_CLAIMS,
  principles: {
    label: null,
    items,
    range: { start: 0, end: 0, line: 1, endLine: 1 },
    line: 19,
  },
})
const GIT = 'No Git command without a yes from a person'

describe('locked mandates', () => {
  test.each([
    ['the same', [GIT], []],
    ['an added mandate', [GIT, 'Write down every operation'], []],
    ['another order', ['Write down every operation', GIT], []],
    ['other letters and marks', ['**no git command**, without a yes from a person!'], []],
    ['a stronger one', [`${GIT}, and two people for a push`], []],
    ['a deleted one', [], ['removed']],
    ['an exception', [`${GIT} unless urgent`], ['weakened']],
    ['other words', ['No Git push without a yes from a person'], ['weakened']],
    ['a word that turns it round', [`It is not so that ${GIT}`], ['weakened']],
    ['a wish', [`Ideally ${GIT}`], ['weakened']],
    ['something else', ['Be kind'], ['removed']],
  ])('%s', (_, after, kinds) => {
    const found = weakenedMandates(mandates(GIT), mandates(...after))
    expect(found.map((one) => one.kind)).toEqual(kinds)
  })

  test('the weaker words are named with their line', () => {
    expect(weakenedMandates(mandates(GIT), mandates('Be kind', `${GIT} unless urgent`))).toEqual([
      { kind: 'weakened', text: GIT, line: 11, because: '“unless” takes it back' },
    ])
  })

  test('a text that never had any is free', () => {
    expect(weakenedMandates(NO_CLAIMS, mandates('Be kind'))).toEqual([])
    expect(weakenedMandates(NO_CLAIMS, NO_CLAIMS)).toEqual([])
  })
})

describe('locked principles', () => {
  const critical = principle({})
  const immutable = principle({
    slug: 'test-first',
    critical: false,
    group: 'Core Immutable Principles (I-III)',
  })
  const free = principle({ slug: 'design-system', critical: false })

  test('numbers may move, the entry may not go', () => {
    const moved = principle({ numeral: 'VII', number: 7, line: 30 })
    expect(weakenedMandates(principles(critical), principles(moved))).toEqual([])
    expect(weakenedMandates(principles(critical, immutable), principles()).length).toBe(2)
  })

  test('dropping the mark or changing an immutable entry is weaker', () => {
    const unmarked = principle({ critical: false })
    expect(weakenedMandates(principles(critical), principles(unmarked))).toMatchObject([
      { kind: 'weakened', because: 'it is not marked critical any more' },
    ])
    const changed = { ...immutable, text: 'Tests are welcome.' }
    expect(weakenedMandates(principles(immutable), principles(changed))).toMatchObject([
      { kind: 'weakened', because: 'its words were changed' },
    ])
  })

  test('others are free unless the rulebook holds them', () => {
    expect(weakenedMandates(principles(free), principles())).toEqual([])
    const held = new Set(['design-system'])
    expect(weakenedMandates(principles(free), principles(), held)).toHaveLength(1)
  })
})

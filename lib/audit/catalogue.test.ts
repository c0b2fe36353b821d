import { describe, expect, it } from 'vitest'
import { ACTIONS, CATALOGUE, type Fact, isAction } from './catalogue'
import { TARGET_TYPES } from './model'
import { sentenceOf, slotsOf } from './sentence'

const PAST = /(ed|held|withdrawn|outcome_unknown)$/
/** Written before something is attempted that may not come back to tell. */
const UNDER_WAY = ['tool_call.executing', 'change_set.applying']

describe('the catalogue', () => {
  it('names every fact by intent, in the past tense', () => {
    for (const action of ACTIONS) {
      expect(action).toMatch(/^[a-z_]+\.[a-z_]+$/)
      if (!UNDER_WAY.includes(action)) expect(action).toMatch(PAST)
    }
  })

  it('has no field that would take a sentence, a name or an unknown key', () => {
    for (const action of ACTIONS) {
      const { shape } = CATALOGUE[action].data
      for (const [field, schema] of Object.entries(shape)) {
        const takes = (schema as { safeParse: (value: unknown) => { success: boolean } }).safeParse(
          'Ada Example said so',
        )
        expect(takes.success, `${action}.${field}`).toBe(false)
      }
      expect(CATALOGUE[action].data.safeParse({ surely_not_a_field: 1 }).success).toBe(false)
    }
  })

  it('has a sentence whose slots can all be filled', () => {
    for (const action of ACTIONS) {
      const known = ['actor', ...TARGET_TYPES, ...Object.keys(CATALOGUE[action].data.shape)]
      for (const slot of slotsOf(CATALOGUE[action].say)) expect(known, action).toContain(slot)
    }
  })

  it('does not let data of another action compile', () => {
    const right: Fact = {
      action: 'draft.discarded',
      targets: [],
      data: { revision: 1, digest: 'ab'.repeat(32) },
    }
    // @ts-expect-error the data belongs to another action
    const wrong: Fact = { action: 'draft.discarded', targets: [], data: { via: 'password' } }
    // @ts-expect-error there is no such action
    const unknown: Fact = { action: 'draft.eaten', targets: [], data: {} }
    expect([right, wrong, unknown]).toHaveLength(3)
    expect(isAction('draft.eaten')).toBe(false)
    expect(isAction('toString')).toBe(false)
  })
})

describe('a sentence', () => {
  const leaf = {
    act: 'version.published',
    actor: { t: 'person' as const, id: 'p-1', via: 'password', sid: null },
    tgt: [
      { t: 'version' as const, id: 'v-1' },
      { t: 'agent' as const, id: 'a-12345678' },
    ],
    d: { number: '1.2.3' },
  }

  it('names people and things, and falls back to the end of an id', () => {
    const names: Record<string, string> = { 'p-1': 'Ada Example' }
    expect(sentenceOf(leaf, (_type, id) => names[id])).toBe(
      'Ada Example published agent 12345678 1.2.3',
    )
  })

  it('shows an action of another version of the product by its name', () => {
    expect(sentenceOf({ ...leaf, act: 'planet.moved' }, () => undefined)).toBe('planet.moved')
  })

  it('spells enums as words and says when a value is absent', () => {
    const said = sentenceOf(
      { ...leaf, act: 'session.refused', d: { because: 'wrong_password' } },
      () => undefined,
    )
    expect(said).toBe('A sign-in was refused: wrong password')
    expect(sentenceOf({ ...leaf, d: {} }, () => 'X')).toBe('X published X –')
  })
})

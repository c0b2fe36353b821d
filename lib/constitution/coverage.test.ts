import { describe, expect, test } from 'vitest'
import { parseDefinition } from '@/lib/definition/parse'
import { coverageOf } from './coverage'
import { DEFAULT_CONSTITUTION } from './default-constitution'
import type { ConstitutionContent, RuleContext } from './model'
import { principleMissing } from './rules/principles'
import { findingWords } from './waivers'

const [first, second] = DEFAULT_CONSTITUTION.principles
if (!first || !second) throw new Error('The shipped constitution has principles.')
const older: ConstitutionContent = {
  ...DEFAULT_CONSTITUTION,
  label: '0.9.0',
  principles: [first, { ...second, text: 'It said something else once.' }],
}
const newer: ConstitutionContent = {
  ...DEFAULT_CONSTITUTION,
  label: '1.0.0',
  principles: [first, second, { ...first, slug: 'kept-records', title: 'Kept records' }],
}
const context: RuleContext = { constitution: newer, earlier: [older], department: null }

const file = (entries: readonly string[], version: string | null) => {
  const label = version === null ? '' : ` (v${version})`
  const items = entries.map((entry, at) => `${at + 1}. **Principle ${at + 1} - ${entry}`)
  const text = `---\nname: keeper\ndescription: Keeps\n---\n\n# Keeper\n\n## Principles${label}\n\n${items.join('\n')}\n`
  return parseDefinition(Buffer.from(text), { path: 'keeper.md' })
}
const stated = (title: string) => `${title}**: it holds here`
const both = [stated(first.title), stated(second.title)]
const answers = (definition: ReturnType<typeof file>) =>
  coverageOf(definition, context, []).map((one) => one.is)

describe('what a file says of the principles', () => {
  test('a file that rests on no constitution is silent, never failing', () => {
    const plain = parseDefinition(Buffer.from('---\nname: a\n---\n\nDo it.\n'), { path: 'a.md' })
    expect(answers(plain)).toEqual(['silent', 'silent', 'silent'])
  })

  test('stated is stated, and what came later is missing', () => {
    expect(answers(file(both, '1.0.0'))).toEqual(['stated', 'stated', 'missing'])
  })

  test('what was reworded since the version that the file cites is outdated', () => {
    expect(answers(file(both, '0.9.0'))).toEqual(['stated', 'outdated', 'missing'])
  })

  test('an escape weakens it', () => {
    const weak = [stated(first.title), `${second.title}**: holds unless it is urgent`]
    expect(answers(file(weak, '1.0.0'))).toEqual(['stated', 'weakened', 'missing'])
  })

  test('a waiver of the finding is said with its last day', () => {
    const definition = file(both, '1.0.0')
    const [finding] = principleMissing.check(definition, context)
    if (!finding) throw new Error('Nothing is missing.')
    const { rule, severity } = finding
    const excuse = {
      ...{ waiverId: 'w', rule, severity },
      words: findingWords(finding),
      endsOn: '2026-12-01',
    }
    expect(coverageOf(definition, context, [excuse])[2]).toEqual({
      is: 'missing',
      line: null,
      until: '2026-12-01',
    })
  })

  test('says the line that states it', () => {
    expect(coverageOf(file(both, '1.0.0'), context, [])[0]?.line).toBe(10)
  })
})

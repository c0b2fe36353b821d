import { describe, expect, it } from 'vitest'
import { saysTheSame, summarise } from './diff-summary'
import { FAMILY } from './testing/family'
import { definitionOf } from './testing/reference'

const summary = (change: (text: string) => string) => {
  const after = change(FAMILY)
  expect(after).not.toBe(FAMILY)
  return summarise(definitionOf(FAMILY), definitionOf(after)).map(
    ({ kind, name }) => `${kind} ${name}`,
  )
}

describe('what a change means, before its lines', () => {
  it.each<[string, (text: string) => string, string[]]>([
    [
      'a tool',
      (t) => t.replace('tools: Read, Grep', 'tools: Read, Grep, Bash'),
      ['capability Bash'],
    ],
    ['a model', (t) => t.replace('model: sonnet', 'model: opus'), ['capability model']],
    ['routing', (t) => t.replace('berths and tides', 'berths'), ['routing description']],
    [
      'a mandate that goes',
      (t) => t.replace('- Every movement is written down\n', ''),
      ['mandate Every movement is written down', 'section Critical Mandates'],
    ],
    [
      'a principle that loses its mark',
      (t) => t.replace('** (CRITICAL): Logs', '**: Logs'),
      [
        'principle written-down',
        'section Constitutional Principles Application (v2.1.0 - 4 Principles)',
      ],
    ],
    ['a field', (t) => t.replace('model: sonnet', 'model: sonnet\ncolor: red'), ['field color']],
    ['a sentence', (t) => t.replace('Tidal ports', 'Ports'), ['section Domain Expertise']],
    ['another layout', (t) => t.replace('tools: Read, Grep', 'tools: [Read, Grep]'), []],
  ])('%s', (_, change, rows) => {
    expect(summary(change)).toEqual(rows)
  })

  it('a character that nobody sees is always told', () => {
    const rows = summary((t) => t.replace('Tidal', 'Ti\u200bdal'))
    expect(rows[0]).toMatch(/^hidden-text /)
  })

  it('tells a change of layout from a change of words', () => {
    const before = definitionOf(FAMILY)
    expect(saysTheSame(before, definitionOf(FAMILY.replaceAll('\n', '\r\n')))).toBe(true)
    expect(saysTheSame(before, definitionOf(FAMILY.replace('Tidal', 'River')))).toBe(false)
  })
})

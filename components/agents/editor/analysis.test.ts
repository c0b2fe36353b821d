import { describe, expect, test } from 'vitest'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
import { findingWords } from '@/lib/constitution/waivers'
import { readDefinition } from '@/lib/definition/read'
import {
  analyse,
  approvalWords,
  type EditorContext,
  wideningLine,
  wideningRows,
  wideningWords,
} from './analysis'

const text = (tools: string, body = 'Reads the log.') =>
  `---\nname: scribe\ndescription: Writes notes\ntools: ${tools}\nmodel: sonnet\n---\n\n# Scribe\n\n${body}\n`
const bytes = (of: string) => new TextEncoder().encode(of)
const context = (live: string | null): EditorContext => ({
  fileName: 'scribe.md',
  rules: DEFAULT_CONTEXT,
  live:
    live === null
      ? null
      : { number: '1.2.0', content: readDefinition(bytes(live), { path: 'scribe.md' }) },
  excuses: [],
  numbers: { published: live === null ? [] : ['1.2.0'], claimed: [] },
})

const analyseText = (of: string, around: EditorContext) => analyse(bytes(of), around)

describe('what the editor says of a text', () => {
  test('adding a shell widens, raises the tier and the number, and is told in words', () => {
    const found = analyseText(text('Read, Bash'), context(text('Read')))
    expect(found).toMatchObject({ number: '2.0.0', differs: true, risk: { tier: 'high' } })
    const rows = wideningRows(found.change)
    expect(rows.map((row) => row.name)).toEqual(['Bash'])
    expect(wideningWords(rows)).toBe('Bash runs any command in the workspace')
    expect(wideningLine(found.content)).toBe(4)
  })

  test('a tool that only reads widens without asking for attention', () => {
    const found = analyseText(text('Read, Grep'), context(text('Read')))
    expect(found.change.direction).toBe('widening')
    expect(wideningRows(found.change)).toEqual([])
  })

  test('prose alone is a patch, the live bytes are no change', () => {
    const prose = analyseText(text('Read', 'Reads it twice.'), context(text('Read')))
    expect(prose).toMatchObject({ number: '1.2.1', change: { direction: 'prose' } })
    const same = analyseText(text('Read'), context(text('Read')))
    expect(same).toMatchObject({ differs: false, change: { direction: 'none' } })
  })

  test('an unknown tool stops, names its place, and asks for two people', () => {
    const found = analyseText(text('Read, Sorcery'), context(null))
    expect(found.stops).toBe(1)
    expect(found.quorum).toBe(2)
    const [finding] = found.findings
    const range = finding?.range
    expect(range && found.content.text.slice(range.start, range.end)).toBe('Sorcery')
  })

  test('leaving the tool list out is told as what it is: every tool', () => {
    const found = analyseText(
      '---\nname: scribe\ndescription: x\n---\nBody\n',
      context(text('Read')),
    )
    expect(wideningWords(wideningRows(found.change))).toBe('it inherits every tool of the session')
  })

  test('many widenings are listed by three and counted', () => {
    const found = analyseText(text('Write, Edit, Bash, WebFetch'), context(text('Read')))
    expect(wideningWords(wideningRows(found.change))).toMatch(/ and 1 more$/)
  })

  test('a waived finding is told and stops nothing', () => {
    const around = context(text('Read', '## Core Responsibilities'))
    const empty = analyseText(text('Read', '## Core Responsibilities'), around)
    expect(empty.stops).toBe(1)
    const [finding] = empty.findings
    if (!finding) throw new Error('nothing was found')
    const excuse = {
      waiverId: 'w',
      rule: finding.rule,
      words: findingWords(finding),
      severity: finding.severity,
      endsOn: '2026-12-01',
    }
    const waived = analyseText(text('Read', '## Core Responsibilities'), {
      ...around,
      excuses: [excuse],
    })
    expect(waived.stops).toBe(0)
    expect([...waived.excused.values()]).toEqual(['2026-12-01'])
  })

  test('a mandate that the live version has stops its own removal, and an added one does not', () => {
    const mandates = (...all: string[]) => text('Read', `## Mandates\n\n- ${all.join('\n- ')}`)
    const around = context(mandates('Ask before every Git command'))
    const rules = (of: string) => analyseText(of, around).findings.map((one) => one.rule)
    expect(rules(text('Read'))).toContain('mandate-weakened')
    expect(rules(mandates('Ask before every Git command unless urgent'))).toContain(
      'mandate-weakened',
    )
    const more = analyseText(mandates('Ask before every Git command', 'Log every posting'), around)
    expect(more.findings.filter((one) => one.message.includes('locked mandate'))).toEqual([])
  })

  test('says who may agree, or that nobody may', () => {
    expect(approvalWords(1, ['Ines'])).toBe('1 approval: Ines')
    expect(approvalWords(2, ['A', 'B', 'C', 'D', 'E'])).toBe('2 approvals: A, B, C or 2 more')
    expect(approvalWords(1, [])).toMatch(/Nobody may approve/)
    expect(approvalWords(2, ['Ines'])).toMatch(/only Ines may give one/)
  })
})

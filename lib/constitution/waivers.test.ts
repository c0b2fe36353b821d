import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { agentText, definitionOf, GOVERNED } from '@/lib/definition/testing/reference'
import { checkDefinition } from './check'
import { DEFAULT_CONTEXT } from './default-constitution'
import { fingerprintOf } from './fingerprint'
import type { Finding, FindingSeverity, WaiverState } from './model'
import {
  type Excuse,
  excuseFor,
  findingWords,
  isInForce,
  whyNotLastDay,
  whyNotWaivable,
} from './waivers'

const check = (text: string) => checkDefinition(definitionOf(text), DEFAULT_CONTEXT)
const prints = (text: string) => check(text).map(fingerprintOf).sort()

/** A finding of our own, so that the property does not depend on which rules there are. */
const aFinding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'tools-match-text',
  severity: 'error',
  message: 'Granted, but not authorised by its own text: Write.',
  lines: [{ line: 4, text: 'tools: Read, Write', marks: [[13, 18]] }],
  ...change,
})

describe('what a finding is about', () => {
  it('is the same wherever its text stands in the file', () => {
    // With a line end at its end, because that it lacks one is a finding that moving it would end.
    const before = prints(`${GOVERNED}\n`)
    const heading = GOVERNED.indexOf('\n## ')
    const plain = fc.array(fc.constantFrom('It keeps a ledger.', 'It asks first.', ''), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(plain, plain, (above, below) => {
        const moved = `${GOVERNED.slice(0, heading)}\n\n${above.join('\n')}\n${GOVERNED.slice(heading)}\n\n${below.join('\n')}\n`
        const after = prints(moved)
        for (const print of before) expect(after).toContain(print)
      }),
    )
  })

  it('is another as soon as one word of it is another', () => {
    const word = fc.stringMatching(/^[A-Za-z]{1,12}$/)
    fc.assert(
      fc.property(word, word, (one, other) => {
        fc.pre(one !== other)
        const about = (name: string) =>
          aFinding({ lines: [{ line: 1, text: name, marks: [[0, name.length]] }] })
        expect(fingerprintOf(about(one))).not.toBe(fingerprintOf(about(other)))
      }),
    )
  })

  it('does not depend on the line, on white space around it, or on words beside it', () => {
    const moved = aFinding({
      lines: [{ line: 90, text: 'tools: Grep,  Write', marks: [[14, 19]] }],
    })
    expect(fingerprintOf(moved)).toBe(fingerprintOf(aFinding()))
  })

  it('does not end because its sentence names another line', () => {
    const at = (line: number) =>
      aFinding({ message: `Broken at line ${line}, column 3.`, lines: [] })
    expect(findingWords(at(4))).toBe(findingWords(at(1200)))
  })

  it.each<[string, Partial<Finding>]>([
    ['another rule', { rule: 'tool-unknown' }],
    ['another sentence', { message: 'Granted, but not authorised by its own text: Bash.' }],
    [
      'one more word',
      {
        lines: [
          {
            line: 4,
            text: 'Write, Bash',
            marks: [
              [0, 5],
              [7, 11],
            ],
          },
        ],
      },
    ],
  ])('is another with %s', (_, change) => {
    expect(fingerprintOf(aFinding(change))).not.toBe(fingerprintOf(aFinding()))
  })

  it('a tool more in the same list is another finding', () => {
    const wider = GOVERNED.replace('Bash, MultiEdit', 'Bash, MultiEdit, WebFetch')
    const of = (text: string) =>
      check(text).find((one) => one.rule === 'tools-match-text' && one.severity === 'error')
    const [narrow, wide] = [of(GOVERNED), of(wider)]
    if (!narrow || !wide) throw new Error('The finding is not there.')
    expect(fingerprintOf(wide)).not.toBe(fingerprintOf(narrow))
  })

  it('a stored finding has the words of a fresh one', () => {
    const [finding] = check(agentText({ tools: 'Read, Nonsense' }))
    if (!finding) throw new Error('no finding')
    expect(findingWords(JSON.parse(JSON.stringify(finding)))).toBe(findingWords(finding))
  })
})

const NOON = new Date('2026-11-22T12:00:00Z')

describe('a waiver', () => {
  test.each<[WaiverState, string, string, boolean]>([
    ['approved', '2026-11-22', '2026-11-22T00:00:00Z', true],
    ['approved', '2026-11-22', '2026-11-22T23:59:59.999Z', true],
    ['approved', '2026-11-22', '2026-11-23T00:00:00Z', false],
    ['requested', '2026-12-22', '2026-11-22T00:00:00Z', false],
    ['rejected', '2026-12-22', '2026-11-22T00:00:00Z', false],
    ['withdrawn', '2026-12-22', '2026-11-22T00:00:00Z', false],
    ['revoked', '2026-12-22', '2026-11-22T00:00:00Z', false],
  ])('%s until %s counts at %s: %s', (state, endsOn, at, counts) => {
    expect(isInForce({ state, endsOn }, new Date(at))).toBe(counts)
  })

  test.each<[string, boolean]>([
    ['2026-11-21', false],
    ['2026-11-22', true],
    ['2026-12-22', true],
    ['2026-12-23', false],
  ])('may end on %s: %s', (day, may) => {
    expect(whyNotLastDay(day, NOON) === null).toBe(may)
  })

  const excuse = (severity: FindingSeverity): Excuse => ({
    waiverId: 'w',
    rule: 'tools-match-text',
    words: findingWords(aFinding()),
    severity,
    endsOn: '2026-12-01',
  })
  test.each<[FindingSeverity, FindingSeverity, boolean]>([
    ['error', 'error', true],
    ['error', 'warning', true],
    ['warning', 'error', false],
    ['warning', 'warning', true],
    ['note', 'warning', false],
    ['blocking', 'blocking', false],
    ['error', 'blocking', false],
  ])('agreed to as %s covers the finding as %s: %s', (agreed, now, covers) => {
    const found = excuseFor(aFinding({ severity: now }), [excuse(agreed)])
    expect(found !== null).toBe(covers)
  })

  it('is not for what blocks, nor for what hides behind a number', () => {
    expect(whyNotWaivable(aFinding({ severity: 'blocking' }))).not.toBeNull()
    expect(
      whyNotWaivable(aFinding({ message: 'Unknown: A, B, C, D, E and 2 more.' })),
    ).not.toBeNull()
    expect(whyNotWaivable(aFinding())).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { definitionOf } from '@/lib/definition/testing/reference'
import { checkDefinition } from './check'
import type { Finding } from './model'
import { GOLDEN, GOLDEN_CONTEXT } from './testing/golden'
import { REFERENCE } from './testing/golden-definition'

const check = (text: string): Finding[] =>
  checkDefinition(definitionOf(text, 'architecture/terminal-architect.md'), GOLDEN_CONTEXT)

/** The text with one change; a change that changes nothing is a mistake in the test. */
function changed(from: string | RegExp, to: string): string {
  const text = REFERENCE.replace(from, to)
  expect(text).not.toBe(REFERENCE)
  return text
}

describe('the reference definition', () => {
  const findings = check(REFERENCE)

  it.each(GOLDEN.map((each) => [each.id, each] as const))('%s', (_, expected) => {
    const { rule, severity, count, about } = expected
    const found = findings.filter((each) => each.rule === rule && each.severity === severity)
    expect(found).toHaveLength(count)
    if (about) for (const { message } of found) expect(message).toMatch(about)
  })

  it('reports nothing else', () => {
    const expected = GOLDEN.reduce((sum, { count }) => sum + count, 0)
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toHaveLength(expected)
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(
      new Set(GOLDEN.map(({ rule }) => rule)),
    )
  })

  it('shows each finding on its line, with the words marked', () => {
    const lines = REFERENCE.split('\n')
    for (const { lines: evidence } of findings) {
      expect(evidence.length).toBeGreaterThan(0)
      for (const { line, text, marks } of evidence) {
        expect(text).toBe(lines[line - 1])
        for (const [, end] of marks) expect(end).toBeLessThanOrEqual(text.length)
      }
    }
  })

  it('offers fixes that each end their own finding and begin no other', () => {
    for (const each of findings) {
      if (!each.fix) continue
      const { start, end, text } = each.fix.edit
      const after = check(REFERENCE.slice(0, start) + text + REFERENCE.slice(end))
      const key = ({ rule, message }: Finding) => `${rule} ${message}`
      expect(after.map(key), each.message).not.toContain(key(each))
      // Another model is at odds with a text that names one: that is worth saying.
      const known = new Set([...findings.map(({ rule }) => rule), 'model-contradicts'])
      expect(after.filter(({ rule }) => !known.has(rule)).map(key)).toEqual([])
    }
  })
})

describe('what changes the reference definition is noticed', () => {
  it.each<[string, string | RegExp, string, string]>([
    ['a mandate is deleted', /- \*\*No Git.*\n/, '', 'mandate-missing'],
    [
      'a mandate gets an escape',
      'a person has agreed**',
      'a person has agreed, unless urgent**',
      'mandate-weakened',
    ],
    [
      'a critical mark is dropped',
      'Git Operation Approval** (CRITICAL)',
      'Git Operation Approval**',
      'principle-weakened',
    ],
    [
      'an immutable principle is weakened',
      'seen failing, then code',
      'where practical',
      'principle-weakened',
    ],
    ['a principle is taken out', /13\. .*\n/, '', 'principle-missing'],
    ['thirteen are listed under fourteen', /13\. .*\n/, '', 'constitution-label'],
    ['heading and footer cite two versions', '(v1.5.0 - 14', '(v1.4.0 - 14', 'constitution-label'],
    [
      'the constitution stands second',
      'governance/constitution.md',
      'governance/habits.md',
      'authority-missing',
    ],
    [
      'another department',
      '**Department**: architecture',
      '**Department**: data',
      'department-mismatch',
    ],
    ['another role', 'Design & Planning', 'Sorcery', 'role-outside'],
    [
      'a path of another department',
      'architecture/terminal-architect/context',
      'product/terminal-architect/context',
      'memory-path',
    ],
    [
      'the older trigger document',
      'agent-collaboration-triggers.md',
      'agent-collaboration.md',
      'trigger-reference',
    ],
    [
      'a phrase that calls another agent',
      'the terminal-architect agent',
      'the yard-architect agent',
      'invocation-name',
    ],
    ['a field of the record is missing', '- Whether approval was given\n', '', 'audit-fields'],
    ['versions that fall', '| 1.1.0   |', '| 0.9.0   |', 'history-order'],
    [
      'a footer ahead of the history',
      '**Agent Version**: 1.1.0',
      '**Agent Version**: 1.2.0',
      'history-footer',
    ],
    [
      'a creation date of its own',
      '**Created**: 2025-09-20',
      '**Created**: 2025-09-01',
      'history-footer',
    ],
    ['a longer interval than the risk allows', 'Quarterly', 'Yearly', 'review-interval'],
    ['a required section is gone', /### Restricted Operations\n(?:- .*\n)+/, '', 'section-missing'],
    ['the text names another default model', 'model: sonnet', 'model: opus', 'model-contradicts'],
    [
      'a server beyond the list',
      'mcp__perplexity',
      'mcp__perplexity, mcp__harbour',
      'mcp-department',
    ],
    ['no opening', 'You are a Senior', 'Being a Senior', 'persona-missing'],
  ])('%s', (_, from, to, rule) => {
    expect(check(REFERENCE).map((each) => each.rule)).not.toContain(rule)
    expect(check(changed(from, to)).map((each) => each.rule)).toContain(rule)
  })

  it.each<[string, string | RegExp, string, string]>([
    [
      'a reason for the shell',
      'TodoWrite\n\n### MCP',
      'TodoWrite\n\nBash is needed because the yard model runs there.\n\n### MCP',
      'GF4',
    ],
    ['the current constitution', /v1\.5\.0/g, 'v1.6.0', 'GF7'],
    [
      'a reason for the model',
      '## Error',
      'Sonnet is enough here, because layouts are small.\n\n## Error',
      'GF8',
    ],
    [
      'the section filled',
      '## Core Responsibilities\n',
      '## Core Responsibilities\n\n- Lay out yards\n',
      'GF5',
    ],
    ['a measurement', '> 91%', '> 91%, counted over all runs of a month', 'GF14'],
    ['no invitation', 'Use PROACTIVELY for', 'Use for', 'GF16'],
    ['a line end', 'Quarterly', 'Quarterly\n', 'GF19'],
  ])('%s ends its finding', (_, from, to, id) => {
    const golden = GOLDEN.find((each) => each.id === id)
    const matches = (each: Finding) =>
      each.rule === golden?.rule &&
      each.severity === golden.severity &&
      (golden.about?.test(each.message) ?? true)
    expect(check(REFERENCE).some(matches)).toBe(true)
    expect(check(changed(from, to)).some(matches)).toBe(false)
  })

  it('an added mandate is welcome', () => {
    const text = changed('### Critical Mandates\n', '### Critical Mandates\n- **No night work**\n')
    expect(check(text)).toHaveLength(check(REFERENCE).length)
  })
})

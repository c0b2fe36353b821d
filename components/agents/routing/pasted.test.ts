import { describe, expect, it } from 'vitest'
import { pastedCases } from './pasted'

describe('pasted routing tests', () => {
  const lines: [string, string, unknown][] = [
    ['an arrow names the agent', 'Plan it => planner', { phrase: 'Plan it', expected: 'planner' }],
    ['a drawn arrow too', 'Plan it → planner', { phrase: 'Plan it', expected: 'planner' }],
    ['so does a tab', 'Plan it\tplanner', { phrase: 'Plan it', expected: 'planner' }],
    ['nobody is a word', 'Hello => nobody', { phrase: 'Hello', expected: null }],
    ['the last arrow counts', 'a => b => c', { phrase: 'a => b', expected: 'c' }],
  ]
  it.each(lines)('%s', (_, text, expected) => {
    expect(pastedCases(text)).toEqual({ cases: [expected], wrong: null })
  })

  it('leave out empty lines', () => {
    expect(pastedCases('\n a => b \r\n\n c => d').cases).toHaveLength(2)
  })

  it('are refused as a whole at the first line that names nobody', () => {
    expect(pastedCases('a => b\nc d\ne =>')).toMatchObject({ wrong: { line: 2, text: 'c d' } })
    expect(pastedCases(' => b').wrong).toMatchObject({ line: 1 })
    expect(pastedCases('a =>').wrong).toMatchObject({ line: 1 })
  })
})

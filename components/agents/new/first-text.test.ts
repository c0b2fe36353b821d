import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { firstText } from './first-text'

const front = (text: string) => parse(text.split('---\n')[1] ?? '') as Record<string, unknown>
const agent = {
  name: 'release-notes',
  description: 'Writes release notes',
  tools: ['Read', 'Grep'],
  model: 'sonnet',
  instructions: 'Read the log.',
}

describe('the first text of a new agent', () => {
  test('says exactly what the form said', () => {
    expect(firstText(agent)).toBe(
      '---\nname: release-notes\ndescription: Writes release notes\ntools: Read, Grep\nmodel: sonnet\n---\n\n# Release notes\n\nRead the log.\n',
    )
  })

  test.each([
    'Use when: a tag is pushed # really',
    '"quoted" and \\ back',
    '- a dash first',
    '人類学者 & more',
    '*star',
    'true',
    'yes',
    '{a: b}',
    '2.0',
    'ends with colon:',
  ])('keeps the description %j whole through YAML', (description) => {
    expect(front(firstText({ ...agent, description }))).toEqual({
      name: 'release-notes',
      description,
      tools: 'Read, Grep',
      model: 'sonnet',
    })
  })

  test('no tool chosen grants none, never all', () => {
    expect(front(firstText({ ...agent, tools: [] })).tools).toEqual([])
  })
})

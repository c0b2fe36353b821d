import { describe, expect, it } from 'vitest'
import type { EditResult } from './model'
import { parseDefinition } from './parse'
import { repairFrontmatter } from './repair'
import { agentText, bytesOf, definitionOf } from './testing/reference'

function textOf(result: EditResult): string {
  if (!result.ok) throw new Error(result.reason)
  return new TextDecoder().decode(result.bytes)
}
const repaired = (text: string) => textOf(repairFrontmatter(definitionOf(text)))

describe('a repair is offered only where it provably says the same', () => {
  it.each([
    [
      'a colon in a value',
      '---\nname: a\ndescription: Use it: "now"\n---\nB\n',
      '---\nname: a\ndescription: "Use it: \\"now\\""\n---\nB\n',
    ],
    ['an alias', '---\nname: a\ntools: *\n---\nB\n', '---\nname: a\ntools: "*"\n---\nB\n'],
    [
      'dialogue',
      '---\nname: a\ndescription: Ask me\nuser: "x"\n\nassistant: y: z\nmodel: m\n---\nB\n',
      '---\nname: a\ndescription: |-\n  Ask me\n  user: "x"\n\n  assistant: y: z\nmodel: m\n---\nB\n',
    ],
    [
      'no opening fence',
      'name: a\ndescription: b\n---\nB\n',
      '---\nname: a\ndescription: b\n---\nB\n',
    ],
    [
      'no closing fence',
      '---\nname: a\ndescription: b\n\nB\n',
      '---\nname: a\ndescription: b\n---\n\nB\n',
    ],
    [
      'a long closing fence',
      '---\nname: a\ndescription: b\n------\nB\n',
      '---\nname: a\ndescription: b\n---\nB\n',
    ],
    [
      'a blank line before',
      '\n---\nname: a\ndescription: b\n---\nB\n',
      '---\nname: a\ndescription: b\n---\nB\n',
    ],
    [
      'a code fence around',
      '```md\n---\nname: a\ndescription: b\n---\nB\n```\n',
      '---\nname: a\ndescription: b\n---\nB\n',
    ],
  ])('%s', (_, before, after) => {
    expect(repaired(before)).toBe(after)
    expect(definitionOf(after).frontmatter?.valid).toBe(true)
  })

  it('keeps Windows line ends', () => {
    const text = '---\r\nname: a\r\ndescription: b: c\r\n---\r\nB\r\n'
    expect(repaired(text)).toBe(text.replace('b: c', '"b: c"'))
  })

  it.each([
    ['what is sound', agentText()],
    ['what has no fields', '# Only text\n'],
    ['two different values of one field', '---\nname: a\nname: b\n---\n'],
    ['an alias inside a list', '---\nname: a\ntools: [*x]\n---\n'],
    ['an empty file', ''],
  ])('offers none for %s', (_, text) => {
    expect(repairFrontmatter(definitionOf(text)).ok).toBe(false)
  })

  it('offers none for bytes that are not UTF-8', () => {
    const bytes = new Uint8Array([...bytesOf('---\nname: a: b\n---\n'), 0xff])
    expect(repairFrontmatter(parseDefinition(bytes)).ok).toBe(false)
  })
})

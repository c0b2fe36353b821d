import { describe, expect, it } from 'vitest'
import { parseDefinition } from './parse'
import { type RepairResult, repairFrontmatter } from './repair'
import { agentText, bytesOf, definitionOf } from './testing/reference'

function textOf(result: RepairResult): string {
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
      'a quote that is never closed',
      '---\nname: a\ndescription: "Keeps it\n---\nB\n',
      '---\nname: a\ndescription: "Keeps it"\n---\nB\n',
    ],
    [
      'a bracket that is never closed',
      '---\nname: a\ntools: [Read, Grep\nmodel: m\n---\nB\n',
      '---\nname: a\ntools: [Read, Grep]\nmodel: m\n---\nB\n',
    ],
    [
      'a field that stands there twice and says the same',
      '---\nname: a\nmodel: m\nname: a\n---\nB\n',
      '---\nname: a\nmodel: m\n---\nB\n',
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

  it.each([
    ['description: b: c', [{ line: 3, sentence: 'Puts the value of description in quotes.' }]],
    [
      'description: b\nuser: c: d',
      [{ line: 3, sentence: 'Writes description as a block over 2 indented lines.' }],
    ],
    ['tools: [Read', [{ line: 3, sentence: 'Closes the bracket of tools.' }]],
    [
      'name: a\ndescription: b: c',
      [
        { line: 3, sentence: 'Takes out the second name, which says the same as the first.' },
        { line: 4, sentence: 'Puts the value of description in quotes.' },
      ],
    ],
  ])('says everything that it does: %j', (lines, repairs) => {
    expect(repairFrontmatter(definitionOf(`---\nname: a\n${lines}\n---\nB\n`))).toMatchObject({
      ok: true,
      repairs,
    })
  })

  it('says that fences were put right, with the lines of the file as it was', () => {
    expect(repairFrontmatter(definitionOf('name: a\ndescription: b: c\n---\nB\n'))).toMatchObject({
      repairs: [
        { line: 1, sentence: expect.stringContaining('---') },
        { line: 2, sentence: 'Puts the value of description in quotes.' },
      ],
    })
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

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTool, removeField, removeTool, setField } from './edit'
import type { EditResult, JsonValue } from './model'
import { parseDefinition } from './parse'
import { applySplice, spliceBetween } from './splice'
import { agentText, bytesOf, definitionOf } from './testing/reference'

function textOf(result: EditResult): string {
  if (!result.ok) throw new Error(result.reason)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
}
const wrap = (line: string) => `---\nname: a\n${line}\nmodel: sonnet # the cheap one\n---\n\nBody\n`

describe('setField writes one value in the field’s own style and touches nothing else', () => {
  it.each<[string, JsonValue, string]>([
    ['description: old', 'new words', 'description: new words'],
    ["description: 'old'", "it's new", "description: 'it''s new'"],
    ['description: "old"', 'say "hi"\n', 'description: "say \\"hi\\"\\n"'],
    ['description: old', 'Use it: now', 'description: "Use it: now"'],
    ['description: old', 'true', 'description: "true"'],
    ['description: old', '# no comment', 'description: "# no comment"'],
    ['description: old', '🚀 人類学者', 'description: 🚀 人類学者'],
    ['description:', 'new', 'description: new'],
    ['description: >-\n  old\n  words', 'new words', 'description: >-\n  new words'],
    ['description: |\n  old', 'one\ntwo\n', 'description: |\n  one\n  two'],
    ['description: old', 'one\ntwo', 'description: "one\\ntwo"'],
    ['maxTurns: 4', 7, 'maxTurns: 7'],
    ['skills: [a]', ['b', 'c: d'], 'skills: [b, "c: d"]'],
    ['skills:\n  - a', ['b', 'c'], 'skills:\n  - b\n  - c'],
  ])('%j := %j', (line, value, expected) => {
    const key = line.slice(0, line.indexOf(':'))
    expect(textOf(setField(definitionOf(wrap(line)), key, value))).toBe(wrap(expected))
  })

  it('keeps the comment behind the value', () => {
    const after = textOf(setField(definitionOf(wrap('x: y')), 'model', 'opus'))
    expect(after).toContain('model: opus # the cheap one\n')
  })

  it('a field that is not there becomes one line before the closing fence', () => {
    const text = '---\r\nname: a\r\n---\r\nBody'
    expect(textOf(setField(definitionOf(text), 'model', 'opus'))).toBe(
      '---\r\nname: a\r\nmodel: opus\r\n---\r\nBody',
    )
  })

  it('a block scalar that keeps its blank lines keeps them', () => {
    const text = '---\nname: a\nnote: |+\n  x\n\n---\nBody\n'
    const after = definitionOf(textOf(setField(definitionOf(text), 'model', 'opus')))
    expect(after.fields.map((f) => [f.key, f.value])).toEqual([
      ['name', 'a'],
      ['note', 'x\n\n'],
      ['model', 'opus'],
    ])
  })

  it('frontmatter that does not parse can still have one line changed', () => {
    const text = '---\nname: a\ndescription: Use it: now\nmodel: sonnet\n---\nBody\n'
    expect(textOf(setField(definitionOf(text), 'model', 'opus'))).toBe(
      text.replace('sonnet', 'opus'),
    )
    expect(textOf(setField(definitionOf(text), 'description', 'Use it, now'))).toContain(
      'description: Use it, now\n',
    )
  })

  it('JSON and TOML values are replaced in place', () => {
    const json = '{\n  "name": "a",\n  "model": "m"\n}\n'
    const kiro = definitionOf(json, '.kiro/agents/a.json')
    expect(textOf(setField(kiro, 'model', 'x"y'))).toBe(json.replace('"m"', '"x\\"y"'))
    const toml = 'name = "a"\nmodel = "m" # why\n\n[[skills.config]]\npath = "p"\n'
    const codex = definitionOf(toml, 'a.toml')
    expect(textOf(setField(codex, 'model', 'n'))).toContain('model = "n"')
  })

  it.each([
    ['no frontmatter', '# Title\n', 'model', 'opus', 'no frontmatter'],
    ['a map', agentText(), 'hooks', { a: 1 }, 'in the text'],
    ['a name that is no key', agentText(), 'a: b', 'c', 'no field name'],
    [
      'several lines that do not parse',
      '---\nname: a\ndescription: a: b\nuser: x\n---\n',
      'description',
      'c',
      'Repair it first',
    ],
  ] as const)('refuses %s', (_, text, key, value, reason) => {
    const result = setField(definitionOf(text), key, value as JsonValue)
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  })

  it.each(['a\u0000b', 'half \ud83d'])('refuses %j, which no file can keep', (words) => {
    expect(setField(definitionOf(agentText()), 'description', words).ok).toBe(false)
    expect(setField(definitionOf(agentText()), 'note', words).ok).toBe(false)
    expect(setField(definitionOf(agentText()), 'skills', [words]).ok).toBe(false)
  })

  it('a list that holds comments is not overwritten; one line in its place moves up', () => {
    const listed = wrap('skills:\n  - a # first\n  - b')
    expect(setField(definitionOf(listed), 'skills', ['c'])).toMatchObject({
      ok: false,
      reason: expect.stringContaining('comments'),
    })
    expect(textOf(setField(definitionOf(wrap('skills:\n  - a')), 'skills', []))).toBe(
      wrap('skills: []'),
    )
  })

  it('where a file mixes line ends, a new line takes those of its neighbour', () => {
    const text = '---\r\nname: a\r\n---\nBody\n'
    expect(textOf(setField(definitionOf(text), 'model', 'opus'))).toBe(
      '---\r\nname: a\r\nmodel: opus\r\n---\nBody\n',
    )
  })

  it('refuses bytes that are not UTF-8', () => {
    const bytes = new Uint8Array([...bytesOf('---\nname: a\n---\n'), 0xff])
    expect(setField(parseDefinition(bytes), 'name', 'b').ok).toBe(false)
  })
})

describe('properties of edits', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'a: b',
      '- x',
      '[y',
      '{',
      "it's",
      '"',
      ' # c',
      '*',
      '&a',
      '---',
      'no',
      '1e3',
      '',
    ),
  )
  const line = fc.constantFrom(
    'description: old',
    "description: 'old'",
    'description: "old"',
    'description: >-\n  old',
    'description: |\n  old',
    'description:',
    '# about\ndescription: old # note',
  )
  const eols = fc.constantFrom('\n', '\r\n')

  it('any text can be written and reads back; every other byte of the file stays', () => {
    fc.assert(
      fc.property(line, value, eols, (before, words, eol) => {
        const text = wrap(before).replaceAll('\n', eol)
        const definition = definitionOf(text)
        const result = setField(definition, 'description', words.replaceAll('\r', ''))
        const after = definitionOf(textOf(result))
        const others = (d: typeof after) =>
          d.fields.filter((f) => f.key !== 'description').map((f) => [f.key, f.value])
        expect(others(after)).toEqual(others(definition))
        expect(
          after.text.endsWith(`model: sonnet # the cheap one\n---\n\nBody\n`.replaceAll('\n', eol)),
        ).toBe(true)
        expect(after.text.startsWith(`---\nname: a\n`.replaceAll('\n', eol))).toBe(true)
      }),
    )
  })

  const names = ['Read', 'Write', 'Bash(git:*)', 'mcp__bank__list', 'Grep', 'WebFetch']
  const form = fc.constantFrom<(n: string[]) => string>(
    (n) => `tools: ${n.join(', ')}\n`,
    (n) => `tools: ${n.join(' ')}\n`,
    (n) => `tools: "${n.join(',')}"\n`,
    (n) => `tools: [${n.join(', ')}]\n`,
    (n) => `tools: ['${n.join("', '")}'] # list\n`,
    (n) => `tools: [\n  ${n.join(',\n  ')},\n]\n`,
    (n) => `tools:\n${n.map((x) => `  - ${x}\n`).join('')}`,
    (n) => `tools:\n${n.map((x) => `- "${x}" # ${x}\n`).join('')}`,
  )
  const some = fc.shuffledSubarray(names, { minLength: 1 })

  it('a tool that is added and taken away again leaves the same bytes', () => {
    fc.assert(
      fc.property(form, some, eols, (write, tools, eol) => {
        const text = `---\nname: a\n${write(tools)}model: x\n---\nBody\n`.replaceAll('\n', eol)
        const added = textOf(addTool(definitionOf(text), 'Glob'))
        expect(definitionOf(added).tools.names).toEqual([...tools, 'Glob'])
        expect(textOf(removeTool(definitionOf(added), 'Glob'))).toBe(text)
      }),
    )
  })

  it('taking every tool away, in any order, ends with none and never with all', () => {
    fc.assert(
      fc.property(form, some, fc.nat(), (write, tools, seed) => {
        let text = `---\nname: a\n${write(tools)}model: x\n---\nBody\n`
        let left = [...tools]
        while (left.length > 0) {
          const name = left[seed % left.length] ?? ''
          text = textOf(removeTool(definitionOf(text), name))
          left = left.filter((each) => each !== name)
          expect(definitionOf(text).tools).toMatchObject({ names: left, inheritsAll: false })
        }
        expect(text).toContain('tools: []')
      }),
    )
  })

  it('a splice between two texts turns one into the other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(applySplice(before, spliceBetween(before, after))).toBe(after)
      }),
    )
  })

  it('a splice never cuts a character in half', () => {
    const text = fc.array(fc.constantFrom('😀', '😁', '🀀', 'a')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const splice = spliceBetween(before, after)
        expect(applySplice(before, splice)).toBe(after)
        expect(() => encodeURIComponent(splice.text)).not.toThrow()
      }),
    )
  })
})

describe('removeField', () => {
  it('takes the field with all its lines and leaves comments above it', () => {
    const text = '---\nname: a\n# why\ndescription: >-\n  one\n  two\nmodel: m\n---\n'
    expect(textOf(removeField(definitionOf(text), 'description'))).toBe(
      '---\nname: a\n# why\nmodel: m\n---\n',
    )
  })
  it('refuses what is not there and what shares its line', () => {
    expect(removeField(definitionOf(agentText()), 'color').ok).toBe(false)
    expect(removeField(definitionOf('---\n{name: a, model: b}\n---\n'), 'name').ok).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTool, removeField, removeTool, setField } from './edit'
import type { DefinitionContent, EditResult } from './model'
import { plainText } from './plain'
import { readDefinition } from './read'
import { insertSection, moveSection } from './section-edits'
import { bytesOf } from './testing/reference'

/** Definitions of every form that real files have, in pieces that may stand beside each other. */
const tools = fc.constantFrom(
  ...[
    '',
    'tools: Read, Grep\n',
    'tools: Read\n',
    'tools: Read Grep\n',
    'tools: []\n',
    'tools: "Read, Grep"\n',
  ],
  ...[
    'tools: [Read, Grep]\n',
    "tools: ['Read', 'Grep'] # both\n",
    'tools: [\n  Read, # r\n  Grep,\n]\n',
    'tools: >-\n  Read,\n  Grep\n',
  ],
  ...[
    'tools:\n  - Read\n  - Grep\n',
    'tools:\n# why\n- "Read" # r\n\n- "Grep"\n',
    'tools:\n  Read: true\n  Grep: false\n',
    'tools: { Read: true }\n',
  ],
)
const description = fc.constantFrom(
  ...[
    'description: Plain words.\n',
    "description: 'It''s: quoted'\n",
    'description: "a \\"b\\" #c"\n',
    'description:\n',
  ],
  ...[
    'description: >-\n  folded\n  words\n',
    'description: |\n  one\n\n  two: three\n',
    'description: over\n  two lines # c\n',
  ],
)
const others = fc.shuffledSubarray([
  ...[
    'model: sonnet # cheap\n',
    '# a comment\n',
    '\n',
    'color: "#ff0000"\n',
    'hooks:\n  Stop:\n    - command: "x: y"\n',
  ],
  ...['skills: [a, b]\n', 'unknown-key: [1, {a: ~}]\n', 'version: 2.0\n', 'empty:\n', 'ü: ñ\n'],
])
const body = fc
  .array(
    fc.constantFrom(
      '# A\n',
      '## B\n\n',
      '### C\n',
      'words\n',
      '\n',
      '---\n',
      '```\n# no\n```\n',
      '| a |\n|---|\n',
      '> # no\n',
      '<!-- x -->\n',
      'T\n===\n',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const definition = fc
  .record({
    tools,
    description,
    others,
    body,
    eol: fc.constantFrom('\n', '\r\n'),
    bom: fc.boolean(),
    cut: fc.boolean(),
  })
  .map(({ eol, bom, cut, ...parts }) => {
    const text = `---\nname: a\n${parts.description}${parts.tools}${parts.others.join('')}---\n${parts.body}`
    const whole = (bom ? '\ufeff' : '') + text.replaceAll('\n', eol)
    return readDefinition(bytesOf(cut ? whole.trimEnd() : whole), { path: 'agents/a.md' })
  })
  .filter(({ frontmatter }) => frontmatter?.valid === true)

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text === plainText(text)),
  fc.constantFrom(
    'a: b',
    '# c',
    '"',
    "'",
    '🚀 人類',
    'x\ny\n',
    '- d',
    '---',
    '$' + '{e}',
    '\\n \\',
    '\t',
    ' g ',
    '\u2028',
    '\u0085',
    '\ufeff',
    '...',
    '? k',
    'null',
    '0x1f',
    '1_000',
  ),
)

function applied(before: DefinitionContent, edited: EditResult): DefinitionContent | null {
  if (!edited.ok) {
    expect(edited.reason).toMatch(/\.$/)
    return null
  }
  return readDefinition(edited.bytes, { path: before.path ?? '' })
}
const valueAt = ({ fields }: DefinitionContent, key: string) =>
  fields.find((field) => field.key === key)?.value
const rest = ({ fields }: DefinitionContent, key: string) =>
  fields.filter((field) => field.key !== key).map(({ key: name, value }) => [name, value])
const bodyOf = ({ text, body: { range } }: DefinitionContent) => text.slice(range.start)

/** Every byte before the field's own lines and behind them stands where it stood. */
function expectOnly(before: DefinitionContent, now: DefinitionContent, key: string): void {
  expect(rest(now, key)).toEqual(rest(before, key))
  expect(bodyOf(now)).toBe(bodyOf(before))
  const { text } = before
  const field = before.fields.find((each) => each.key === key)
  const fence = before.frontmatter?.contentRange.end ?? 0
  const lastLine = text.indexOf('\n', Math.max(field?.range.end ?? 0, field?.keyRange.end ?? 0))
  const [head, tail] = field ? [field.keyRange.start, lastLine + 1] : [fence, fence]
  expect(now.text.slice(0, head)).toBe(text.slice(0, head))
  expect(now.text.endsWith(text.slice(tail))).toBe(true)
}

describe('random definitions, random edits', () => {
  it('a description has the value that was set, and nothing else moved', () => {
    fc.assert(
      fc.property(definition, hostile, (before, words) => {
        const now = applied(before, setField(before, 'description', words))
        expect(now).not.toBeNull()
        if (now === null) return
        expect(valueAt(now, 'description')).toBe(words)
        expectOnly(before, now, 'description')
      }),
      { seed: 21, numRuns: 120 },
    )
  })

  it('a new field, and a field that goes', () => {
    const value = fc.oneof(
      hostile,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(hostile, { maxLength: 3 }),
    )
    fc.assert(
      fc.property(definition, value, fc.nat(), (before, some, pick) => {
        const added = applied(before, setField(before, 'chancery', some))
        expect(added).not.toBeNull()
        if (added) {
          expect(valueAt(added, 'chancery')).toEqual(some)
          expectOnly(before, added, 'chancery')
        }
        const key = before.fields[pick % before.fields.length]?.key ?? ''
        const removed = applied(before, removeField(before, key))
        if (!removed) return
        expect(valueAt(removed, key)).toBeUndefined()
        expect(rest(removed, key)).toEqual(rest(before, key))
        expect(bodyOf(removed)).toBe(bodyOf(before))
      }),
      { seed: 22, numRuns: 80 },
    )
  })

  it('a tool more, and a tool less', () => {
    fc.assert(
      fc.property(definition, (before) => {
        const more = applied(before, addTool(before, 'mcp__bank__list'))
        if (more) {
          expect([...more.tools.names].sort()).toEqual(
            [...before.tools.names, 'mcp__bank__list'].sort(),
          )
          expectOnly(before, more, 'tools')
        } else expect(before.tools.inheritsAll).toBe(true)
        if (!before.tools.names.includes('Read')) return
        const less = applied(before, removeTool(before, 'Read'))
        expect(less?.tools.names).toEqual(before.tools.names.filter((name) => name !== 'Read'))
        if (less) expectOnly(before, less, 'tools')
      }),
      { seed: 23, numRuns: 120 },
    )
  })

  it('sections come and move without a word lost', () => {
    const outline = ({ sections }: DefinitionContent) => sections.map(({ title }) => title).sort()
    fc.assert(
      fc.property(definition, fc.nat(), fc.nat(), (before, a, b) => {
        const one = before.sections[a % Math.max(1, before.sections.length)]
        const other = before.sections[b % Math.max(1, before.sections.length)]
        const place = one ? { after: one } : null
        const added = applied(before, insertSection(before, { title: 'New', content: 'x' }, place))
        if (added) {
          expect(outline(added)).toEqual([...outline(before), 'New'].sort())
          expect(added.fields).toEqual(before.fields)
        }
        if (!one || !other) return
        const moved = applied(before, moveSection(before, one, { before: other }))
        if (!moved) return
        expect(outline(moved)).toEqual(outline(before))
        const words = (text: string) =>
          text
            .split(/\s+/)
            .filter((word) => !/^#*$/.test(word))
            .sort()
        expect(words(moved.text)).toEqual(words(before.text))
      }),
      { seed: 24, numRuns: 100 },
    )
  })

  it('no bytes make the import throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('a.md', 'a.toml', '.kiro/agents/a.json', 'a.mdc'),
        (bytes, path) => {
          expect(() => readDefinition(bytes, { path })).not.toThrow()
        },
      ),
      { seed: 25, numRuns: 300 },
    )
  })
})

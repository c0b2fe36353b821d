import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KB, MAX_DEFINITION_BYTES, MB } from '@/lib/core/limits'
import { encodeText } from './decode'
import type { DiagnosticCode } from './model'
import { parseDefinition } from './parse'
import { agentText, bytesOf, definitionOf } from './testing/reference'

const codes = (text: string): DiagnosticCode[] =>
  definitionOf(text).diagnostics.map((diagnostic) => diagnostic.code)

describe('bytes are the truth', () => {
  it('any bytes parse without throwing, hash as they are and encode back to themselves', () => {
    const pieces = [
      '---\n',
      'name: a\n',
      '\ufeff',
      '\r',
      '\r\n',
      '"',
      '[',
      '{',
      '- ',
      '*',
      '## ',
      '`',
    ]
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())).map((p) => p.join(''))
    fc.assert(
      fc.property(fc.oneof(text.map(bytesOf), fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const definition = parseDefinition(bytes)
        expect(definition.digest).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect([...encodeText(definition.text, definition.encoding)]).toEqual([...bytes])
        for (const { range } of definition.fields) {
          expect(range.start).toBeLessThanOrEqual(range.end)
          expect(range.end).toBeLessThanOrEqual(definition.text.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('the same bytes give the same result', () => {
    const bytes = bytesOf(agentText())
    expect(parseDefinition(bytes)).toEqual(parseDefinition(bytes))
  })

  it.each([
    ['a\nb\n', 'lf', true],
    ['a\r\nb', 'crlf', false],
    ['a\rb\r', 'cr', true],
    ['a\nb\r\n', 'mixed', true],
    ['a', 'none', false],
    ['', 'none', false],
  ] as const)('line ends of %j are %s', (text, eol, finalNewline) => {
    expect(definitionOf(text)).toMatchObject({ eol, finalNewline })
  })

  it('a byte order mark and Windows line ends are kept and do not hide the fields', () => {
    const text = `\ufeff${agentText().replaceAll('\n', '\r\n')}`
    const definition = definitionOf(text)
    expect(definition).toMatchObject({ bom: true, eol: 'crlf', name: 'ledger-keeper', text })
    expect(codes(text)).toEqual(['bom', 'crlf'])
    expect(definition.sections.map((s) => s.title)).toEqual(['Ledger keeper'])
  })

  it('bytes that are not UTF-8 are shown as Latin-1, one character a byte', () => {
    const bytes = new Uint8Array([...bytesOf('---\nname: a\n---\n5 '), 0xbc, 0x80, 0x0a])
    const definition = parseDefinition(bytes)
    expect(definition.encoding).toBe('not-utf-8')
    expect(definition.text.endsWith('5 \u00bc\u0080\n')).toBe(true)
    expect(definition.name).toBe('a')
  })

  it('an empty file and one beyond the limit are said to be so', () => {
    expect(codes('')).toContain('empty')
    const large = parseDefinition(new Uint8Array(MAX_DEFINITION_BYTES + 1).fill(97))
    expect(large.diagnostics.map((d) => d.code)).toEqual(['too-large'])
    expect(large).toMatchObject({ size: MB + 1, fields: [], sections: [] })
  })
})

describe('the frontmatter is found, or its absence has a name', () => {
  it.each<[DiagnosticCode, string]>([
    ['frontmatter-none', '# Only a heading\n'],
    ['frontmatter-leading-blank', '\n---\nname: a\n---\n'],
    ['frontmatter-indented', '  ---\nname: a\n  ---\n'],
    ['frontmatter-in-code-fence', '```chatmode\n---\nname: a\n---\nBody\n```\n'],
    ['frontmatter-opening-missing', 'name: a\ndescription: b\n---\nBody\n'],
    ['frontmatter-closing-missing', '---\nname: a\n\nBody\n'],
    ['frontmatter-long-fence', '---\nname: a\n--------\nBody\n'],
    ['frontmatter-only-comments', '---\n# nothing yet\n---\nBody\n'],
    ['frontmatter-not-a-map', '---\n- a\n- b\n---\nBody\n'],
    ['yaml-duplicate-key', '---\nname: a\nname: b\n---\n'],
    ['yaml-alias', '---\nname: a\ntools: *\n---\n'],
    ['yaml-invalid', '---\ndescription: Use it: now\n---\n'],
    ['yaml-forbidden-key', '---\n__proto__: {x: 1}\n---\n'],
    ['yaml-forbidden-key', '---\na: {"__pro\\u0074o__": {x: 1}}\n---\n'],
    ['lone-cr', '---\rname: a\r---\rBody\r'],
    ['tools-invalid', '---\ntools: [1, {a: b}]\n---\n'],
  ])('%s', (code, text) => {
    expect(codes(text)).toContain(code)
  })

  it('a fence of dashes in a comment or in the body ends nothing', () => {
    const text = '---\n# --- not yet\nname: a\n---\nBody\n\n---\n\nmore\n'
    const definition = definitionOf(text)
    expect(definition.name).toBe('a')
    const { start, end } = definition.body.range
    expect(text.slice(start, end)).toBe('Body\n\n---\n\nmore\n')
  })

  it('reads fields with their places, styles and plain values', () => {
    const text =
      "---\nname: 'a b' # why\nplain: x y\nlong: >-\n  one\n  two\nlist: [1, no, ~]\nempty:\nmap:\n  k: {v: 1.5}\n---\n"
    const { fields } = definitionOf(text)
    expect(fields.map(({ key, value, style }) => [key, value, style])).toEqual([
      ['name', 'a b', 'single'],
      ['plain', 'x y', 'plain'],
      ['long', 'one two', 'folded'],
      ['list', [1, 'no', null], 'flow-seq'],
      ['empty', null, 'null'],
      ['map', { k: { v: 1.5 } }, 'block-map'],
    ])
    expect(fields.map(({ range }) => text.slice(range.start, range.end)).slice(0, 4)).toEqual([
      "'a b'",
      'x y',
      '>-\n  one\n  two',
      '[1, no, ~]',
    ])
    expect(fields.map(({ keyRange }) => keyRange.line)).toEqual([2, 3, 4, 7, 8, 9])
  })

  it('what cannot be stored as text becomes visible', () => {
    const { name } = definitionOf('---\nname: "a\\0b\\ud800c"\n---\n')
    expect(name).toBe('a\u2400b\ufffdc')
  })
})

describe('YAML that does not parse still shows what it says', () => {
  it('reads known fields line by line, dialogue stays with the description', () => {
    const text =
      '---\nname: a\ndescription: Use when: asked\nuser: "hello"\nassistant: "ok: yes"\ntools: [Read, "Bash"]\nmodel: opus\n---\n'
    const definition = definitionOf(text)
    expect(definition.frontmatter?.valid).toBe(false)
    expect(definition).toMatchObject({
      name: 'a',
      description: 'Use when: asked\nuser: "hello"\nassistant: "ok: yes"',
      model: 'opus',
      tools: { names: ['Read', 'Bash'], inheritsAll: false },
    })
  })

  it('a list of tools does not swallow the prose that follows it', () => {
    const text = '---\nname: a: b\ntools: Read\n\n# Title\nYou are an expert\n---\n'
    expect(definitionOf(text).tools.names).toEqual(['Read'])
  })
})

describe('no input exhausts time or memory', () => {
  const inFrontmatter = (yaml: string) => `---\n${yaml}\n---\n# Body\n`
  const laughs = Array.from({ length: 9 }, (_, i) =>
    i === 0 ? 'a0: &a0 [x,x]' : `a${i}: &a${i} [*a${i - 1},*a${i - 1}]`,
  ).join('\n')
  const hostile: [string, string, DiagnosticCode | null][] = [
    ['a billion laughs', inFrontmatter(laughs), 'yaml-alias'],
    ['deep flow lists', inFrontmatter(`a: ${'['.repeat(40_000)}`), 'frontmatter-too-deep'],
    ['deep block lists', inFrontmatter('- '.repeat(20_000)), 'frontmatter-too-deep'],
    ['deep maps', inFrontmatter('{a: '.repeat(10_000)), 'frontmatter-too-deep'],
    [
      'many keys',
      inFrontmatter(Array.from({ length: 4_000 }, (_, i) => `k${i}: 1`).join('\n')),
      'frontmatter-too-many-keys',
    ],
    ['a huge header', inFrontmatter(`a: ${'x'.repeat(64 * KB)}`), 'frontmatter-too-large'],
    ['many quotes', inFrontmatter('"'.repeat(60_000)), 'yaml-invalid'],
    ['nested quotes in the body', '> '.repeat(100_000), 'body-too-nested'],
    ['nested lists in the body', '1. '.repeat(100_000), 'body-too-nested'],
    ['a body of nested lists', `${'- '.repeat(16)}x\n`.repeat(20_000), 'body-too-nested'],
    ['many headings', '# a\n'.repeat(100_000), 'body-too-nested'],
    ['an unclosed code fence', '```\n# no heading\n', 'code-fence-unclosed'],
    ['brackets', '['.repeat(500_000), null],
    ['a megabyte of line ends', '\n'.repeat(MB - 1), null],
    ['tag characters', `# a\n${'\u{e0041}'.repeat(50_000)}`, null],
  ]
  it.each(hostile)('%s', { timeout: 20_000 }, (_, text, code) => {
    const definition = definitionOf(text)
    if (code) expect(definition.diagnostics.map((d) => d.code)).toContain(code)
  })

  it('structured files are bounded like headers', () => {
    const json = definitionOf(`{"a":${'['.repeat(100_000)}`, '.kiro/agents/a.json')
    expect(json.diagnostics.map((d) => d.code)).toContain('json-invalid')
    const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)}}`
    expect(definitionOf(deep, '.kiro/agents/a.json').diagnostics.map((d) => d.code)).toContain(
      'frontmatter-too-deep',
    )
    const proto = definitionOf('{"__proto__": {"x": 1}}', '.kiro/agents/a.json')
    expect(proto.diagnostics.map((d) => d.code)).toContain('yaml-forbidden-key')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})

describe('every product’s format is recognised', () => {
  const yaml = '---\nname: a\ndescription: b\n---\nBody\n'
  it.each([
    ['agents/a.md', yaml, 'claude'],
    ['.claude/agents/a.md', yaml, 'claude'],
    ['agents/a.agent.md', yaml, 'copilot'],
    ['chatmodes/a.chatmode.md', yaml, 'copilot'],
    ['.github/agents/a.md', yaml, 'copilot'],
    ['.opencode/agent/a.md', yaml, 'opencode'],
    ['agents/a.md', '---\nmode: subagent\n---\n', 'opencode'],
    ['agents/a.md', '---\ntools:\n  bash: false\n---\n', 'opencode'],
    ['.gemini/agents/a.md', yaml, 'gemini'],
    ['.kiro/agents/a.md', yaml, 'kiro'],
    ['.kiro/agents/a.json', '{"name": "a"}', 'kiro'],
    ['rules/a.mdc', '---\nglobs: **/*.ts\n---\n', 'cursor'],
    ['.codex/agents/a.toml', 'name = "a"', 'codex-toml'],
    ['opencode.json', '{}', 'opencode-json'],
    ['notes.txt', 'hello', 'unknown'],
  ] as const)('%s', (path, text, format) => {
    expect(definitionOf(text, path).format).toBe(format)
  })

  it('TOML and JSON fields have values and places', () => {
    const toml = 'name = "a"\nmodel = "m"\ndeveloper_instructions = """\n# Do\nthis\n"""\n'
    const codex = definitionOf(toml, 'a.toml')
    expect(codex).toMatchObject({ name: 'a', model: 'm', fate: { kind: 'other-tool' } })
    expect(codex.sections.map((s) => [s.title, s.line])).toEqual([['Do', 4]])
    const json = '{\n\t"name": "a",\n\t"tools": ["read", "shell"]\n}\n'
    const kiro = definitionOf(json, '.kiro/agents/a.json')
    expect(kiro.tools).toMatchObject({ form: 'flow', names: ['read', 'shell'] })
    expect(kiro.tools.entries.map(({ range }) => json.slice(range.start, range.end))).toEqual([
      '"read"',
      '"shell"',
    ])
  })
})

describe('the fate is what the loading tool will do', () => {
  const fate = (text: string) => definitionOf(text).fate
  const colon = '---\nname: a\ndescription: Use it: now\n---\nBody\n'
  it.each([
    ['loads', agentText()],
    ['loads-after-repair', colon],
    ['dropped', colon.replaceAll('\n', '\r\n')],
    ['dropped', '---\nname: a\ndescription: one\nContext: two\n three: four: five\n---\n'],
    ['dropped', '---\nname: a\n---\n'],
    ['dropped', '---\ndescription: a\n---\n'],
    ['no-frontmatter', '# Title\n'],
    ['no-frontmatter', ''],
  ] as const)('%s: %j', (kind, text) => {
    expect(fate(text).kind).toBe(kind)
  })

  it('says why', () => {
    expect(fate(colon.replaceAll('\n', '\r\n')).sentence).toContain('Windows line endings')
    expect(fate('---\nname: a\n---\n').sentence).toContain('description is missing')
    expect(fate(`\ufeff${agentText()}`).sentence).toContain('2.1.239')
  })
})

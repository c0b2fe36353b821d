import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_CONSTITUTION } from '../default-constitution'
import { type ConstitutionContent, MODEL_USES, POLICY_VERDICTS, PRINCIPLE_GROUPS } from '../model'
import { importConstitution } from './import'
import { parseConstitution } from './parse'
import { renderConstitution, replaceData } from './render'

const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const bytes = (written: string) => new TextEncoder().encode(written)
const standard = text(renderConstitution(DEFAULT_CONSTITUTION))

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}$/)
const name = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    fc.constantFrom('null', '1.0', 'yes', '- a', '# x', '---', 'a: b', '[x]', '{', '*a', "o'clock"),
  )
  .map((one) => one.replace(/[\p{C}\p{Z}]/gu, ' ').trim())
  .filter((one) => one !== '')
const names = (key: fc.Arbitrary<string>) =>
  fc.uniqueArray(key, { maxLength: 4, selector: (one) => one.toLowerCase() })
const risk = fc.constantFrom('low', 'medium', 'high', 'critical' as const)
const kind = fc.constantFrom('read', 'execute', 'unclassified' as const)
const tool = fc.record({ name, class: kind, risk, meaning: name })
const tools = fc.uniqueArray(tool, { maxLength: 4, selector: (one) => one.name })
const verdict = fc.constantFrom(...POLICY_VERDICTS)
const months = fc.integer({ min: 1, max: 60 })
const content: fc.Arbitrary<ConstitutionContent> = fc.record({
  label: fc.stringMatching(/^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}$/),
  title: fc.constantFrom('The constitution', 'Rules, 2nd try: "yes"', '1. What holds'),
  principles: fc.uniqueArray(
    fc.record({
      slug,
      title: fc.constantFrom('Library first', 'Git: a *yes*', 'C#', 'A & B'),
      group: fc.constantFrom(...PRINCIPLE_GROUPS),
      critical: fc.boolean(),
      severity: fc.constantFrom('blocking', 'error', 'warning', 'note' as const),
      text: fc.constantFrom(
        '',
        'One.',
        'One.\n\n### Deeper\n\n- a\n- b',
        '```\n## No heading\n```',
      ),
    }),
    { maxLength: 4, selector: (one) => one.slug },
  ),
  departments: fc.uniqueArray(
    fc.record({
      department: slug,
      title: name,
      tools: fc.dictionary(
        name.filter((one) => one !== '__proto__' && !/^\d+$/.test(one)),
        verdict,
        { maxKeys: 4 },
      ),
      mcp: verdict,
      mcpServers: fc.uniqueArray(name, { maxLength: 3 }),
      roleTypes: fc.uniqueArray(name, { maxLength: 3 }),
      levels: fc.uniqueArray(name, { maxLength: 3 }),
    }),
    { maxLength: 3, selector: (one) => one.department },
  ),
  tools,
  models: fc.uniqueArray(
    fc.record({ name, title: name, risk, use: fc.constantFrom(...MODEL_USES) }),
    {
      maxLength: 3,
      selector: (one) => one.name,
    },
  ),
  mcpServers: fc.option(
    fc.uniqueArray(fc.record({ name, class: kind, risk, meaning: name, tools: fc.option(tools) }), {
      maxLength: 2,
      selector: (one) => one.name,
    }),
  ),
  domains: fc.uniqueArray(
    fc.record({
      name: slug,
      title: name,
      agents: fc.uniqueArray(slug),
      keywords: fc.uniqueArray(name),
    }),
    { maxLength: 2, selector: (one) => one.name },
  ),
  requiredSections: names(name),
  fillers: names(name),
  reviews: fc.record({
    months: fc.record({ low: months, medium: months, high: months, critical: months }),
    graceDays: fc.integer({ min: 0, max: 365 }),
  }),
  approvals: fc.uniqueArray(
    fc.record({
      id: slug,
      title: name,
      when: fc.record({
        kinds: fc.subarray<'proposal' | 'waiver'>(['proposal', 'waiver']),
        risks: fc.subarray<'low' | 'critical'>(['low', 'critical']),
        changes: fc.subarray<'first' | 'widening'>(['first', 'widening']),
        departments: fc.uniqueArray(slug),
        adds: fc.uniqueArray(name),
        fields: fc.uniqueArray(name),
        gates: fc.uniqueArray(name),
        loosens: fc.boolean(),
      }),
      seats: fc.uniqueArray(fc.record({ group: slug, people: fc.integer({ min: 1, max: 10 }) }), {
        maxLength: 2,
        selector: (one) => one.group,
      }),
      deadlineHours: fc.option(fc.integer({ min: 1, max: 48 })),
      silence: fc.constantFrom('deny', 'park' as const),
    }),
    { maxLength: 2, selector: (one) => one.id },
  ),
})

describe('a constitution as one document', () => {
  it('reads back exactly what was written, whatever the values look like', () => {
    fc.assert(
      fc.property(content, (one) => {
        const written = renderConstitution(one)
        expect(parseConstitution(written)).toEqual({ ok: true, content: one })
        expect(text(renderConstitution(one))).toBe(text(written))
      }),
      { numRuns: 300 },
    )
  })

  it('changes nothing but the data when the data changes', () => {
    fc.assert(
      fc.property(content, fc.constantFrom('\n', '\r\n'), (one, eol) => {
        const prose = `\n# Ours\n\nOur words,  kept as they are.\t\n\n## Git\n\nSlug: git-approval. Group: quality. Severity: error. Critical.\n\nAsk. \n\n## Not a principle\n\nProse.`
        const before = bytes(
          standard.slice(0, standard.indexOf('\n# ')).concat(prose).replaceAll('\n', eol),
        )
        const parsed = parseConstitution(before)
        if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
        const { title, principles } = parsed.content
        const after = replaceData(before, { ...one, title, principles })
        expect(text(after).endsWith(prose.replaceAll('\n', eol))).toBe(true)
        expect(parseConstitution(after)).toEqual({
          ok: true,
          content: { ...one, title, principles },
        })
      }),
      { numRuns: 50 },
    )
  })

  it('refuses to write what would be read as something else', () => {
    const [first] = DEFAULT_CONSTITUTION.principles
    if (!first) throw new Error('no principle')
    const smuggled = 'Fine.\n\n## Another\n\nSlug: another. Group: quality. Severity: note.'
    for (const change of [
      { title: 'Two\nlines' },
      { principles: [{ ...first, text: smuggled }] },
      { principles: [{ ...first, title: '' }] },
      { principles: [first, first] },
      { label: 'two words' },
    ]) {
      expect(() => renderConstitution({ ...DEFAULT_CONSTITUTION, ...change })).toThrow()
    }
  })
})

describe('a hostile document', () => {
  const problems = (written: string | Uint8Array) => {
    const parsed = parseConstitution(typeof written === 'string' ? bytes(written) : written)
    return parsed.ok ? [] : parsed.problems
  }
  const changed = (from: string | RegExp, to: string) => problems(standard.replace(from, to))

  it.each([
    ['nothing', problems('')],
    ['no data', problems('# Title\n')],
    ['bytes that are not UTF-8', problems(Uint8Array.from([0x2d, 0xff, 0xfe]))],
    ['a NUL character', problems(`${standard}\u0000`)],
    ['more than a megabyte', problems(standard + 'x'.repeat(1_048_576))],
    ['a field that nobody knows', changed('label:', 'colour: red\nlabel:')],
    ['our name for a field', changed('mcp_servers:', 'mcpServers:')],
    ['a field twice', changed('label:', 'label: twice\nlabel:')],
    ['a label that YAML reads as a number', changed('label: 1.0.0', 'label: 1.0')],
    ['an alias', changed('label: 1.0.0', 'label: *a')],
    ['a prototype', changed('label:', '__proto__: {}\nlabel:')],
    ['a verdict that is none', changed('risk: low', 'risk: none')],
    ['a tool twice', changed('name: Glob', 'name: Read')],
    ['a character that nobody sees', changed('reads files', 'reads \u202e files')],
    ['a principle without its line', changed('Group: immutable', 'Group: eternal')],
    ['a principle twice', changed('Slug: test-first', 'Slug: library-first')],
    ['no title', changed('# The constitution', 'The constitution')],
    ['lists in lists without end', problems(`---\nlabel: ${'['.repeat(5_000)}\n---\n# x\n`)],
    ['a body nested without end', problems(`${standard}\n${'> '.repeat(500)}x\n`)],
  ])('is refused with a place: %s', (_, found) => {
    expect(found.length).toBeGreaterThan(0)
    for (const { message, line } of found) {
      expect(message.length).toBeGreaterThan(5)
      expect(line).toBeGreaterThan(0)
    }
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(standard.length), (noise, at) => {
        const mixed = Buffer.concat([
          bytes(standard.slice(0, at)),
          noise,
          bytes(standard.slice(at)),
        ])
        parseConstitution(mixed)
        importConstitution(mixed, DEFAULT_CONSTITUTION)
      }),
      { numRuns: 200 },
    )
  })

  it('names the line of the entry that is wrong', () => {
    const at = standard.split('\n').findIndex((line) => line.includes('name: Grep')) + 1
    expect(changed('name: Grep, class: read', 'name: Grep, class: see')[0]?.line).toBe(at)
  })
})

describe("another team's constitution", () => {
  const nine = [
    ...['I. Library-First', 'II. CLI Interface', 'III. Test-First (NON-NEGOTIABLE)'],
    ...['IV. Contract-First', 'V. Observability', 'VI. Documentation Sync'],
    ...['VII. Progressive Enhancement', 'VIII. Idempotent Operations', 'IX. Secure by Default'],
  ]
  const foreign = (headings: readonly string[]) =>
    `# Charter of the team\n\n**Version**: 1.0.0 | Ratified\n\n## Core Principles\n${headings
      .map((one) => `\n### ${one}\nWhat it means,  in our words.\n`)
      .join('')}\n## Governance\nPeople decide.`

  it('keeps its slugs although the numbers moved', () => {
    const made = importConstitution(bytes(foreign(nine)), DEFAULT_CONSTITUTION)
    if (!made.ok) throw new Error(made.problems[0]?.message)
    expect(made.content.principles.map((one) => one.slug)).toEqual([
      ...['library-first', 'cli-interface', 'test-first', 'contract-first', 'observability'],
      ...['documentation', 'progressive', 'idempotent', 'input-output'],
    ])
    expect(made.content.label).toBe('1.0.0')
    expect(made.content.tools).toEqual(DEFAULT_CONSTITUTION.tools)
    expect(made.notes.join(' ')).toContain('taken over from 1.0.0')
  })

  it('keeps its prose byte for byte and adds only what says which principle it is', () => {
    const written = foreign(['Principle VI: Git Operation Approval (CRITICAL)'])
    const made = importConstitution(bytes(written), DEFAULT_CONSTITUTION)
    if (!made.ok) throw new Error(made.problems[0]?.message)
    const line = '\n\nSlug: git-approval. Group: quality. Severity: error. Critical.\n'
    const body = text(made.bytes).split('\n---\n\n')[1] ?? ''
    expect(body.replace(line, '')).toBe(written)
  })

  it('names a principle by its number where it has no words', () => {
    const made = importConstitution(bytes(foreign(['Principle II'])), DEFAULT_CONSTITUTION)
    expect(made.ok && made.content.principles[0]?.slug).toBe('cli-interface')
    const later = foreign(['Principle II']).replace('1.0.0', '1.5.0')
    const other = importConstitution(bytes(later), DEFAULT_CONSTITUTION)
    expect(other.ok && other.content.principles[0]?.slug).toBe('test-first')
  })

  it('takes a file of our own format byte for byte', () => {
    const made = importConstitution(bytes(standard), DEFAULT_CONSTITUTION)
    expect(made.ok && text(made.bytes)).toBe(standard)
  })

  it('is refused when nothing in it is a principle', () => {
    expect(importConstitution(bytes('# Notes\n\nNothing.'), DEFAULT_CONSTITUTION).ok).toBe(false)
  })
})

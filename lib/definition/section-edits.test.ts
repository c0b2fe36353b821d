import { describe, expect, it } from 'vitest'
import type { EditResult, Section } from './model'
import { insertSection, moveSection, replaceSection } from './section-edits'
import { definitionOf, GOVERNED } from './testing/reference'

function textOf(result: EditResult): string {
  if (!result.ok) throw new Error(result.reason)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
}

const section = (text: string, title: string) => {
  const definition = definitionOf(text)
  const found = definition.sections.find((each) => each.title === title)
  if (!found) throw new Error(`no section ${title}`)
  return { definition, found }
}

describe('replaceSection', () => {
  it('fills an empty section with blank lines around it', () => {
    const { definition, found } = section(GOVERNED, 'Core Responsibilities')
    const after = textOf(replaceSection(definition, found, '- Keep the books\n'))
    expect(after).toContain('## Core Responsibilities\n\n- Keep the books\n\n## When to Use')
    expect(definitionOf(after).sections.map((s) => s.title)).toEqual(
      definition.sections.map((s) => s.title),
    )
  })

  it('keeps the file’s line ends and the blank lines around', () => {
    const text = '# A\r\n\r\nold\r\n\r\n\r\n# B\r\nx'
    const { definition, found } = section(text, 'A')
    expect(textOf(replaceSection(definition, found, 'one\ntwo'))).toBe(
      '# A\r\n\r\none\r\ntwo\r\n\r\n\r\n# B\r\nx',
    )
  })

  it.each([
    ['a heading of the same level', '# Other\n'],
    ['a heading of a higher level', 'x\n\nTitle\n===\n'],
    ['a code fence that stays open', '```\nx\n'],
    ['an open comment', '<!--\nx\n'],
  ])('refuses %s', (_, content) => {
    const { definition, found } = section('# Z\n\n## A\n\nold\n\n## B\nx\n', 'A')
    expect(replaceSection(definition, found, content).ok).toBe(false)
  })

  it('takes sub-sections', () => {
    const { definition, found } = section('## A\n\nold\n\n## B\nx\n', 'A')
    const after = definitionOf(textOf(replaceSection(definition, found, 'x\n\n### Inner\ny')))
    expect(after.sections.map((s) => s.title)).toEqual(['A', 'Inner', 'B'])
  })

  it('writing back what stands there changes no byte', () => {
    const definition = definitionOf(GOVERNED)
    for (const each of definition.sections) {
      const { start, end } = each.contentRange
      const same = replaceSection(definition, each, GOVERNED.slice(start, end))
      expect(textOf(same)).toBe(GOVERNED)
    }
  })
})

const ROOMY = '# T\n\nintro\n\n## A\n\none\n\n### A1\n\nx\n\n## B\n\ntwo\n'
const TIGHT = '# T\n## A\none\n## B\ntwo'

describe('insertSection writes a heading of the level, with the blank lines and the breaks of the file', () => {
  const inserted = (text: string, title: string | null, where: 'before' | 'after' | 'under') => {
    const { definition, found } = section(text, title ?? 'T')
    const place = title === null ? null : ({ [where]: found } as { after: Section })
    return textOf(insertSection(definition, { title: 'New', content: '- words\n' }, place))
  }
  it.each([
    [ROOMY, 'B', 'before', ROOMY.replace('## B', '## New\n\n- words\n\n## B')],
    [ROOMY, 'A', 'after', ROOMY.replace('## B', '## New\n\n- words\n\n## B')],
    [ROOMY, 'A', 'under', ROOMY.replace('## B', '### New\n\n- words\n\n## B')],
    [ROOMY, 'B', 'after', `${ROOMY}\n## New\n\n- words\n`],
    [ROOMY, null, 'after', `${ROOMY}\n## New\n\n- words\n`],
    [TIGHT, 'B', 'before', '# T\n## A\none\n\n## New\n- words\n\n## B\ntwo'],
    [TIGHT, 'B', 'after', `${TIGHT}\n\n## New\n- words`],
    [
      '# T\r\n\r\n## A\r\n\r\nx\r\n',
      'A',
      'after',
      '# T\r\n\r\n## A\r\n\r\nx\r\n\r\n## New\r\n\r\n- words\r\n',
    ],
    [
      '---\nname: a\n---\n\n# T\n\nx\n',
      null,
      'after',
      '---\nname: a\n---\n\n# T\n\nx\n\n## New\n\n- words\n',
    ],
  ] as const)('%j beside %s (%s)', (text, title, where, expected) => {
    expect(inserted(text, title, where)).toBe(expected)
  })

  it('an empty one is a heading', () => {
    const { definition, found } = section(ROOMY, 'B')
    expect(
      textOf(insertSection(definition, { title: 'New', content: '' }, { before: found })),
    ).toBe(ROOMY.replace('## B', '## New\n\n## B'))
  })

  it.each([
    ['two lines', { title: 'a\nb', content: '' }],
    ['no words', { title: ' ', content: '' }],
    ['only marks', { title: '#', content: '' }],
    ['a fence that stays open', { title: 'New', content: '```\n' }],
    ['another section', { title: 'New', content: '## Other\n' }],
  ])('refuses %s', (_, added) => {
    const { definition, found } = section(ROOMY, 'B')
    expect(insertSection(definition, added, { before: found }).ok).toBe(false)
  })

  it('refuses inside a fence that is never closed, and a place that is gone', () => {
    const open = definitionOf('# T\n\n## A\n\n```\nx\n')
    expect(insertSection(open, { title: 'New', content: 'x' }, null).ok).toBe(false)
    const { found } = section(ROOMY, 'B')
    expect(insertSection(open, { title: 'New', content: 'x' }, { after: found }).ok).toBe(false)
  })
})

describe('moveSection changes the order and the level, and no word', () => {
  const moved = (text: string, title: string, where: 'before' | 'after', other: string) => {
    const { definition, found } = section(text, title)
    const place = { [where]: section(text, other).found } as { before: Section }
    return textOf(moveSection(definition, found, place))
  }
  it.each([
    ['B', 'before', 'A', '# T\n\nintro\n\n## B\n\ntwo\n\n## A\n\none\n\n### A1\n\nx\n'],
    ['A', 'after', 'B', '# T\n\nintro\n\n## B\n\ntwo\n\n## A\n\none\n\n### A1\n\nx\n'],
    ['A1', 'before', 'A', '# T\n\nintro\n\n## A1\n\nx\n\n## A\n\none\n\n## B\n\ntwo\n'],
    ['B', 'after', 'A1', '# T\n\nintro\n\n## A\n\none\n\n### A1\n\nx\n\n### B\n\ntwo\n'],
    ['A', 'before', 'B', ROOMY],
  ] as const)('%s %s %s', (title, where, other, expected) => {
    expect(moved(ROOMY, title, where, other)).toBe(expected)
  })

  it('a file without a last line break keeps it so, and Windows breaks stay', () => {
    expect(moved(TIGHT, 'A', 'after', 'B')).toBe('# T\n## B\ntwo\n\n## A\none')
    const windows = ROOMY.replaceAll('\n', '\r\n')
    expect(moved(windows, 'B', 'before', 'A')).toBe(
      moved(ROOMY, 'B', 'before', 'A').replaceAll('\n', '\r\n'),
    )
  })

  it('there and back again gives the same bytes', () => {
    const there = moved(ROOMY, 'B', 'before', 'A')
    expect(moved(there, 'B', 'after', 'A')).toBe(ROOMY)
  })

  it.each([
    ['into itself', ROOMY, 'A', 'A1'],
    ['too deep', '###### A\n\nx\n\n# T\n\n## B\n\n### C\n', 'B', 'A'],
    ['an underlined heading to another level', '# T\n\nA\n---\n\nx\n\n### B\n', 'A', 'B'],
    ['what a fence would swallow', '# A\n\nx\n\n# B\n\n```\ny\n', 'A', 'B'],
  ])('refuses %s', (_, text, title, other) => {
    const { definition, found } = section(text, title)
    const place = { after: section(text, other).found }
    expect(moveSection(definition, found, place).ok).toBe(false)
  })
})

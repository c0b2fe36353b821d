import { describe, expect, it } from 'vitest'
import { definitionOf, GOVERNED } from './testing/reference'

const outline = (body: string) =>
  definitionOf(body).sections.map(({ depth, title, line, empty }) =>
    [depth, title, line, empty ? 'empty' : 'filled'].join(' '),
  )

describe('sections come from CommonMark, not from lines that look like headings', () => {
  it.each([
    ['a heading in a code fence', '# A\n```\n# no\n```\n', ['1 A 1 filled']],
    [
      'a fence in a longer fence',
      '# A\n````\n```\n# no\n```\n````\n# B\nx\n',
      ['1 A 1 filled', '1 B 7 filled'],
    ],
    ['a fence that is never closed', '# A\nx\n```\n# no\n', ['1 A 1 filled']],
    ['a heading in a quote and in a list', '# A\n> # no\n\n- # no\n', ['1 A 1 filled']],
    ['a heading in an HTML block', '# A\n<div>\n# no\n</div>\n', ['1 A 1 filled']],
    ['no blank after the mark', '# A\n#no\n', ['1 A 1 filled']],
    ['setext headings', 'One\n===\nx\n\nTwo\n---\n', ['1 One 1 filled', '2 Two 5 empty']],
    ['a rule is no heading', '# A\n\n---\n\nx\n', ['1 A 1 filled']],
    ['closing marks and markup', '## **Do** `it` [now](u) ##\nx\n', ['2 Do it now 1 filled']],
    ['brackets without a link stay', '## [Name] here\nx\n', ['2 [Name] here 1 filled']],
    ['emoji and Japanese', '## 🚀 中核ミッション\nx\n', ['2 🚀 中核ミッション 1 filled']],
    ['skipped levels', '# A\n#### B\nx\n## C\n', ['1 A 1 filled', '4 B 2 filled', '2 C 4 empty']],
  ])('%s', (_, body, expected) => {
    expect(outline(body)).toEqual(expected)
  })

  it.each([
    ['blank lines only', ''],
    ['a comment', '<!-- later -->\n'],
    ['a rule', '---\n'],
    ['a placeholder', '{{responsibilities}}\n'],
    ['a word that stands for one', 'TBD\n'],
    ['a sub-heading over nothing', '### Inner\n\n'],
  ])('empty: %s', (_, content) => {
    expect(outline(`## A\n\n${content}\n## B\nx\n`)[0]).toBe('2 A 1 empty')
  })

  it('a sub-heading with text fills the section above it', () => {
    expect(outline('## A\n### B\nx\n')).toEqual(['2 A 1 filled', '3 B 2 filled'])
  })

  it('ranges cut out the section, and its content without the heading', () => {
    const body = '# A\n\none\n\n## B\ntwo\n# C\n'
    const cut = definitionOf(body).sections.map(({ range, contentRange }) => [
      body.slice(range.start, range.end),
      body.slice(contentRange.start, contentRange.end),
    ])
    expect(cut).toEqual([
      ['# A\n\none\n\n## B\ntwo\n', '\none\n\n## B\ntwo\n'],
      ['## B\ntwo\n', 'two\n'],
      ['# C\n', ''],
    ])
  })

  it('Windows and old Mac line ends change nothing but the offsets', () => {
    const body = '# A\n\n```\n# no\n```\n\n## B\nx\n'
    expect(outline(body.replaceAll('\n', '\r\n'))).toEqual(outline(body))
    expect(outline(body.replaceAll('\n', '\r'))).toEqual(outline(body))
  })
})

describe('claims are read where they are made and nowhere else', () => {
  it('reads the governed family', () => {
    const { claims } = definitionOf(GOVERNED)
    expect(claims).toMatchObject({
      department: { text: 'finance', line: 27 },
      roleType: { text: 'Bookkeeping' },
      interactionLevel: { text: 'Tactical' },
      constitutionLabel: { text: 'v1.5.0 (14 Principles)' },
      reviewSchedule: { text: 'Quarterly' },
      footer: {
        version: { text: '1.1.0' },
        created: { text: '2025-03-02' },
        lastModified: { text: '2025-06-30' },
      },
    })
    expect(claims.authorisedTools?.names).toEqual([
      'Read',
      'Grep',
      'Glob',
      'WebSearch',
      'TodoWrite',
    ])
    expect(claims.mcpAccess?.names).toEqual(['mcp__bank', 'mcp__archive__search'])
    expect(claims.restrictedOperations.map((claim) => claim.text)).toEqual([
      'No posting into a closed period',
      'No payment without a second signature',
    ])
    expect(claims.historyRows.map(({ line: _, ...row }) => row)).toEqual([
      {
        version: '1.0.0',
        date: '2025-03-02',
        change: 'First edition',
        approvedBy: 'make-agent.sh',
      },
      { version: '1.1.0', date: '2025-06-30', change: '', approvedBy: 'Phase 3 Rollout' },
    ])
  })

  it('every claim names the line on which it stands', () => {
    const definition = definitionOf(GOVERNED)
    const lines = GOVERNED.split('\n')
    const { claims } = definition
    expect(lines[(claims.department?.line ?? 0) - 1]).toBe('**Department**: finance')
    expect(lines[(claims.historyRows[1]?.line ?? 0) - 1]).toContain('Phase 3 Rollout')
    for (const { name, range } of claims.authorisedTools?.entries ?? []) {
      expect(GOVERNED.slice(range.start, range.end)).toBe(name)
    }
  })

  it('blank lines after headings and padded tables change nothing', () => {
    const roomy = GOVERNED.replace(/^(#+ .*)$/gm, '$1\n').replaceAll('|---', '|-------')
    const strip = (text: string) => {
      const { claims } = definitionOf(text)
      return [claims.authorisedTools?.names, claims.historyRows.map((row) => row.approvedBy)]
    }
    expect(strip(roomy)).toEqual(strip(GOVERNED))
  })

  it.each([
    [
      'a list with reasons',
      '- **Read**: sources\n- `Bash(git:*)` - history\n- Grep, Glob\n',
      ['Read', 'Bash(git:*)', 'Grep', 'Glob'],
    ],
    ['code marks', '`Read`, `Write`\n', ['Read', 'Write']],
    ['a last "and"', 'Read, Write and Bash.\n', ['Read', 'Write', 'Bash']],
    [
      'prose beside the list',
      'Only what is named here may be used.\n\nRead, Write\n',
      ['Read', 'Write'],
    ],
    ['none', 'None\n', []],
  ])('authorised tools as %s', (_, content, names) => {
    const { claims } = definitionOf(`# A\n\n## Authorised tools\n\n${content}`)
    expect(claims.authorisedTools?.names).toEqual(names)
  })

  it.each([
    ['prose only', '# A\n\n## Authorized Tools\n\nWhatever the task at hand needs.\n'],
    ['all of them', '# A\n\n## Authorized Tools\n\nAll\n'],
    ['inside a code fence', '```\n## Authorized Tools\nRead\n```\n'],
  ])('authorised tools stay unknown: %s', (_, body) => {
    expect(definitionOf(body).claims.authorisedTools).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { FAMILY } from '../testing/family'
import { definitionOf } from '../testing/reference'
import { type Claims, NO_CLAIMS } from './model'

const claimsOf = (text: string) => definitionOf(text).claims
const section = (title: string, content: string) =>
  claimsOf(`# Agent\n\n## ${title}\n\n${content}\n`)

/** Claims without their places: what is said, wherever it stands. */
function said(claims: Claims): unknown {
  return JSON.parse(
    JSON.stringify(claims, (key, value) =>
      ['line', 'range', 'start', 'end', 'endLine'].includes(key) ? undefined : value,
    ),
  )
}

describe('everything that the family states is read', () => {
  const claims = claimsOf(FAMILY)

  it('who the agent is', () => {
    expect(claims.title?.text).toBe('Harbour Master Agent')
    expect(claims.persona?.text).toBe(
      'You are the harbour master of a small port with tidal locks.',
    )
    expect(claims.competencies.map(({ area, items }) => [area, items])).toEqual([
      ['Berths', ['allocation', 'draught limits', 'tug orders (day, night)']],
      ['Tides', ['tables', 'surge', 'forecasts', 'closures']],
    ])
    expect(claims.department?.text).toBe('operations')
    expect(claims.roleType?.text).toBe('Traffic & Safety')
    expect(claims.interactionLevel?.text).toBe('Tactical')
    expect(claims.departmentGuidelines?.items.map(({ text }) => text)).toEqual([
      'Keep the watch list short',
    ])
  })

  it('what stands above it', () => {
    expect(claims.authorities.map(({ path }) => path)).toEqual([
      '.port/charter.md',
      '.port/rules/agents.md',
    ])
    expect(claims.mandates).toMatchObject([
      { text: 'No lock opens without a person (CRITICAL)', critical: true },
      { text: 'Every movement is written down', critical: false },
    ])
    expect(claims.constitutionLabel).toMatchObject({ version: '2.1.0', principles: 4 })
    expect(claims.principles?.label).toMatchObject({ version: '2.1.0', principles: 4 })
  })

  it('every principle, also those below a list that counts on', () => {
    const rows = claims.principles?.items.map(({ numeral, number, slug, critical, group }) =>
      [numeral, number, slug, critical ? 'critical' : '', group].join(' '),
    )
    expect(rows).toEqual([
      'I 1 person-first  Founding Principles (I-II)',
      'II 2 written-down critical Founding Principles (I-II)',
      'III 3 small-steps  Craft Principles (III-IV)',
      'IV 4 model-choice  Craft Principles (III-IV)',
    ])
    expect(claims.principles?.items[3]?.text).toBe('Use Sonnet 4.5, and Opus for storms')
    expect(claims.modelStatements).toMatchObject([{ models: ['Sonnet 4.5', 'Opus'] }])
  })

  it('when it is used, and what it remembers', () => {
    expect(claims.automaticTriggers?.items.map(({ text }) => text)).toEqual([
      'Berths or moorings',
      'Tides',
    ])
    expect(claims.manualInvocation?.items).toHaveLength(1)
    expect(claims.memory.map(({ kind, code }) => [kind, code])).toEqual([
      ['base', true],
      ['context', true],
      ['shared', false],
    ])
  })

  it('what it may use, server by server and tool by tool', () => {
    expect(claims.authorisedTools?.names).toEqual(['Read', 'Grep'])
    expect(claims.mcpAccess?.grants.map(({ server, tool }) => [server, tool])).toEqual([
      ['tides', null],
      ['registry', 'look_up'],
    ])
    expect(claims.restrictedOperations.map(({ text }) => text)).toEqual(['No lock at night'])
  })

  it('who hands over to whom', () => {
    expect(claims.upstream).toMatchObject({
      party: { text: 'pilot-office' },
      format: { text: 'JSON' },
      assurance: { text: 'schema berth-2' },
    })
    expect(claims.downstream).toMatchObject({
      party: { text: 'lock-keeper' },
      format: { text: 'Markdown' },
      assurance: { text: 'no berth named twice' },
    })
  })

  it('what it knows and where it ends', () => {
    const items = (list: Claims['bestPractices']) => list?.items.map(({ text }) => text)
    expect(items(claims.domainExpertise)).toEqual(['Tidal ports'])
    expect(items(claims.technicalSpecifications)).toEqual(['VHF channels', 'Lock timing'])
    expect(items(claims.bestPractices)).toEqual(['Two sources for each tide'])
    expect(items(claims.knownLimitations)).toEqual(['Sees no weather'])
  })

  it('escalation: "the user" is nobody in particular', () => {
    expect(claims.escalation).toMatchObject([
      { level: 'minor', recipients: [], channel: null, timeLimit: null },
      { level: 'major', recipients: [], channel: null, timeLimit: null },
      {
        level: 'critical',
        recipients: ['duty officer'],
        channel: 'phone',
        timeLimit: '15 minutes',
      },
    ])
  })

  it('targets, audit fields, history and footer', () => {
    const targets = [...claims.responseTargets, ...claims.qualityTargets]
    expect(targets.map(({ comparator, value, unit }) => [comparator, value, unit])).toEqual([
      ['<', 2, 's'],
      ['<=', 1.5, 'min'],
      [null, null, null],
      ['>', 95, '%'],
      ['>=', 4, '/5'],
    ])
    expect(claims.audit?.scope?.text).toBe('All movements must log:')
    expect(claims.audit?.fields.map(({ text }) => text)).toEqual(['Time and berth', 'Who approved'])
    expect(claims.historyRows.map(({ version, approvedBy }) => [version, approvedBy])).toEqual([
      ['1.0.0', 'make-agent.sh'],
      ['1.1.0', 'Phase 3'],
    ])
    expect(claims.footer?.lastModified?.text).toBe('2025-06-30')
    expect(claims.reviewSchedule?.text).toBe('Quarterly')
    expect(claims.nextReview?.text).toBe('2025-09-30')
    expect(claims.lastReview).toBeNull()
  })

  it('every claim names the line on which it stands', () => {
    const lines = FAMILY.split('\n')
    const at = (line: number | undefined) => lines[(line ?? 0) - 1]
    expect(at(claims.principles?.items[3]?.line)).toMatch(/^4\. \*\*Principle IV/)
    expect(at(claims.escalation[2]?.line)).toMatch(/^3\. \*\*Critical/)
    expect(at(claims.memory[2]?.line)).toMatch(/^- Department knowledge/)
    expect(at(claims.mcpAccess?.grants[1]?.line)).toMatch(/^mcp__tides/)
    expect(at(claims.nextReview?.line)).toMatch(/^\*\*Next Review/)
  })
})

describe('how a file is laid out changes nothing that it says', () => {
  const body = (change: (body: string) => string) => {
    const at = FAMILY.indexOf('# Harbour')
    return FAMILY.slice(0, at) + change(FAMILY.slice(at))
  }
  it.each([
    ['Windows line ends', FAMILY.replaceAll('\n', '\r\n')],
    ['blank lines after headings', body((text) => text.replace(/^(#+ .*)$/gm, '$1\n'))],
    ['blank lines after labels', body((text) => text.replace(/^(\*\*.*\*\*:)$/gm, '$1\n'))],
    ['escaped asterisks', body((text) => text.replace(/^\*\*(.*?)\*\*: /gm, '\\*\\*$1\\*\\*: '))],
    ['the colon within the mark', body((text) => text.replace(/\*\*: /g, ':** '))],
    ['underscores for marks', body((text) => text.replace(/\*\*(.*?)\*\*/g, '__$1__'))],
    [
      'escaped underscores',
      body((text) => text.replaceAll('mcp__', 'mcp\\_\\_').replaceAll('__look', '\\_\\_look')),
    ],
    [
      'padded tables',
      body((text) => text.replaceAll(' | ', '    |   ').replaceAll('|---', '| :---')),
    ],
    ['hard breaks', body((text) => text.replace(/^(\*\*.*: .*)$/gm, '$1  '))],
    ['closed headings', body((text) => text.replace(/^(#+) (.*)$/gm, '$1 $2 $1'))],
    ['other bullets', body((text) => text.replace(/^- /gm, '* '))],
    ['entities', body((text) => text.replaceAll('< 2s', '&lt; 2s').replaceAll('> 95', '&gt; 95'))],
  ])('%s', (_, text) => {
    expect(text).not.toBe(FAMILY)
    expect(said(claimsOf(text))).toEqual(said(claimsOf(FAMILY)))
  })

  it('labels of a table, and several labels on one line', () => {
    const { department, roleType, footer, reviewSchedule } = claimsOf(
      '# A\n\n| Field | Value |\n| --- | --- |\n| **Department** | finance |\n| Role Type | Books |\n\n' +
        '**Agent Version**: 2.0.0 | **Created**: 2025-01-01 **Review Schedule**: Yearly\n',
    )
    expect([department?.text, roleType?.text]).toEqual(['finance', 'Books'])
    expect([footer?.version?.text, footer?.created?.text]).toEqual(['2.0.0', '2025-01-01'])
    expect(reviewSchedule?.text).toBe('Yearly')
  })

  it('principles with their numbers behind the title, and tables for escalation and targets', () => {
    const { principles } = section(
      'Constitutional Principles',
      '1. **Person first** (Principle I - IMMUTABLE):\n   - ask\n\n2. **Small steps** (Principle II):\n   - one',
    )
    expect(principles?.items.map(({ numeral, slug }) => `${numeral} ${slug}`)).toEqual([
      'I person-first',
      'II small-steps',
    ])
    const unnumbered = section(
      'Constitutional Principles Application',
      '1. **Person first**: a person decides\n2. **Small steps** (CRITICAL): one at a time',
    )
    expect(unnumbered.principles?.items).toMatchObject([
      { numeral: null, number: null, slug: 'person-first', critical: false },
      { numeral: null, number: null, slug: 'small-steps', critical: true },
    ])
    const { escalation } = section(
      'Escalation',
      '| Level | Action | Recipient | Channel | Within |\n|---|---|---|---|---|\n| Major | Stop | Ada, the owner | #ops | 4 h |',
    )
    expect(escalation).toMatchObject([
      { level: 'major', recipients: ['Ada', 'owner'], channel: '#ops', timeLimit: '4 h' },
    ])
    const { responseTargets } = section(
      'Response targets',
      '| Class | Target |\n|---|---|\n| Simple | < 2 s |',
    )
    expect(responseTargets).toMatchObject([
      { label: 'Simple', comparator: '<', value: 2, unit: 's' },
    ])
  })
})

describe('nothing is guessed', () => {
  it.each([
    ['an empty body', ''],
    ['prose about the words', 'The department of finance. Version 2 was created in May.\n'],
    ['a code fence', '```\n**Department**: x\n# You are\n- Principle I - A: b\n```\n'],
    ['plain words with a colon', '- Version: any\n- Created: often\n- Constitution: `a/b.md`\n'],
    ['a path as constitution', '**Constitution**: `.port/charter.md`\n'],
    ['a magnum opus', 'Write a haiku, your magnum opus.\n'],
  ])('%s', (_, body) => {
    expect(claimsOf(`---\nname: a\n---\n${body}`)).toEqual(NO_CLAIMS)
  })

  it('an empty section is a list without items, a missing one is null', () => {
    expect(section('Best Practices', '').bestPractices?.items).toEqual([])
    expect(section('Other', '').bestPractices).toBeNull()
  })

  it('MCP access in prose names nothing', () => {
    expect(section('MCP Server Access', 'All servers, for routing.').mcpAccess).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setField } from '@/lib/definition/edit'
import { parseDefinition } from '@/lib/definition/parse'
import { applySplice } from '@/lib/definition/splice'
import { agentText, bytesOf, definitionOf, GOVERNED } from '@/lib/definition/testing/reference'
import { checkDefinition } from './check'
import { DEFAULT_CONSTITUTION, DEFAULT_CONTEXT, DEFAULT_HASH } from './default-constitution'
import {
  type ConstitutionContent,
  FINDING_SEVERITIES,
  type Finding,
  type McpServerFact,
  type RuleContext,
} from './model'
import { nearest } from './nearest'

const check = (text: string, path?: string) =>
  checkDefinition(definitionOf(text, path), DEFAULT_CONTEXT)
const brief = (findings: readonly Finding[]) => findings.map((f) => `${f.severity} ${f.rule}`)
const only = (text: string, rule: string, path?: string) =>
  check(text, path).filter((finding) => finding.rule === rule)
const fixed = (text: string, finding: Finding | undefined) => {
  if (!finding?.fix) throw new Error('no fix is offered')
  return applySplice(text, finding.fix.edit)
}
const under = (change: Partial<ConstitutionContent>): RuleContext => ({
  ...DEFAULT_CONTEXT,
  constitution: { ...DEFAULT_CONSTITUTION, ...change },
})
const hidden = (codePoint: number) => String.fromCodePoint(codePoint)

describe('the governed definition with its known faults', () => {
  const findings = check(GOVERNED)
  const granted = findings.find(({ rule }) => rule === 'tools-match-text')

  it('reports exactly what is wrong with it, worst first', () => {
    expect(brief(findings)).toEqual([
      'error git-ungoverned',
      'error tools-match-text',
      'error section-empty',
      'error history-approver',
      'error history-approver',
      'warning proactive-risk',
      'warning department-mismatch',
      'warning tools-match-text',
      'warning audit-fields',
      'warning authority-missing',
      'warning constitution-outdated',
      'warning principle-missing',
      'warning review-undated',
      'note untidy',
    ])
  })

  it('shows the evidence: lines of the file with the words marked', () => {
    const lines = GOVERNED.split('\n')
    for (const { lines: evidence } of findings) {
      expect(evidence.length).toBeGreaterThan(0)
      for (const { line, text } of evidence) expect(text).toBe(lines[line - 1])
    }
    const [tools] = granted?.lines ?? []
    expect(tools?.marks.map(([from, to]) => tools.text.slice(from, to))).toEqual([
      'Write',
      'Bash',
      'MultiEdit',
    ])
  })

  it('the fix takes away what the text does not authorise, and the finding is gone', () => {
    const after = fixed(GOVERNED, granted)
    expect(after).toBe(GOVERNED.replace('Read, Write, Bash, MultiEdit', 'Read'))
    expect(brief(check(after))).not.toContain('error tools-match-text')
  })
})

describe('each rule fires where it should and is silent where it should', () => {
  const noise = ['name-differs-from-file']
  it.each<[string, string, string[]]>([
    ['a sound file', agentText(), []],
    ['no name', '---\ndescription: b\ntools: Read\n---\n', ['blocking name-missing']],
    ['an empty name', agentText({ name: '""' }), ['blocking name-missing']],
    ['no description', '---\nname: a\ntools: Read\n---\n', ['blocking description-missing']],
    ['no frontmatter', '# A\n', ['blocking frontmatter-broken']],
    ['an empty file', '', ['blocking frontmatter-broken']],
    [
      'repairable',
      '---\nname: a\ndescription: b: c\ntools: Read\n---\n',
      ['error frontmatter-broken'],
    ],
    [
      'dropped',
      '---\nname: a\nname: b\ndescription: c\ntools: Read\n---\n',
      ['blocking frontmatter-broken'],
    ],
    ['an unknown tool', agentText({ tools: 'Read, Raed' }), ['error tool-unknown']],
    ['a tool of another product', agentText({ tools: '[codebase]' }), ['error tool-unknown']],
    ['an MCP tool', agentText({ tools: 'mcp__bank__list' }), []],
    ['a pattern', agentText({ tools: 'Bash(git:*)' }), []],
    ['everything inherited', agentText({ tools: '' }), ['warning tools-inherited']],
    ['no tools', agentText({ tools: '[]' }), []],
    ['an unknown model', agentText({ model: 'sonet' }), ['error model-unknown']],
    ['a full model id', agentText({ model: 'claude-sonnet-4-5-20250929' }), []],
    ['a display name', agentText({ name: 'Ledger Keeper' }), ['note name-not-slug']],
    ['an open code fence', `${agentText()}\n\`\`\`\n`, ['warning text-unread']],
    ['hidden tags', `${agentText()}${hidden(0xe0041)}`, ['blocking text-hidden']],
    ['a zero width space', `${agentText()}a${hidden(0x200b)}b\n`, ['warning text-hidden']],
    ['a byte order mark in front', `\ufeff${agentText()}`, []],
    ['an empty section that nobody requires', `${agentText()}\n## Notes\n`, []],
    [
      'an empty required section',
      `${agentText()}\n## Core responsibilities:\n`,
      ['error section-empty'],
    ],
    ['authorised is granted', `${agentText()}\n## Authorized Tools\nread, grep\n`, []],
    [
      'a person approved',
      `${agentText()}\n## Change History\n\n| Version | Approved by |\n|--|--|\n| 1.0.0 | Ida Botha |\n`,
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(brief(check(text)).filter((each) => !noise.some((n) => each.endsWith(n)))).toEqual(
      expected,
    )
  })

  it('bytes that are not UTF-8 block, and nothing else is guessed from them', () => {
    const bytes = new Uint8Array([...bytesOf(agentText()), 0xbc])
    const findings = checkDefinition(
      parseDefinition(bytes, { path: 'ledger-keeper.md' }),
      DEFAULT_CONTEXT,
    )
    expect(brief(findings)).toEqual(['blocking not-utf-8'])
  })

  it('the file’s name is compared with the field’s', () => {
    expect(only(agentText(), 'name-differs-from-file', 'agents/other.md')).toHaveLength(1)
    expect(only(agentText(), 'name-differs-from-file', 'agents/ledger-keeper.md')).toEqual([])
  })

  it('other products’ files are not judged by the rules of ours', () => {
    const text = '---\ndescription: b\ntools: [codebase, runCommands]\nmodel: GPT-5\n---\nB\n'
    expect(check(text, 'a.agent.md')).toEqual([])
    expect(check('---\nglobs: **/*.ts\n---\nB\n', 'rules/a.mdc')).toEqual([])
    expect(brief(check('name = ', 'a.toml'))).toEqual(['error frontmatter-broken'])
  })

  it('an agent is no approver, whatever its name', () => {
    const text = `${agentText()}\n## Change History\n\n| Version | Approved by |\n|--|--|\n| 1.0.0 | night-watch |\n`
    const domains = [{ name: 'night', title: 'Night', agents: ['night-watch'], keywords: [] }]
    const context = under({ domains })
    expect(brief(checkDefinition(definitionOf(text), context))).toEqual([
      'warning history-approver',
    ])
  })

  it('a server that the team does not run is unknown, where a list is kept', () => {
    const text = agentText({ tools: 'mcp__bank__list' })
    const mail = { name: 'mail', class: 'read', risk: 'low', meaning: 'reads mail', tools: null }
    const context = under({ mcpServers: [mail as McpServerFact] })
    expect(brief(checkDefinition(definitionOf(text), context))).toEqual(['error tool-unknown'])
  })
})

describe('a fix is a splice that ends its finding', () => {
  it.each([
    ['tool-unknown', agentText({ tools: 'Read, Raed' }), 'agents/ledger-keeper.md'],
    ['model-unknown', agentText({ model: 'sonet' }), 'agents/ledger-keeper.md'],
    ['name-missing', '---\ndescription: b\ntools: Read\n---\n', 'agents/night-watch.md'],
    ['frontmatter-broken', '---\nname: a\ndescription: b: c\ntools: Read\n---\n', 'a.md'],
    ['key-misspelt', agentText().replace('description', 'descripton'), 'a.md'],
    ['key-ignored', agentText().replace('tools:', 'allowed-tools:'), 'a.md'],
    ['permission-bypass', agentText({ permissionMode: 'bypassPermissions' }), 'a.md'],
    ['proactive-risk', GOVERNED, 'agents/ledger-keeper.md'],
    ['review-undated', GOVERNED, 'agents/ledger-keeper.md'],
    ['untidy', GOVERNED, 'agents/ledger-keeper.md'],
    ['text-hidden', agentText().replace('balanced', `bal${hidden(0x202e)}anced`), 'a.md'],
    ['tools-inherited', GOVERNED.replace(/^tools:.*\n/m, ''), 'agents/ledger-keeper.md'],
  ])('%s', (rule, text, path) => {
    const [finding] = only(text, rule, path)
    expect(only(fixed(text, finding), rule, path)).toEqual([])
  })

  it('never grants more than before', () => {
    const text = GOVERNED.replace('Read, Write, Bash, MultiEdit', 'Write')
    expect(fixed(text, only(text, 'tools-match-text')[0])).toContain('tools: []\n')
  })
})

describe('the checker', () => {
  it('gives findings in one order: severity, line, rule', () => {
    const text = fc.array(
      fc.constantFrom(
        'tools: Raed\n',
        'name: A b\n',
        '---\n',
        '## Core Responsibilities\n',
        hidden(0x200b),
        'model: x\n',
        '```\n',
        'description: a: b\n',
      ),
    )
    fc.assert(
      fc.property(text, (parts) => {
        const findings = check(`---\n${parts.join('')}`)
        expect(check(`---\n${parts.join('')}`)).toEqual(findings)
        const key = (f: Finding) =>
          FINDING_SEVERITIES.indexOf(f.severity) * 1e6 + (f.lines[0]?.line ?? 0)
        const keys = findings.map(key)
        expect(keys).toEqual([...keys].sort((a, b) => a - b))
      }),
    )
  })

  it('findings can be stored as JSON whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const all = new Uint8Array([
          ...bytesOf('---\nname: "a\\0"\ntools: "x\\ud800\\0"\n---\n'),
          ...bytes,
        ])
        const findings = checkDefinition(parseDefinition(all), DEFAULT_CONTEXT)
        JSON.stringify(findings, (_, value: unknown) => {
          if (typeof value === 'string') {
            expect(value).not.toContain('\u0000')
            expect(() => encodeURIComponent(value)).not.toThrow()
          }
          return value
        })
      }),
    )
  })

  it('the constitution has fourteen principles, each known by its own slug', () => {
    expect(new Set(DEFAULT_CONSTITUTION.principles.map((p) => p.slug)).size).toBe(14)
    expect(DEFAULT_HASH).toMatch(/^[0-9a-f]{64}$/)
  })

  it('an edit that passes the checker’s own fix path keeps the file loadable', () => {
    const result = setField(definitionOf(GOVERNED), 'tools', 'Read, Grep')
    if (!result.ok) throw new Error(result.reason)
    expect(
      brief(
        checkDefinition(
          parseDefinition(result.bytes, { path: 'ledger-keeper.md' }),
          DEFAULT_CONTEXT,
        ),
      ),
    ).not.toContain('error tools-match-text')
  })
})

describe('nearest', () => {
  const names = ['Read', 'Write', 'Bash', 'Grep', 'Glob', 'TodoWrite', 'TodoRead']
  it.each([
    ['Raed', 'Read'],
    ['bash', 'Bash'],
    ['Wirte', 'Write'],
    ['codebase', null],
    ['Xy', null],
    ['x'.repeat(5_000), null],
  ])('%s → %s', (name, expected) => {
    expect(nearest(name, names)).toBe(expected)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsBetween, sideOf } from '../change-rows'
import type { DefinitionContent } from '../model'
import { claude, converted, read } from '../testing/converted'
import { CONVERT_TARGETS } from '.'
import { LOSS_SEVERITIES } from './model'

describe('the note for the way back', () => {
  const there = converted(
    claude('tools: Read, Bash(git:*)', 'color: red', 'purpose: "berths: all"'),
    'copilot',
  )

  it('stands in a comment, says what was, and restores it with a word', () => {
    expect(there.text.split('\n')[1]).toMatch(
      /^# chancery-source: \{"from":"claude",.*"purpose":\{"was":"berths: all"\}/,
    )
    const back = converted(there.after, 'claude')
    expect(back.after.fields.map(({ key, value }) => [key, value]).sort()).toEqual(
      claude('tools: Read, Bash(git:*)', 'color: red', 'purpose: "berths: all"')
        .fields.map(({ key, value }) => [key, value])
        .sort(),
    )
    expect(back.rows).toEqual(
      expect.arrayContaining(['restored purpose', 'restored color', 'restored tools']),
    )
  })

  it('never undoes what somebody changed in between', () => {
    const edited = read(
      there.text.replace('tools: [read, execute]', 'tools: [read]'),
      '.github/agents/a.agent.md',
    )
    const back = converted(edited, 'claude')
    expect(back.after.tools.names).toEqual(['Read'])
    expect(back.rows).toContain('lost tools')
  })

  it('a forged note that grants more is called widening', () => {
    const forged = there.text.replace(
      /^# chancery-source: .*$/m,
      '# chancery-source: {"from":"claude","fields":{"permissionMode":{"was":"bypassPermissions"}}}',
    )
    expect(forged).not.toBe(there.text)
    const back = converted(read(forged, '.github/agents/a.agent.md'), 'claude')
    expect(back.losses[0]).toMatchObject({
      severity: 'widened',
      field: 'permissionMode',
      after: 'bypassPermissions',
    })
  })

  it.each([
    '{',
    '[]',
    '{"from":1,"fields":{}}',
    '{"from":"claude","fields":{"__proto__":{"was":1}}}',
    '{"from":"claude","fields":{"a":1}}',
  ])('a broken note %s is a comment', (note) => {
    const text = there.text.replace(/^# chancery-source: .*$/m, `# chancery-source: ${note}`)
    expect(
      converted(read(text, '.github/agents/a.agent.md'), 'claude').after.fields.map(
        ({ key }) => key,
      ),
    ).toEqual(['name', 'description', 'tools'])
  })
})

describe('properties of conversions', () => {
  const line = fc.constantFrom(
    ...[
      'tools: Read, Grep',
      'tools: [Edit, Bash(git:*)]',
      'tools: []',
      'tools: WebSearch, mcp__bank',
      'tools: Nobody',
    ],
    ...[
      'disallowedTools: Bash',
      'model: opus',
      'model: claude-opus-4',
      'permissionMode: plan',
      'maxTurns: 4',
      'background: true',
    ],
    ...[
      'hooks: {Stop: [{command: "x: y"}]}',
      'skills: [a, b]',
      'memory: user',
      'color: "#aabbcc"',
      'effort: high',
    ],
    ...[
      'mcpServers: {bank: {command: run}}',
      'mcpServers: [bank]',
      'purpose:',
      'version: 2.0',
      'note: "---"',
      'list: [1, [2]]',
      'na[me: x',
      '"a: b": [c]',
      'ü: ñ',
    ],
  )
  const lines = fc
    .uniqueArray(line, { maxLength: 8 })
    .map((all) =>
      all.filter(
        (each, at) => all.findIndex((other) => other.split(':')[0] === each.split(':')[0]) === at,
      ),
    )
  const body = fc
    .array(
      fc.constantFrom(
        '# H\n',
        'x\n',
        '---\n',
        '"""',
        "'''",
        '\\',
        '\r\n',
        '```\n',
        'ü🚀',
        "'",
        '"',
        '\t',
      ),
    )
    .map((parts) => parts.join(''))
  const other = fc.constantFrom(...CONVERT_TARGETS.filter((target) => target !== 'claude'))

  it('there and back gives every field and the instructions, whatever they are', () => {
    fc.assert(
      fc.property(lines, body, other, (some, text, target) => {
        const before = read(
          `---\nname: a\ndescription: d\n${some.map((each) => `${each}\n`).join('')}---\n${text}`,
          '.claude/agents/a.md',
        )
        const back = converted(converted(before, target).after, 'claude').after
        const sorted = (d: DefinitionContent) =>
          d.fields.map(({ key, value }) => JSON.stringify([key, value])).sort()
        expect(sorted(back)).toEqual(sorted(before))
        expect(back.text.slice(back.body.range.start)).toBe(
          before.text.slice(before.body.range.start),
        )
      }),
      { seed: 11, numRuns: 150 },
    )
  })

  it('whoever may do more afterwards is told so first, and losses are in order', () => {
    fc.assert(
      fc.property(lines, other, (some, target) => {
        const before = claude(...some)
        const { after, losses } = converted(before, target)
        const comparable =
          after.tools.form !== 'absent' || target === 'copilot' || target === 'gemini'
        const gains =
          comparable &&
          rowsBetween(sideOf(before), sideOf(after)).some(
            (row) => row.direction === 'widens' && row.name === 'all tools',
          )
        if (gains) expect(losses[0]?.severity).toBe('widened')
        const ranks = losses.map(({ severity }) => LOSS_SEVERITIES.indexOf(severity))
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
        for (const { sentence } of losses) expect(sentence).toMatch(/^\S.*\.$/)
      }),
      { seed: 12, numRuns: 150 },
    )
  })
})

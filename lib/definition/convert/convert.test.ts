import { describe, expect, it } from 'vitest'
import { readDefinition } from '../read'
import { BODY, claude, converted, read } from '../testing/converted'
import { bytesOf } from '../testing/reference'
import { CONVERT_TARGETS, type ConvertTarget, convertTo } from '.'

/** The header without the note, which every test of its own looks at. */
const headOf = (text: string) =>
  (text.startsWith('---') ? text.slice(0, text.indexOf('\n---\n', 4)) : text)
    .split('\n')
    .filter((line) => line !== '---' && !line.startsWith('# chancery-source'))

const GRANTED = claude(
  'tools: Read, Edit, Write, Bash, mcp__bank__list',
  'model: sonnet',
  'color: red',
)

describe('one agent in every format', () => {
  it.each<[ConvertTarget, string, string[]]>([
    [
      'copilot',
      '.github/agents/berth-planner.agent.md',
      [
        'name: berth-planner',
        'description: Plans berths.',
        'tools: [read, edit, execute, bank/list]',
      ],
    ],
    [
      'opencode',
      '.opencode/agents/berth-planner.md',
      [
        ...[
          'description: Plans berths.',
          'mode: subagent',
          'tools:',
          '  "*": false',
          '  read: true',
        ],
        ...['  edit: true', '  write: true', '  bash: true', '  "bank_list": true'],
      ],
    ],
    [
      'gemini',
      '.gemini/agents/berth-planner.md',
      [
        ...['name: berth-planner', 'description: Plans berths.', 'kind: local'],
        'tools: [read_file, replace, write_file, run_shell_command, mcp_bank_list]',
      ],
    ],
    [
      'cursor',
      '.cursor/agents/berth-planner.md',
      ['name: berth-planner', 'description: Plans berths.'],
    ],
  ])('%s', (target, path, header) => {
    const { folder, fileName, text, after } = converted(GRANTED, target)
    expect(`${folder}/${fileName}`).toBe(path)
    expect(
      headOf(text).map((line) => line.replace('bank_list: true', '"bank_list": true')),
    ).toEqual(header)
    expect(text.endsWith(`---\n${BODY}`)).toBe(true)
    expect(after.format).toBe(target)
  })

  it('codex: a long string that holds every quote and backslash, and a sandbox for the tools', () => {
    const { text, after, fileName } = converted(GRANTED, 'codex-toml')
    expect(fileName).toBe('berth-planner.toml')
    expect(text).toContain('sandbox_mode = "workspace-write"\n')
    expect(after.fields.find(({ key }) => key === 'developer_instructions')?.value).toBe(BODY)
  })

  it('a file in its own format comes back byte for byte, with nothing lost', () => {
    expect(converted(GRANTED, 'claude')).toMatchObject({ text: GRANTED.text, losses: [] })
  })
})

describe('what is lost is said, and the worst first', () => {
  it.each<[string, ConvertTarget, string[], string[]]>([
    [
      'a deny list over everything',
      'copilot',
      ['disallowedTools: Bash'],
      ['widened disallowedTools'],
    ],
    [
      'a deny list beside a list',
      'copilot',
      ['tools: Read, Bash', 'disallowedTools: Bash'],
      ['renamed tools'],
    ],
    ['a pattern', 'opencode', ['tools: Bash(git:*)'], ['widened tools']],
    ['two tools that become one', 'copilot', ['tools: WebSearch'], ['widened tools']],
    ['a list where there is none', 'cursor', ['tools: Read'], ['widened tools']],
    ['no tools where there is no list', 'codex-toml', ['tools: []'], ['widened tools']],
    ['hooks', 'gemini', ['hooks: {PreToolUse: []}'], ['widened hooks']],
    ['a mode that holds back', 'copilot', ['permissionMode: plan'], ['widened permissionMode']],
    [
      'a mode that lets loose',
      'copilot',
      ['permissionMode: bypassPermissions'],
      ['narrowed permissionMode'],
    ],
    ['a limit of turns', 'cursor', ['maxTurns: 5'], ['widened maxTurns']],
    [
      'a tool that nobody there has',
      'gemini',
      ['tools: Read, KillBash'],
      ['lost tools', 'renamed tools'],
    ],
    ['a model', 'gemini', ['model: opus'], ['lost model']],
    ['servers by name', 'codex-toml', ['mcpServers: [bank]'], ['narrowed mcpNames']],
    [
      'skills, memory and colour',
      'opencode',
      ['skills: [a]', 'memory: user', 'color: red'],
      ['lost color', 'narrowed memory', 'narrowed skills'],
    ],
    ['a key of one’s own', 'cursor', ['purpose: berths'], ['lost purpose']],
    ['comments', 'copilot', ['# why'], ['lost comments']],
    ['nothing', 'copilot', [], []],
  ])('%s (%s)', (_, target, lines, rows) => {
    expect(converted(claude(...lines), target).rows).toEqual(rows)
  })

  it.each<[string, string, string, string[]]>([
    [
      'read-only Codex',
      'a.toml',
      'name = "a"\nsandbox_mode = "read-only"\ndeveloper_instructions = "x"\n',
      ['narrowed confinement'],
    ],
    [
      'confined Codex',
      'a.toml',
      'name = "a"\nsandbox_mode = "workspace-write"\ndeveloper_instructions = "x"\n',
      ['widened confinement'],
    ],
    [
      'a disabled agent',
      '.opencode/agent/a.md',
      '---\nmode: subagent\ndisable: true\n---\nx\n',
      ['widened disabled'],
    ],
    [
      'a rule',
      'a.mdc',
      '---\ndescription: d: e\nglobs: **/*.ts\nalwaysApply: true\n---\nx\n',
      ['lost alwaysApply', 'lost globs'],
    ],
    [
      'Kiro',
      '.kiro/agents/a.json',
      '{"name":"a","prompt":"x","tools":["fs_read","@bank/list"],"allowedTools":["execute_bash"]}',
      ['narrowed allowedTools'],
    ],
    [
      'limits of Kiro',
      '.kiro/agents/a.json',
      '{"name":"a","prompt":"x","toolsSettings":{"write":{"deniedPaths":["/"]}}}',
      ['widened toolsSettings'],
    ],
  ])('from %s to Claude Code', (_, path, text, rows) => {
    expect(
      converted(read(text, path), 'claude').rows.filter((row) => !row.startsWith('renamed')),
    ).toEqual(rows)
  })

  it('what Kiro approves without asking is never granted', () => {
    const text = '{"name":"a","prompt":"x","tools":["read"],"allowedTools":["shell","write"]}'
    for (const target of CONVERT_TARGETS) {
      const { after } = converted(read(text, '.kiro/agents/a.json'), target)
      expect(after.tools.names.join(' ')).not.toMatch(/bash|shell|execute|write|edit/i)
    }
  })

  it('a rule is read although its globs are no YAML', () => {
    const { after, text } = converted(
      read('---\ndescription: d: e\nglobs: **/*.ts\n---\nx\n', 'rules/ts.mdc'),
      'claude',
    )
    expect([after.name, after.description, text.endsWith('---\nx\n')]).toEqual(['ts', 'd: e', true])
  })

  it.each([
    ['bytes that are not UTF-8', new Uint8Array([0x61, 0xff]), 'a.md'],
    ['a configuration of many agents', bytesOf('{"agent":{"a":{}}}'), 'opencode.json'],
    ['TOML that does not parse', bytesOf('name = \n'), 'a.toml'],
  ])('%s are refused with a sentence', (_, bytes, path) => {
    expect(convertTo(readDefinition(bytes, { path }), 'gemini')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/\.$/),
    })
  })
})

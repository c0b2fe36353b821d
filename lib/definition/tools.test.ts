import { describe, expect, it } from 'vitest'
import { capabilitiesOf, riskOf } from './capabilities'
import type { ToolsForm } from './model'
import { definitionOf } from './testing/reference'

const withTools = (lines: string) => `---\nname: a\ndescription: b\n${lines}---\n`
const risk = (lines: string, path?: string) =>
  riskOf(capabilitiesOf(definitionOf(withTools(lines), path)))

describe('the tool list is read in every form that files use', () => {
  it.each<[string, ToolsForm, string[], boolean]>([
    ['', 'absent', [], true],
    ['tools: Read, Write\n', 'comma', ['Read', 'Write'], false],
    ['tools: Read Write\n', 'comma', ['Read', 'Write'], false],
    ['tools: "Read,Write"\n', 'comma', ['Read', 'Write'], false],
    ['tools: Read\n', 'single', ['Read'], false],
    ['tools: [Read, "Bash"]\n', 'flow', ['Read', 'Bash'], false],
    ['tools:\n  - Read\n  - Bash\n', 'block', ['Read', 'Bash'], false],
    [
      'tools: Bash(git add:*, git commit:*), Read\n',
      'comma',
      ['Bash(git add:*, git commit:*)', 'Read'],
      false,
    ],
    ['tools: []\n', 'empty', [], false],
    ['tools:\n', 'empty', [], true],
    ['tools: ""\n', 'empty', [], true],
    ['tools: true\n', 'true', [], true],
    ['tools: ["*"]\n', 'flow', ['*'], true],
    ['tools: 7\n', 'invalid', [], true],
    ['tools:\n  bash: true\n  edit: false\n', 'map', ['bash'], true],
    ['tools:\n  "*": false\n  read: true\n', 'map', ['read'], false],
  ])('%j', (lines, form, names, inheritsAll) => {
    expect(definitionOf(withTools(lines)).tools).toMatchObject({ form, names, inheritsAll })
  })

  it('every entry knows its place', () => {
    const text = withTools('tools: >-\n  Read,\n  Bash(git:*), Read\n')
    const { entries } = definitionOf(text).tools
    expect(entries.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'Read',
      'Bash(git:*)',
      'Read',
    ])
    expect(entries.map(({ range }) => range.line)).toEqual([5, 6, 6])
  })
})

describe('capabilities say what is granted, on which line, and what it means', () => {
  it('names class, pattern and line; counts a duplicate once; leaves out what is denied', () => {
    const definition = definitionOf(
      withTools('tools: Read, Bash(git:*), Read, Write\ndisallowedTools: Write\n'),
    )
    expect(capabilitiesOf(definition).tools).toMatchObject([
      { name: 'Read', base: 'Read', class: 'read', risk: 'low', line: 4 },
      { name: 'Bash(git:*)', base: 'Bash', class: 'execute', risk: 'high' },
    ])
    expect(capabilitiesOf(definition).tools[1]?.meaning).toContain('limited to git:*')
  })

  it('finds servers, sub-agents, hooks and skills', () => {
    const capabilities = capabilitiesOf(
      definitionOf(
        withTools(
          'tools: Agent(reviewer, tester), mcp__bank, mcp__mail__send\nmcpServers: [files]\nskills: [posting]\nhooks:\n  PreToolUse: [{command: x}]\npermissionMode: plan\n',
        ),
      ),
    )
    expect(capabilities).toMatchObject({
      subAgents: ['reviewer', 'tester'],
      mcpServers: ['files', 'bank', 'mail'],
      skills: ['posting'],
      hooks: ['PreToolUse'],
      permissionMode: 'plan',
    })
  })

  it('a catalog of the team classifies what ours does not know', () => {
    const definition = definitionOf(withTools('tools: mcp__bank__balance\n'))
    const fact = { name: 'mcp__bank', class: 'read', risk: 'low', meaning: 'reads' } as const
    expect(riskOf(capabilitiesOf(definition)).tier).toBe('critical')
    expect(riskOf(capabilitiesOf(definition, [fact])).tier).toBe('low')
  })
})

describe('the risk tier is that of the worst power', () => {
  it.each([
    ['tools: Read, Grep\n', 'low', 'reads'],
    ['tools: []\n', 'low', 'reads'],
    ['tools: Read, Edit\n', 'medium', 'from Edit'],
    ['tools: Edit, Bash\n', 'high', 'from Bash'],
    ['tools: Bash(git status)\n', 'high', 'from Bash(git status)'],
    ['tools: WebFetch\n', 'high', 'from WebFetch'],
    ['tools: Read\nhooks:\n  Stop: []\n', 'high', 'from hooks (Stop)'],
    ['tools: Raed\n', 'critical', 'from Raed, which nobody has classified'],
    ['', 'critical', 'from inheriting every tool'],
    ['disallowedTools: Bash\n', 'critical', 'every tool but those it denies'],
    ['tools: Read\npermissionMode: bypassPermissions\n', 'critical', 'bypassPermissions'],
    ['tools: Read\npermissionMode: dontAsk\n', 'low', 'reads'],
  ] as const)('%j is %s', (lines, tier, reason) => {
    expect(risk(lines)).toMatchObject({ tier, reason: expect.stringContaining(reason) })
  })

  it.each([
    ['tools: [read, search]\n', 'a.agent.md', 'low'],
    ['tools: [edit/editFiles]\n', 'a.agent.md', 'medium'],
    ['tools: [runCommands]\n', 'a.agent.md', 'high'],
    ['tools: [github/create_issue]\n', 'a.agent.md', 'critical'],
    ['tools: [run_shell_command]\n', '.gemini/agents/a.md', 'high'],
    ['tools: [read]\n', 'agents/a.md', 'critical'],
  ] as const)('%j in %s is %s', (lines, path, tier) => {
    expect(risk(lines, path).tier).toBe(tier)
  })

  it('a name of another product never stands for a tool of ours', () => {
    const definition = definitionOf(withTools('tools: [runCommands]\n'), 'a.agent.md')
    expect(capabilitiesOf(definition).tools[0]?.base).toBe('runCommands')
  })

  it.each([
    ['sandbox_mode = "read-only"', 'low'],
    ['sandbox_mode = "workspace-write"', 'high'],
    ['sandbox_mode = "danger-full-access"', 'critical'],
    ['model = "m"', 'critical'],
  ] as const)('Codex with %s is %s', (toml, tier) => {
    const definition = definitionOf(`name = "a"\n${toml}\n`, 'a.toml')
    expect(riskOf(capabilitiesOf(definition)).tier).toBe(tier)
  })
})

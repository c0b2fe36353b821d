import { describe, expect, it } from 'vitest'
import { powersOf } from './powers'
import { agentText, definitionOf } from './testing/reference'

const powers = (fields: Record<string, string>) => powersOf(definitionOf(agentText(fields)))
const sources = (fields: Record<string, string>) =>
  powers(fields).powers.map(
    ({ name, source, effective }) => `${name} ${source}${effective ? '' : ' off'}`,
  )

describe('every power says where it comes from', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['a list', {}, ['Read explicit', 'Grep explicit']],
    ['a denial', { disallowedTools: 'Grep' }, ['Read explicit', 'Grep denied off']],
    [
      'a denied server',
      { tools: 'mcp__b__x, Read', disallowedTools: 'mcp__b' },
      ['Read explicit', 'mcp__b denied off'],
    ],
    [
      'servers',
      { mcpServers: '[b, {c: {url: u}}]' },
      ['Read explicit', 'Grep explicit', 'MCP server b mcp-name', 'MCP server c mcp-inline'],
    ],
    [
      'MCP tools and sub-agents',
      { tools: 'mcp__b__x, Agent(y)' },
      ['mcp__b__x mcp-name', 'Agent(y) sub-agent'],
    ],
    [
      'hooks, skills and settings',
      { tools: '[]', hooks: '{Stop: []}', skills: '[s]', memory: 'user', permissionMode: 'plan' },
      [
        'hooks: Stop hook',
        'skills: s skill',
        'memory: user setting',
        'permissionMode: plan setting',
      ],
    ],
  ])('%s', (_, fields, expected) => {
    expect(sources(fields)).toEqual(expected)
  })

  it('no list inherits every tool but the denied ones, and the servers of the session', () => {
    const { powers: all, tags } = powers({ tools: '', disallowedTools: 'Bash' })
    const inherited = all.filter(({ source }) => source === 'inherited').map(({ name }) => name)
    expect(inherited).toContain('Write')
    expect(inherited).toContain('mcp__*')
    expect(inherited).not.toContain('Bash')
    expect(tags.map(({ tag }) => tag)).toContain('reaches-git')
  })

  it('names the line that grants', () => {
    expect(powers({}).powers.map(({ line }) => line)).toEqual([4, 4])
  })
})

describe('tags', () => {
  it.each<[string, string[]]>([
    ['Read', ['reads-private']],
    ['Write', ['writes']],
    ['TodoWrite', []],
    ['WebFetch', ['untrusted-input', 'reaches-out']],
    [
      'Bash',
      ['reads-private', 'untrusted-input', 'reaches-out', 'writes', 'executes', 'reaches-git'],
    ],
    ['Bash(ls:*)', ['reads-private', 'executes']],
    ['Bash(git status:*)', ['reads-private', 'executes', 'reaches-git']],
    [
      'Bash(ls; git push)',
      ['reads-private', 'untrusted-input', 'reaches-out', 'writes', 'executes', 'reaches-git'],
    ],
    [
      'Bash(npm test:*)',
      ['reads-private', 'untrusted-input', 'reaches-out', 'writes', 'executes', 'reaches-git'],
    ],
    ['mcp__b', ['reads-private', 'untrusted-input', 'reaches-out', 'writes', 'executes']],
    ['Nobody', ['reads-private', 'untrusted-input', 'reaches-out', 'writes', 'executes']],
  ])('%s', (tool, tags) => {
    expect(powers({ tools: `["${tool}"]` }).tags.map(({ tag }) => tag)).toEqual(tags)
  })

  it('all three legs name the path on which data could leave', () => {
    expect(powers({ tools: 'Read, WebFetch' }).exfiltration).toEqual(['Read', 'WebFetch'])
    expect(powers({ tools: 'Read, Write' }).exfiltration).toBeNull()
    expect(powers({ tools: 'Read, WebFetch', disallowedTools: 'WebFetch' }).exfiltration).toBeNull()
  })
})

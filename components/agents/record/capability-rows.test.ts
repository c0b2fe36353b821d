import { describe, expect, it } from 'vitest'
import { capabilitiesOf } from '@/lib/definition/capabilities'
import { definitionOf } from '@/lib/definition/testing/reference'
import { TOOL_CATALOG } from '@/lib/definition/tool-catalog'
import { capabilityRows } from './capability-rows'

const rows = (fields: string, helpers: Parameters<typeof capabilityRows>[1]['helpers'] = []) =>
  capabilityRows(
    capabilitiesOf(definitionOf(`---\nname: a\ndescription: b\n${fields}\n---\n\n# A\n`)),
    { tools: TOOL_CATALOG, helpers },
  )
const sourceOf = (of: ReturnType<typeof rows>, name: string) =>
  of.find((row) => row.name === name)?.source

describe('the powers of an agent and where they come from', () => {
  it('named tools have their line, and nothing else is there', () => {
    const found = rows('tools: Read, Bash\nmodel: sonnet')
    expect(found.map((row) => row.name)).toEqual(['Read', 'Bash', 'sonnet'])
    expect(sourceOf(found, 'Bash')).toEqual({ is: 'explicit', line: 4 })
  })

  it('a missing list inherits every tool of the catalog, but not what is denied', () => {
    const found = rows('disallowedTools: Bash')
    expect(sourceOf(found, 'Write')).toEqual({ is: 'inherited' })
    expect(sourceOf(found, 'every tool')).toEqual({ is: 'inherited' })
    expect(found.filter((row) => row.name === 'Bash').map((row) => row.source.is)).toEqual([
      'denied',
    ])
  })

  it('tools of an MCP server name their server once', () => {
    const found = rows('tools: Read, mcp__atlas__search\nmcpServers: atlas, harbour')
    expect(sourceOf(found, 'mcp__atlas__search')).toMatchObject({ is: 'mcp', server: 'atlas' })
    expect(found.filter((row) => row.name === 'atlas')).toEqual([])
    expect(sourceOf(found, 'harbour')).toMatchObject({ is: 'mcp', server: 'harbour' })
  })

  it('what only a sub-agent can do comes through it', () => {
    const helper = {
      slug: 'digger',
      tools: ['Read', 'Bash'],
      mcpServers: [],
      riskTier: 'high' as const,
    }
    const found = rows('tools: Read, Agent(digger)', [helper])
    expect(sourceOf(found, 'Bash')).toEqual({ is: 'sub-agent', slug: 'digger' })
    expect(found.filter((row) => row.name === 'Read')).toHaveLength(1)
  })
})

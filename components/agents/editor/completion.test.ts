import { describe, expect, test } from 'vitest'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
import type { RuleContext } from '@/lib/constitution/model'
import { type Facts, offersAt } from './completion'

const rules: RuleContext = {
  ...DEFAULT_CONTEXT,
  constitution: {
    ...DEFAULT_CONTEXT.constitution,
    mcpServers: [
      {
        name: 'ledger',
        class: 'read',
        risk: 'low',
        meaning: 'reads the ledger',
        tools: [{ name: 'find', class: 'read', risk: 'low', meaning: 'finds a posting' }],
      },
    ],
  },
}
const facts: Facts = {
  rules,
  tools: rules.constitution.tools,
  models: [{ name: 'sonnet', title: 'Sonnet, the newest' }],
}

/** What is offered at the mark `|`. */
function offered(marked: string) {
  const at = marked.indexOf('|')
  const found = offersAt(marked.replace('|', ''), at, facts)
  return found && { ...found, labels: found.options.map((one) => one.label), at }
}

describe('what can be written where the cursor stands', () => {
  test('keys that the file does not have yet', () => {
    const found = offered('---\nname: scribe\nmo|\n---\n')
    expect(found?.from).toBe(17)
    expect(found?.labels).toContain('model')
    expect(found?.labels).not.toContain('name')
  })

  test.each([
    ['a comma list', 'tools: Read, Gr|'],
    ['a flow list', 'tools: [Read, Gr|]'],
    ['a block list', 'tools:\n  - Read\n  - Gr|'],
    ['a list that goes on', 'tools: [Read,\n  Gr|]'],
  ])('tools in %s, without those that stand there', (_, line) => {
    const found = offered(`---\n${line}\n---\n`)
    expect(found?.labels).toContain('Grep')
    expect(found?.labels).toContain('mcp__ledger__find')
    expect(found?.labels).not.toContain('Read')
    expect(found && found.at - found.from, 'the word that is typed is replaced').toBe(2)
  })

  test('agents inside Agent(…), and nothing inside other parentheses', () => {
    expect(offered('---\ntools: Read, Agent(scr|\n---\n')).toMatchObject({ agents: true })
    expect(offered('---\ntools: Task(a, |\n---\n')).toMatchObject({ agents: true })
    expect(offered('---\ntools: Bash(gi|\n---\n')).toBeNull()
  })

  test('models, servers and the values of the other fields', () => {
    expect(offered('---\nmodel: |\n---\n')?.labels).toEqual(['sonnet'])
    expect(offered('---\nmcpServers: [|]\n---\n')?.labels).toEqual(['ledger'])
    expect(offered('---\npermissionMode: by|\n---\n')?.labels).toContain('bypassPermissions')
    expect(offered('---\nname: |\n---\n')).toBeNull()
  })

  test('in the body, sections that are asked for and missing', () => {
    const found = offered('---\nname: a\n---\n\n## Core Responsibilities\n\n## Aut|')
    expect(found?.labels).toEqual(['Authorized Tools', 'Restricted Operations'])
    expect(offered('---\nname: a\n---\n\ntools: Re|')).toBeNull()
    expect(offered('no front matter, tools: Re|')).toBeNull()
  })
})

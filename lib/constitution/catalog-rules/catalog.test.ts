import { describe, expect, it } from 'vitest'
import { definitionOf } from '@/lib/definition/testing/reference'
import { CATALOG_RULES, checkCatalog } from '../check'
import { DEFAULT_CONSTITUTION, DEFAULT_CONTEXT } from '../default-constitution'
import type { CatalogAgent, ConstitutionContent, RuleContext, TriggerDomain } from '../model'
import { file } from './make'
import { traceOf } from './trace'

const agentOf = (text: string, at = 0): CatalogAgent => {
  const definition = definitionOf(text, 'agents/x.md')
  const slug = (definition.name ?? `agent-${at}`).toLowerCase().replace(/\s+/g, '-')
  return { slug, department: 'operations', state: 'active', definition }
}
/** Slugs are unique in the console: a second agent of a name gets a number. */
const catalog = (...texts: readonly string[]): CatalogAgent[] => {
  const seen = new Map<string, number>()
  return texts.map((text, at) => {
    const agent = agentOf(text, at)
    const count = (seen.get(agent.slug) ?? 0) + 1
    seen.set(agent.slug, count)
    return count === 1 ? agent : { ...agent, slug: `${agent.slug}-${count}` }
  })
}
const under = (change: Partial<ConstitutionContent>): RuleContext => ({
  ...DEFAULT_CONTEXT,
  constitution: { ...DEFAULT_CONSTITUTION, ...change },
})
const found = (rule: string, agents: readonly CatalogAgent[], context = DEFAULT_CONTEXT) =>
  checkCatalog(agents, context).filter(({ finding }) => finding.rule === rule)
const said = (rule: string, agents: readonly CatalogAgent[], context = DEFAULT_CONTEXT) =>
  found(rule, agents, context).map(({ slug, finding }) => `${slug}: ${finding.message}`)

const domain = (name: string, keywords: string[], agents: string[]): TriggerDomain => ({
  ...{ name, title: name, agents, keywords },
})
/** What else the examples need: a rulebook whose domains collide, and a past. */
const CONTEXTS: Record<string, RuleContext> = {
  'keyword-collision': under({
    domains: [
      domain('backend', ['server', 'queue'], ['backend-architect']),
      domain('rail', ['queue', 'wagon'], []),
    ],
  }),
}
const withPast = (agents: readonly CatalogAgent[], changed: boolean): CatalogAgent[] =>
  agents.map((agent) => {
    const before = changed ? agent.definition.text.replace('Plan.', 'Draw.') : agent.definition.text
    return { ...agent, past: [definitionOf(before, 'agents/x.md')] }
  })

describe('the page of each rule between files', () => {
  it.each(CATALOG_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, { page }) => {
    const passing = CONTEXTS[id] ? DEFAULT_CONTEXT : undefined
    const passes = withPast(catalog(...page.passes), false)
    const fails = withPast(catalog(...page.fails), true)
    expect(found(id, fails, CONTEXTS[id])).not.toEqual([])
    expect(found(id, passes, passing)).toEqual([])
  })
})

describe('the toxic combination', () => {
  it.each<[string, string[], string | null]>([
    ['two legs', [file('a', { tools: 'Read, WebSearch' })], null],
    ['a shell that only builds', [file('a', { tools: 'WebSearch, Bash(make:*)' })], null],
    [
      'all in one',
      [file('a', { tools: 'Read, WebFetch' })],
      'a: It reads private data (Read), takes in text from strangers (WebFetch) and can send data out (WebFetch).',
    ],
    [
      'completed by a sub-agent',
      [file('a', { tools: 'Read, WebSearch, Agent(b)' }), file('b', { tools: 'Bash(curl:*)' })],
      'a: It reads private data (Read), takes in text from strangers (WebSearch) and can send data out (through b: Bash(curl:*)).',
    ],
    [
      'completed two steps away',
      [
        file('a', { tools: 'Read, Agent(b)' }),
        file('b', { tools: 'Agent(c)' }),
        file('c', { tools: 'WebFetch' }),
      ],
      'a: It reads private data (Read), takes in text from strangers (through b, then c: WebFetch) and can send data out (through b, then c: WebFetch).',
    ],
    [
      'completed by whoever may be started',
      [file('a', { tools: 'Read, Task' }), file('b', { tools: 'WebFetch' })],
      'a: It reads private data (Read), takes in text from strangers (through b: WebFetch) and can send data out (through b: WebFetch).',
    ],
    ['started by nobody', [file('a', { tools: 'Read' }), file('b', { tools: 'WebFetch' })], null],
    [
      'a ring of the harmless',
      [file('a', { tools: 'Read, Agent(b)' }), file('b', { tools: 'Agent(a)' })],
      null,
    ],
  ])('%s', (_, texts, expected) => {
    expect(said('toxic-combination', catalog(...texts))).toEqual(
      expected === null ? [] : [expected],
    )
  })

  it('blocks, and offers to take the stranger’s text away', () => {
    const [only] = found('toxic-combination', catalog(file('a', { tools: 'Read, WebFetch' })))
    expect(only?.finding.severity).toBe('blocking')
    expect(only?.finding.fix?.label).toBe('Remove WebFetch')
  })

  it('counts what is inherited, less what is denied', () => {
    const all = file('a').replace('tools: Read\n', '')
    expect(said('toxic-combination', catalog(all))).toHaveLength(1)
    const denied = all.replace('---\n\n#', 'disallowedTools: WebFetch, WebSearch\n---\n\n#')
    expect(said('toxic-combination', catalog(denied))).toEqual([])
  })

  it('judges MCP servers by the rulebook, and unknown ones as the worst', () => {
    const server = (kind: 'read' | 'outbound') => ({
      mcpServers: [{ name: 'mail', class: kind, risk: 'low' as const, meaning: 'm', tools: null }],
    })
    const agents = catalog(file('a', { tools: 'Read, mcp__mail__list' }))
    expect(said('toxic-combination', agents, under(server('read')))).toEqual([])
    expect(said('toxic-combination', agents, under(server('outbound')))).toHaveLength(1)
    expect(said('toxic-combination', agents)).toHaveLength(1)
  })
})

describe('between files and against the past', () => {
  it('names the other agents of a name, and only a few of many', () => {
    const texts = Array.from({ length: 9 }, () => file('tide-reader'))
    const [first] = said('name-duplicate', catalog(...texts))
    expect(first).toMatch(
      /: The name tide-reader is also that of (?:[\w-]+, ){4}[\w-]+ and 3 more\.$/,
    )
  })

  it('says of a change what it left behind', () => {
    const rows = (...versions: string[]) =>
      `## Update History\n\n| Version | Date |\n| --- | --- |\n${versions.map((v) => `| ${v} | 2026-01-10 |`).join('\n')}`
    const state = (text: string, version: string, ...all: string[]) =>
      definitionOf(
        file('a', { body: `${text}\n\n${rows(...all)}\n\n**Agent Version**: ${version}` }),
      )
    const one = state('One.', '1.0.0', '1.0.0')
    expect(traceOf(one, one)).toBeNull()
    expect(traceOf(one, state('Two.', '1.0.0', '1.0.0'))).toBe('none')
    expect(traceOf(one, state('Two.', '1.1.0', '1.0.0'))).toBe('version')
    expect(traceOf(one, state('Two.', '1.0.0', '1.0.0', '1.1.0'))).toBe('row')
    expect(traceOf(one, state('Two.', '1.1.0', '1.0.0', '1.1.0'))).toBe('both')
    expect(traceOf(definitionOf(file('a')), definitionOf(file('a', { body: 'More.' })))).toBeNull()
  })

  it('people and prose in a handover are no unknown agents', () => {
    const body = '### Downstream Consumers\n\n- Provides output to: end-users, the harbour office'
    expect(said('handoff-unknown', catalog(file('a', { body })))).toEqual([])
  })

  it('each finding belongs to an agent of the catalog, in one order', () => {
    const agents = catalog(...CATALOG_RULES.flatMap(({ page }) => [...page.fails, ...page.passes]))
    const findings = checkCatalog(agents, DEFAULT_CONTEXT)
    expect(checkCatalog(agents, DEFAULT_CONTEXT)).toEqual(findings)
    const slugs = findings.map(({ slug }) => slug)
    expect(slugs).toEqual([...slugs].sort())
    expect(new Set(agents.map(({ slug }) => slug)).size).toBe(agents.length)
    for (const slug of slugs) expect(agents.some((agent) => agent.slug === slug)).toBe(true)
  })

  it('looks at each agent a bounded number of times, however many there are', () => {
    // Counted, not timed: how often the definitions of the catalog are looked at.
    const looks = (count: number) => {
      let counted = 0
      const texts = Array.from({ length: count }, (_, at) =>
        file(`crane-${at}`, { tools: at % 2 ? 'Read, Task' : 'WebFetch', body: 'Same words.' }),
      )
      const agents = catalog(...texts).map(
        (agent) =>
          new Proxy(agent, {
            get: (target, key, self) => {
              counted += 1
              return Reflect.get(target, key, self)
            },
          }),
      )
      checkCatalog(agents, DEFAULT_CONTEXT)
      return counted
    }
    const [few, many] = [looks(40), looks(160)]
    expect(many).toBeLessThan(few * 5)
  })
})

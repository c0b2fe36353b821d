import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { TriggerDomain } from './model'
import { keywordCollisions, type RoutingWorld, routerOf } from './routing'
import { formsOf, partOf, sameWord, termsOf, wordsOf } from './words'

const domain = (name: string, agents: string[], keywords: string[]): TriggerDomain => ({
  name,
  title: name,
  agents,
  keywords,
})

const DOMAINS = [
  domain('backend', ['gate-builder', 'all-rounder'], ['API', 'endpoint', 'server', 'webhook']),
  domain('database', ['table-keeper'], ['query', 'schema', 'migration', 'cache', 'データベース']),
  domain('product', ['story-writer'], ['user', 'user story', 'acceptance criteria']),
  domain('testing', ['prober'], ['test', 'end-to-end', 'CI/CD', 'Next.js', 'C++']),
  domain('legal', ['gone-agent'], ['licence']),
]
const AGENTS = [
  { slug: 'gate-builder', description: 'Builds gateways. Use for webhooks of carriers.' },
  { slug: 'all-rounder', description: 'Builds whatever is asked. Use for endpoints and screens.' },
  { slug: 'table-keeper', description: 'Changes tables and explains slow queries.' },
  { slug: 'story-writer', description: 'Writes stories and criteria.' },
  { slug: 'prober', description: 'Probes releases before they sail.' },
]
const world = (parts: Partial<RoutingWorld> = {}): RoutingWorld => ({
  domains: DOMAINS,
  agents: AGENTS,
  total: AGENTS.length,
  running: new Set(AGENTS.map((agent) => agent.slug)),
  ...parts,
})
const NONE = { domains: [], running: new Set<string>() }
const route = (request: string, parts: Partial<RoutingWorld> = {}) =>
  routerOf(world(parts))(request)

describe('a keyword', () => {
  const finds: [string, string, string[]][] = [
    ['stands as a whole word', 'Design an API for carriers', ['API']],
    ['is found in any letter case', 'design an api', ['API']],
    ['is found in the plural', 'two APIs and three queries', ['API', 'query']],
    ['is found inflected', 'caching what was migrated and tested', ['cache', 'test']],
    ['is never found inside a word', 'Userland servery apical testament', []],
    ['is not found across a sentence', 'Ask the user. Story time.', ['user']],
    ['of several words is found with any separator', 'an end to end run', ['end-to-end']],
    ['of several words in the plural', 'write user stories', ['user story']],
    ['with signs is found', 'set up ci/cd for Next.js and C++', ['C++', 'CI/CD', 'Next.js']],
    ['is found in a script without spaces', '新しいデータベースの設計', ['データベース']],
  ]
  it.each(finds)('%s', (_, request, keywords) => {
    const hits = route(request).domains.flatMap((one) => one.hits.map((hit) => hit.keyword))
    expect(hits.sort()).toEqual(keywords.sort())
  })

  it('is told with its place in the request', () => {
    const request = 'Then write User  Stories.'
    const [first] = route(request).domains
    expect(first?.hits.map((hit) => request.slice(hit.start, hit.end))).toEqual(['User  Stories'])
  })

  it('counts by its words, each keyword once', () => {
    const [first] = route('user story, user stories, acceptance criteria').domains
    expect(first?.score).toBe(4)
  })
})

describe('the rule', () => {
  const cases: [string, string, string | null, string[], string][] = [
    ['no domain: nobody is sent for', 'Good morning', null, [], 'direct'],
    ['one domain: its agent', 'Add a schema', 'table-keeper', [], 'specialist'],
    ['several agents: the better description', 'A webhook', 'gate-builder', [], 'specialist'],
    ['equal descriptions: a tie', 'A server', null, ['all-rounder', 'gate-builder'], 'specialist'],
    ['an agent that is not active: nobody', 'Read the licence', null, [], 'specialist'],
    ['two domains: a tie', 'test the schema', null, ['prober', 'table-keeper'], 'orchestrator'],
  ]
  it.each(cases)('%s', (_, request, slug, tied, rule) => {
    expect(route(request)).toMatchObject({ rule, chosen: { slug, tied } })
  })

  it('gives several domains to the orchestrator where the rulebook has one', () => {
    const domains = [...DOMAINS, domain('orchestration', ['conductor'], ['coordinate'])]
    const running = new Set([...world().running, 'conductor'])
    expect(route('test the schema', { domains, running })).toMatchObject({
      rule: 'orchestrator',
      chosen: { slug: 'conductor' },
    })
  })

  it.each([
    ['has no domains', { domains: [], running: new Set<string>() }],
    ['names only agents that are not here', { running: new Set<string>() }],
  ])('leaves it to the descriptions where the rulebook %s', (_, parts) => {
    const routing = route('Explain why this query is slow', parts)
    expect(routing).toMatchObject({ rule: 'descriptions', chosen: { slug: 'table-keeper' } })
  })
})

describe('descriptions', () => {
  it('weigh a rare word more than one that everybody uses', () => {
    const agents = [
      ...['one', 'two', 'three'].map((slug) => ({ slug, description: 'Reads harbour papers.' })),
      { slug: 'four', description: 'Reads tide tables.' },
    ]
    const { described } = route('harbour tide papers', { ...NONE, agents, total: 4 })
    const [first, second] = described.agents
    expect([first?.slug, second?.slug]).toEqual(['one', 'three'])
    const weigh = route('tide harbour', { ...NONE, agents, total: 4 }).described.agents
    expect(weigh[0]?.slug).toBe('four')
  })

  it('choose nobody for a chance word in a long request', () => {
    const request =
      'whenever lunch arrives somebody fetch plates forks napkins salt and stories maybe'
    expect(route(request, NONE).chosen.slug).toBeNull()
  })

  it('are shown beside the keywords even where those decide', () => {
    const routing = route('Licence for the carriers of releases')
    expect(routing.chosen.slug).toBeNull()
    expect(routing.described.agents.map((agent) => agent.slug).sort()).toEqual([
      'gate-builder',
      'prober',
    ])
  })

  it('do not depend on agents that share no word with the request', () => {
    const few = route('slow queries', { agents: [AGENTS[2] as (typeof AGENTS)[0]] })
    expect(few).toEqual(route('slow queries'))
  })
})

test('the same world and request give the same answer, whatever the order of the agents', () => {
  const words = [
    'query',
    'tests',
    'user',
    'story',
    'webhook',
    'tables',
    'slow',
    'licence',
    '設計',
    '.',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (chosen) => {
      const request = chosen.join(' ')
      const other = { agents: [...AGENTS].reverse() }
      expect(route(request, other)).toEqual(route(request))
    }),
  )
})

test('no text is too odd or too long to be routed, and every place lies in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (request) => {
      for (const { hits } of route(request).domains) {
        for (const { start, end } of hits) expect(start < end && end <= request.length).toBe(true)
      }
    }),
  )
  const started = performance.now()
  route('user story query '.repeat(20_000))
  expect(performance.now() - started).toBeLessThan(500)
})

test.each([
  ['caching', 'cache', true],
  ['queries', 'query', true],
  ['planned', 'plan', true],
  ['boxes', 'box', true],
  ['class', 'clas', false],
  ['stats', 'state', false],
  ['string', 'str', false],
  ['user', 'use', false],
])('%s and %s are the same word: %s', (a, b, same) => {
  expect(sameWord(a, b)).toBe(same)
  expect(sameWord(b, a)).toBe(same)
  expect(formsOf(a)[0]).toBe(a)
})

test('what a database looks for stands in every word that is the same word', () => {
  const stems = [
    'cache',
    'query',
    'plan',
    'box',
    'test',
    'build',
    'study',
    'migrate',
    'class',
    'apis',
  ]
  const endings = ['', 's', 'es', 'ed', 'ing', 'ning', 'ned', 'd']
  const words = stems.flatMap((stem) =>
    endings.flatMap((end) => [stem + end, stem.slice(0, -1) + end, `${stem.slice(0, -1)}ies`]),
  )
  for (const a of [...words, 'dies', 'tied']) {
    for (const b of words) if (sameWord(a, b)) expect(b).toContain(partOf(a))
  }
  expect(partOf('設計')).toBe('設計')
  expect(partOf('größe')).toBeNull()
})

test('a text of ASCII has the same words when another character stands behind it', () => {
  const characters = [...'aZ9 .-_/+#+#\n']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...characters), { maxLength: 30 }), (chosen) => {
      const text = chosen.join('')
      expect(wordsOf(`${text} …`)).toEqual(wordsOf(text))
    }),
  )
})

test('scripts without spaces are compared by neighbours', () => {
  expect(termsOf('設計図 API').map((word) => word.word)).toEqual(['設計', '計図', 'api'])
  expect(wordsOf('データ設計').map((word) => word.word)).toEqual(['データ', '設', '計'])
})

test('a keyword of two domains is a collision, also when it is inflected', () => {
  const domains = [
    domain('a', [], ['test', 'load testing', 'queue']),
    domain('b', [], ['tests', 'load test']),
    domain('c', [], ['queues', 'queue']),
  ]
  expect(keywordCollisions(domains)).toEqual([
    { keyword: 'load testing', domains: ['a', 'b'] },
    { keyword: 'queue', domains: ['a', 'c'] },
    { keyword: 'test', domains: ['a', 'b'] },
  ])
  expect(keywordCollisions(DOMAINS)).toEqual([])
})

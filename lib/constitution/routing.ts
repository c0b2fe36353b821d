import {
  compare,
  indexDescriptions,
  type Ranking,
  type RoutableAgent,
  type ScoredAgent,
} from './descriptions'
import type { TriggerDomain } from './model'
import { formsOf, isJoined, sameWord, type Word, wordsOf } from './words'

/** What a request is routed in. Pure data; who may see what was decided when it was read. */
export type RoutingWorld = {
  /** The rulebook's domains; empty where the team keeps none. */
  domains: readonly TriggerDomain[]
  /** Every active agent that shares a word with the requests; others could not score. */
  agents: readonly RoutableAgent[]
  /** How many active agents there are: a word is telling when few of them use it. */
  total: number
  /** Slugs of the active agents among those that the domains name. */
  running: ReadonlySet<string>
}

/** A keyword where it stands in the request: `request.slice(start, end)`. */
export type KeywordHit = { keyword: string; start: number; end: number }
export type ScoredDomain = {
  name: string
  title: string
  /** Words of its keywords that occur, each keyword once. */
  score: number
  hits: KeywordHit[]
  agents: { slug: string; running: boolean }[]
}
/** Who gets it. Nobody when `slug` is null; `tied` names those that stand equal, at most eight. */
export type Choice = { slug: string | null; tied: string[] }

/**
 * Which rule decided: no domain matches, so the session answers itself; one, so its specialist;
 * several, so the orchestrator. Where no domain of the rulebook leads to anybody, the descriptions
 * decide.
 */
export type RoutingRule = 'direct' | 'specialist' | 'orchestrator' | 'descriptions'

export type Routing = {
  rule: RoutingRule
  chosen: Choice
  /** The rulebook's keywords, best first. */
  domains: ScoredDomain[]
  /** The descriptions alone, best first: what a host has to go by. */
  described: { choice: Choice; agents: ScoredAgent[] }
}

/** A phrase of the corpus whose agent another description would change, by one of the signals. */
export type RoutingShift = {
  phrase: string
  expected: string | null
  before: Choice
  after: Choice
}

/** Longer requests are cut: routing looks at a request, not at a document. */
export const MAX_REQUEST = 4_000
/** The domain whose agents take what concerns several others. */
const ORCHESTRATION = 'orchestration'
/** Below this part of the request's weight a shared word is chance. */
const MIN_SHARE = 0.15
const NOBODY: Choice = { slug: null, tied: [] }

/**
 * Makes the scorer of a world; routing many requests then costs little each. The same world and
 * request give the same answer on every machine.
 */
export function routerOf(world: RoutingWorld): (request: string) => Routing {
  const keywords = indexKeywords(world.domains)
  const descriptions = indexDescriptions(world)
  return (request) => {
    const text = request.slice(0, MAX_REQUEST)
    const domains = scoreDomains(text, world, keywords)
    const ranking = descriptions(text)
    const described = { choice: aheadOf(ranking), agents: ranking.shown }
    const decided = decide(world, domains, ranking) ?? {
      rule: 'descriptions' as const,
      chosen: described.choice,
    }
    return { ...decided, domains, described }
  }
}

/** The rulebook's answer; null where none of its domains leads to an active agent. */
function decide(
  world: RoutingWorld,
  domains: readonly ScoredDomain[],
  ranking: Ranking,
): { rule: RoutingRule; chosen: Choice } | null {
  if (world.running.size === 0) return null
  const [first, ...more] = domains
  if (!first) return { rule: 'direct', chosen: NOBODY }
  if (more.length === 0) return { rule: 'specialist', chosen: among(runners([first]), ranking) }
  const orchestrators = world.domains
    .filter((domain) => domain.name === ORCHESTRATION)
    .flatMap((domain) => domain.agents.filter((slug) => world.running.has(slug)))
  return {
    rule: 'orchestrator',
    chosen:
      orchestrators.length > 0
        ? among([...new Set(orchestrators)], ranking)
        : settled(runners(domains)),
  }
}

/** Several domains and nobody to hold them together: whoever they agree on, else a tie. */
function settled(slugs: readonly string[]): Choice {
  const [only, ...more] = slugs
  if (only === undefined) return NOBODY
  return more.length === 0 ? { slug: only, tied: [] } : { slug: null, tied: [...slugs] }
}

function runners(domains: readonly ScoredDomain[]): string[] {
  const agents = domains.flatMap((domain) => domain.agents)
  return [...new Set(agents.filter((agent) => agent.running).map((agent) => agent.slug))].sort()
}

/** Of several agents of one domain the one whose description fits best. */
function among(slugs: readonly string[], { points }: Ranking): Choice {
  if (slugs.length < 2) return settled(slugs)
  const most = Math.max(...slugs.map(points))
  return settled(slugs.filter((slug) => points(slug) === most))
}

function aheadOf({ ahead, shown }: Ranking): Choice {
  return (shown[0]?.share ?? 0) < MIN_SHARE ? NOBODY : settled(ahead)
}

type Keyword = { domain: number; text: string; words: Word[] }

/** Keywords by each form of their first word. */
function indexKeywords(domains: readonly TriggerDomain[]): Map<string, Keyword[]> {
  const index = new Map<string, Keyword[]>()
  for (const [domain, { keywords }] of domains.entries()) {
    for (const text of new Set(keywords)) {
      const words = wordsOf(text)
      for (const form of formsOf(words[0]?.word ?? '')) {
        if (form === '') continue
        const list = index.get(form) ?? []
        list.push({ domain, text, words })
        index.set(form, list)
      }
    }
  }
  return index
}

function scoreDomains(
  text: string,
  world: RoutingWorld,
  index: Map<string, Keyword[]>,
): ScoredDomain[] {
  const words = wordsOf(text)
  const found: { keyword: Keyword; hit: KeywordHit }[] = []
  for (const [at, word] of words.entries()) {
    const starting = new Set(formsOf(word.word).flatMap((form) => index.get(form) ?? []))
    for (const keyword of starting) {
      const end = matchAt(text, words.slice(at, at + keyword.words.length), keyword)
      if (end !== null)
        found.push({ keyword, hit: { keyword: keyword.text, start: word.start, end } })
    }
  }
  const scored = world.domains.map((domain, index_) => {
    const own = longestFirst(found.filter(({ keyword }) => keyword.domain === index_))
    const counted = new Map(own.map(({ keyword }) => [keyword.text, keyword.words.length]))
    return {
      name: domain.name,
      title: domain.title,
      score: [...counted.values()].reduce((sum, words_) => sum + words_, 0),
      hits: own.map(({ hit }) => hit).sort((a, b) => a.start - b.start),
      agents: domain.agents.map((slug) => ({ slug, running: world.running.has(slug) })),
    }
  })
  return scored
    .filter((domain) => domain.score > 0)
    .sort((a, b) => b.score - a.score || compare(a.name, b.name))
}

/** Where a keyword that starts at the first of `words` ends, or null. */
function matchAt(text: string, words: readonly Word[], keyword: Keyword): number | null {
  if (words.length < keyword.words.length) return null
  for (const [i, wanted] of keyword.words.entries()) {
    const word = words[i]
    const before = words[i - 1]
    if (!word || !sameWord(word.word, wanted.word)) return null
    if (before && !isJoined(text, before, word)) return null
  }
  return words.at(-1)?.end ?? null
}

/** `user story` is one thing: inside a domain a place counts for the longest keyword only. */
function longestFirst<T extends { hit: KeywordHit }>(found: readonly T[]): T[] {
  const kept: T[] = []
  const byLength = [...found].sort(
    (a, b) => b.hit.end - b.hit.start - (a.hit.end - a.hit.start) || a.hit.start - b.hit.start,
  )
  for (const one of byLength) {
    if (kept.every(({ hit }) => one.hit.end <= hit.start || one.hit.start >= hit.end))
      kept.push(one)
  }
  return kept
}

/** Keywords that stand in more than one domain, whatever their inflection (drift D26). */
export function keywordCollisions(
  domains: readonly TriggerDomain[],
): { keyword: string; domains: string[] }[] {
  const owners = new Map<string, { keyword: string; domains: Set<string> }>()
  for (const domain of domains) {
    for (const keyword of new Set(domain.keywords)) {
      const words = wordsOf(keyword).map(({ word }) => word)
      const rest = words.slice(0, -1).join(' ')
      for (const form of formsOf(words.at(-1) ?? '')) {
        const key = `${rest} ${form}`
        const known = owners.get(key) ?? { keyword, domains: new Set<string>() }
        known.domains.add(domain.name)
        owners.set(key, known)
      }
    }
  }
  const collisions = new Map<string, Set<string>>()
  for (const { keyword, domains: names } of owners.values()) {
    if (names.size < 2) continue
    const known = collisions.get(keyword) ?? new Set<string>()
    for (const name of names) known.add(name)
    collisions.set(keyword, known)
  }
  return [...collisions]
    .map(([keyword, names]) => ({ keyword, domains: [...names].sort() }))
    .sort((a, b) => compare(a.keyword, b.keyword))
}

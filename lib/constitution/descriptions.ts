import { formsOf, termsOf, type Word } from './words'

/** An agent that could be given a request: one that is active. */
export type RoutableAgent = { slug: string; description: string }

export type ScoredAgent = {
  slug: string
  score: number
  /** Part of the request's weight that its description covers, 0 to 1. */
  share: number
  words: Word[]
}

const SHOWN_AGENTS = 8

/** Points of every agent, those that stand equal at the head, and the few best with their words. */
export type Ranking = { points: (slug: string) => number; ahead: string[]; shown: ScoredAgent[] }

/** Slug and description: what a host reads when it chooses. */
export function indexDescriptions(world: {
  agents: readonly RoutableAgent[]
  total: number
}): (text: string) => Ranking {
  const places = new Map(world.agents.map(({ slug }, at) => [slug, at]))
  // By word first: the same words come again in thousands of descriptions, their forms do not.
  const byWord = new Map<string, number[]>()
  for (const [at, agent] of world.agents.entries()) {
    for (const { word } of termsOf(`${agent.slug} ${agent.description}`)) {
      const agents = byWord.get(word)
      if (!agents) byWord.set(word, [at])
      else if (agents.at(-1) !== at) agents.push(at)
    }
  }
  const holders = new Map<string, number[][]>()
  for (const [word, agents] of byWord) {
    for (const form of formsOf(word)) holders.set(form, [...(holders.get(form) ?? []), agents])
  }
  return (text) => {
    const terms = termsOf(text)
    const found = new Map<string, Set<number>>()
    const points = new Map<number, number>()
    let most = 0
    for (const { word } of terms) {
      if (found.has(word)) continue
      const agents = holding(holders, word)
      const weight = Math.log(1 + world.total / (1 + agents.size))
      found.set(word, agents)
      most += weight
      for (const at of agents) points.set(at, (points.get(at) ?? 0) + weight)
    }
    const ranked = best(points, world.agents)
    return {
      points: (slug) => rounded(points.get(places.get(slug) ?? -1) ?? 0),
      ahead: ranked.ahead.map(({ slug }) => slug),
      shown: ranked.shown.map(({ at, slug, score }) => ({
        ...{ slug, score, share: rounded(score / most) },
        words: terms.filter(({ word }) => found.get(word)?.has(at)),
      })),
    }
  }
}

type Point = { at: number; slug: string; score: number }

/** The few best of many, and all that stand equal at their head; never sorts the rest. */
function best(points: ReadonlyMap<number, number>, agents: readonly RoutableAgent[]) {
  const order = (a: Point, b: Point) => b.score - a.score || compare(a.slug, b.slug)
  const shown: Point[] = []
  let ahead: Point[] = []
  for (const [at, exact] of points) {
    const score = rounded(exact)
    const point = { at, score, slug: agents[at]?.slug ?? '' }
    if (score > (ahead[0]?.score ?? 0)) ahead = [point]
    else if (score === ahead[0]?.score) ahead.push(point)
    const last = shown.at(-1)
    if (shown.length === SHOWN_AGENTS && last && order(point, last) > 0) continue
    shown.push(point)
    shown.sort(order)
    shown.length = Math.min(shown.length, SHOWN_AGENTS)
  }
  return { shown, ahead: ahead.sort(order).slice(0, SHOWN_AGENTS) }
}

function holding(holders: ReadonlyMap<string, number[][]>, word: string): Set<number> {
  return new Set(formsOf(word).flatMap((form) => (holders.get(form) ?? []).flat()))
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000
/** Order of code units, the same on every machine. */
export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

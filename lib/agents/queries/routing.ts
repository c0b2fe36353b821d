import 'server-only'
import { and, eq, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { routingCase } from '@/drizzle/schema/constitution'
import type { Actor } from '@/lib/auth/actor'
import { currentRulebook } from '@/lib/constitution/queries'
import {
  type Choice,
  keywordCollisions,
  MAX_REQUEST,
  type Routing,
  type RoutingShift,
  type RoutingWorld,
  routerOf,
} from '@/lib/constitution/routing'
import { partOf, termsOf } from '@/lib/constitution/words'
import { db } from '@/lib/db/client'
import { parseDefinition } from '@/lib/definition/parse'
import { type AgentState, MAX_ROUTING_CASES } from '../model'
import { storedBytes } from './check'
import { visibleTo } from './scope'

/** Agents that one scoring compares; beyond it the first by name. */
const MOST_AGENTS = 20_000
/** Of each description: what comes later does not decide who is chosen. */
const DESCRIPTION_READ = 1_000
/** With more parts than this to look for, reading every active agent is faster. */
const MOST_PARTS = 64
const UNREACHABLE_SHOWN = 50

/** Where a request goes today, among the agents that the reader may see. */
export async function routeRequest(actor: Actor, request: string): Promise<Routing> {
  return routerOf(await worldOf(actor, [request]))(request)
}

export type RoutedCase = {
  id: string
  phrase: string
  expected: string | null
  chosen: Choice
  agrees: boolean
}

/**
 * Every routing test, run now; those that disagree first. Tests that expect an agent of a department
 * which the reader does not see are left out. Index: routing_case_phrase.
 */
export async function routingCases(actor: Actor): Promise<RoutedCase[]> {
  const cases = await readCases(actor)
  const route = routerOf(
    await worldOf(
      actor,
      cases.map((one) => one.phrase),
    ),
  )
  return cases
    .map((one) => {
      const { chosen } = route(one.phrase)
      return { ...one, chosen, agrees: agrees(one.expected, chosen) }
    })
    .sort((a, b) => Number(a.agrees) - Number(b.agrees))
}

/** A tie is nobody's, but it is not what was asked for either. */
function agrees(expected: string | null, { slug, tied }: Choice): boolean {
  return expected === slug && tied.length === 0
}

async function readCases(actor: Actor) {
  const { id, phrase, expected } = routingCase
  const seen = db().select({ slug: agent.slug }).from(agent).where(visibleTo(actor))
  return db()
    .select({ id, phrase, expected })
    .from(routingCase)
    .where(or(sql`${expected} is null`, inArray(expected, seen)))
    .orderBy(phrase)
    .limit(MAX_ROUTING_CASES)
}

/**
 * Which tests another description of an agent would send elsewhere (requirement S4): by the rule
 * that decides, or by the descriptions that a host reads. An agent that is not active yet counts as
 * active afterwards.
 */
export async function routingImpact(
  actor: Actor,
  slug: string,
  newDescription: string,
): Promise<{ cases: number; shifts: RoutingShift[] }> {
  const cases = await readCases(actor)
  const before = await worldOf(
    actor,
    cases.map((one) => one.phrase),
  )
  const known = await standingOf(actor, [slug])
  const named = before.domains.some((domain) => domain.agents.includes(slug))
  const others = before.agents.filter((one) => one.slug !== slug)
  const after: RoutingWorld = {
    ...before,
    agents: [...others, { slug, description: newDescription }],
    total: before.total + (known.get(slug) === 'active' ? 0 : 1),
    running: named ? new Set([...before.running, slug]) : before.running,
  }
  const [was, becomes] = [routerOf(before), routerOf(after)]
  const shifts = cases.flatMap(({ phrase, expected }): RoutingShift[] => {
    const [a, b] = [was(phrase), becomes(phrase)]
    if (!same(a.chosen, b.chosen)) return [{ phrase, expected, before: a.chosen, after: b.chosen }]
    const [c, d] = [a.described.choice, b.described.choice]
    return same(c, d) ? [] : [{ phrase, expected, before: c, after: d }]
  })
  return { cases: cases.length, shifts }
}

/** The same for the description that stored bytes hold; whether they may be read was checked. */
export async function routingImpactOf(
  actor: Actor,
  proposed: { slug: string; digest: string; path: string },
) {
  const bytes = await storedBytes(proposed.digest)
  if (bytes === null) return { cases: 0, shifts: [] }
  const { description } = parseDefinition(bytes, { path: proposed.path })
  return routingImpact(actor, proposed.slug, description ?? '')
}

function same(a: Choice, b: Choice): boolean {
  return a.slug === b.slug && a.tied.join() === b.tied.join()
}

export type RoutingGaps = {
  /** Number of domains of the rulebook in force. */
  domains: number
  collisions: { keyword: string; domains: string[] }[]
  /** Agents that domains name and that cannot be given anything. */
  missing: { domain: string; agent: string; state: AgentState | 'absent' }[]
  unreachable: { slugs: string[]; count: number }
}

/**
 * What routing cannot do whatever is asked: words that two domains claim, domains that lead to
 * nobody, and active agents that neither a domain names nor their description says when to use.
 */
export async function routingGaps(actor: Actor): Promise<RoutingGaps> {
  const { domains } = (await currentRulebook()).content
  const named = [...new Set(domains.flatMap((domain) => domain.agents))]
  const standing = await standingOf(actor, named)
  const missing = domains.flatMap((domain) =>
    domain.agents.flatMap((slug) => {
      const state = standing.get(slug) ?? ('absent' as const)
      return state === 'active' ? [] : [{ domain: domain.name, agent: slug, state }]
    }),
  )
  const unreachable = await readUnreachable(actor, named)
  return { domains: domains.length, collisions: keywordCollisions(domains), missing, unreachable }
}

/** How a description says when to use its agent; in words, because hosts read nothing else. */
const TRIGGER =
  '(^|[^[:alpha:]])(use|used|using|invoke|invoked|delegate|when|whenever|proactively|trigger)([^[:alpha:]]|$)|使用|使う|場合|とき|时|사용|経由'

async function readUnreachable(actor: Actor, named: readonly string[]) {
  const found = await db()
    .select({ slug: agent.slug, count: sql<number>`(count(*) over ())::int` })
    .from(agent)
    .where(
      and(
        active(actor),
        named.length > 0 ? notInArray(agent.slug, [...named]) : undefined,
        sql`${agent.description} !~* ${TRIGGER}`,
      ),
    )
    .orderBy(agent.slug)
    .limit(UNREACHABLE_SHOWN)
  return { slugs: found.map((row) => row.slug), count: found[0]?.count ?? 0 }
}

/** What a reader may see that can be given work. Index: agent_by_state. */
function active(actor: Actor): SQL | undefined {
  return and(visibleTo(actor), eq(agent.state, 'active'))
}

/** States by slug, of those that exist for the reader. Index: agent_slug_unique. */
async function standingOf(actor: Actor, slugs: readonly string[]) {
  if (slugs.length === 0) return new Map<string, AgentState>()
  const rows = await db()
    .select({ slug: agent.slug, state: agent.state })
    .from(agent)
    .where(and(visibleTo(actor), inArray(agent.slug, [...slugs])))
  return new Map(rows.map((row) => [row.slug, row.state]))
}

/** What these requests are routed in. */
async function worldOf(actor: Actor, requests: readonly string[]): Promise<RoutingWorld> {
  const { domains } = (await currentRulebook()).content
  const named = [...new Set(domains.flatMap((domain) => domain.agents))]
  const [agents, [counted], standing] = await Promise.all([
    readAgents(actor, requests),
    db().select({ n: sql<number>`count(*)::int` }).from(agent).where(active(actor)),
    standingOf(actor, named),
  ])
  const running = new Set(named.filter((slug) => standing.get(slug) === 'active'))
  return { domains, agents, total: counted?.n ?? 0, running }
}

/**
 * The active agents that may share a word with the requests: the database leaves out those that hold
 * no part of any of them, so what comes back is scored as if all had come (full-width Latin aside).
 */
async function readAgents(actor: Actor, requests: readonly string[]) {
  const holding = holdsPart(requests)
  if (holding === 'nothing') return []
  const text = sql`left(${agent.description}, ${DESCRIPTION_READ}::int)`
  const searched = sql`lower(${agent.slug} || ' ' || ${text})`
  return db()
    .select({ slug: agent.slug, description: sql<string>`${text}` })
    .from(agent)
    .where(
      and(
        active(actor),
        holding === 'everything'
          ? undefined
          : sql`${searched} like any(${`{${holding.map((part) => `%${part}%`).join()}}`}::text::text[])`,
      ),
    )
    .orderBy(agent.slug)
    .limit(MOST_AGENTS)
}

/** Parts to look for; `everything` where looking would cost more than reading, or miss a letter. */
function holdsPart(requests: readonly string[]): string[] | 'everything' | 'nothing' {
  const words = new Set(
    requests.flatMap((request) => termsOf(request.slice(0, MAX_REQUEST)).map((term) => term.word)),
  )
  const parts = [...words].map(partOf)
  const known = [...new Set(parts.filter((part) => part !== null))]
  if (words.size === 0) return 'nothing'
  return known.length > MOST_PARTS || parts.includes(null) ? 'everything' : known
}

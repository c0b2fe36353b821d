import 'server-only'
import { and, asc, desc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { person } from '@/drizzle/schema/people'
import { review } from '@/drizzle/schema/reviews'
import type { Actor } from '@/lib/auth/actor'
import type { Finding } from '@/lib/constitution/model'
import type { Excuse } from '@/lib/constitution/waivers'
import { db } from '@/lib/db/client'
import type { Capabilities, RiskTier } from '@/lib/definition/model'
import { findingsBetween } from './between'
import { excusesOf } from './excuses'
import { visibleTo } from './scope'
import { type WaiverRow, waiversOf } from './waivers'

const MOST = 8
const REVIEWS = 5

/** An agent that this one may start, and the powers that come with it. */
export type Helper = { slug: string; tools: string[]; mcpServers: string[]; riskTier: RiskTier }
/** Agents that may start this one: by name, and how many may start whatever they like. */
export type Callers = { named: string[]; more: number; any: number }
export type PastReview = {
  id: string
  outcome: string | null
  by: string | null
  dueOn: string
  completedAt: string | null
}

/** What stands around one agent: exceptions, who starts it, whom it starts, what reviews said. */
export type Around = {
  waivers: WaiverRow[]
  excuses: Excuse[]
  callers: Callers
  helpers: Helper[]
  reviews: PastReview[]
  /** What the rules between files say of it. */
  between: Finding[]
}

/** The caller has checked that the actor may see the agent; other agents only in the actor's scope. */
export async function aroundAgent(
  actor: Actor,
  of: { id: string; slug: string; capabilities: Capabilities | null },
  now: Date,
): Promise<Around> {
  const [waivers, excuses, callers, helpers, reviews, between] = await Promise.all([
    waiversOf(of.id, now),
    excusesOf(null, of.id, now),
    callersOf(actor, of),
    helpersOf(actor, of.capabilities?.subAgents ?? []),
    reviewsOf(of.id),
    findingsBetween(actor, of.id),
  ])
  return { waivers, excuses, callers, helpers, reviews, between }
}

/** Index: agent_by_sub_agent. */
async function callersOf(actor: Actor, of: { id: string; slug: string }): Promise<Callers> {
  const others = and(visibleTo(actor), ne(agent.state, 'retired'), ne(agent.id, of.id))
  const names = sql`${agent.subAgents} @> array[${of.slug}]::text[]`
  const any = sql`${agent.subAgents} @> array['*']::text[]`
  const [named, [counted]] = await Promise.all([
    db()
      .select({ slug: agent.slug })
      .from(agent)
      .where(and(others, names))
      .orderBy(asc(agent.slug))
      .limit(MOST),
    db()
      .select({
        named: sql<number>`(count(*) filter (where ${names}))::int`,
        any: sql<number>`(count(*) filter (where ${any}))::int`,
      })
      .from(agent)
      .where(and(others, sql`(${names} or ${any})`)),
  ])
  const slugs = named.map((one) => one.slug)
  const all = counted ?? { named: slugs.length, any: 0 }
  return { named: slugs, more: all.named - slugs.length, any: all.any }
}

/** Agents by the names that a file gives; a name that nobody has is not here. Index: agent_slug_unique. */
async function helpersOf(actor: Actor, names: readonly string[]): Promise<Helper[]> {
  const wanted = names.filter((name) => name !== '*').slice(0, MOST)
  if (wanted.length === 0) return []
  return db()
    .select({
      slug: agent.slug,
      tools: agent.tools,
      mcpServers: agent.mcpServers,
      riskTier: agent.riskTier,
    })
    .from(agent)
    .where(and(visibleTo(actor), ne(agent.state, 'retired'), inArray(agent.slug, wanted)))
    .orderBy(asc(agent.slug))
}

/** What reviews have said, newest first. Index: review_agent. */
async function reviewsOf(agentId: string): Promise<PastReview[]> {
  const rows = await db()
    .select({
      id: review.id,
      outcome: review.outcome,
      by: person.name,
      dueOn: review.dueOn,
      completedAt: review.completedAt,
    })
    .from(review)
    .leftJoin(person, eq(person.id, review.completedBy))
    .where(and(eq(review.agentId, agentId), isNotNull(review.completedAt)))
    .orderBy(desc(review.createdAt))
    .limit(REVIEWS)
  return rows.map((row) => ({ ...row, completedAt: row.completedAt?.toISOString() ?? null }))
}

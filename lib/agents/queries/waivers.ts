import 'server-only'
import { and, asc, desc, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agent } from '@/drizzle/schema/agents'
import { decision } from '@/drizzle/schema/approvals'
import { waiver } from '@/drizzle/schema/constitution'
import { person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import type { FindingSeverity, WaiverState } from '@/lib/constitution/model'
import { PAGE_SIZE } from '@/lib/core/limits'
import { type LocalDate, localDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import type { WaiverFilters, WaiverView } from '../model'
import type { WaivedFinding } from './excuses'
import { visibleTo } from './scope'

const owner = alias(person, 'owner')
const asker = alias(person, 'asker')

const APPROVED_BY = sql<string[]>`coalesce((
  select json_agg(${person.name} order by ${decision.decidedAt})
  from ${decision} join ${person} on ${person.id} = ${decision.personId}
  where ${decision.approvalId} = ${waiver.approvalId} and ${decision.verdict} = 'approve'
    and ${decision.dismissedAt} is null), '[]')`

const COLUMNS = {
  id: waiver.id,
  agentId: agent.id,
  slug: agent.slug,
  departmentId: agent.departmentId,
  rule: waiver.rule,
  fingerprint: waiver.fingerprint,
  finding: waiver.finding,
  reason: waiver.reason,
  ownerId: waiver.ownerId,
  owner: owner.name,
  askedById: waiver.requestedBy,
  askedBy: asker.name,
  endsOn: waiver.endsOn,
  state: waiver.state,
  approvalId: waiver.approvalId,
  approvedBy: APPROVED_BY,
  createdAt: waiver.createdAt,
  settledAt: waiver.settledAt,
}

/** How a waiver reads at a moment: approved ones end by themselves, requests by their last day. */
export type WaiverStanding =
  | 'open'
  | 'in_force'
  | 'over'
  | Exclude<WaiverState, 'requested' | 'approved'>

export type WaiverRow = {
  id: string
  agentId: string
  slug: string
  departmentId: string
  rule: string
  fingerprint: string
  severity: FindingSeverity
  message: string
  /** What who asked wrote; a claim. */
  reason: string
  ownerId: string
  owner: string
  askedById: string
  askedBy: string
  endsOn: LocalDate
  standing: WaiverStanding
  approvalId: string
  approvedBy: string[]
  createdAt: string
  settledAt: string | null
}

type Found = Awaited<ReturnType<typeof rowsWhere>>[number]

function rowOf(found: Found, today: LocalDate): WaiverRow {
  const { finding, createdAt, settledAt, state, ...rest } = found
  const { severity, message } = finding as WaivedFinding
  return {
    ...rest,
    severity,
    message,
    standing: standingOf(state, found.endsOn, today),
    createdAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  }
}

function standingOf(state: WaiverState, endsOn: LocalDate, today: LocalDate): WaiverStanding {
  if (state === 'requested') return endsOn < today ? 'over' : 'open'
  if (state === 'approved') return endsOn < today ? 'over' : 'in_force'
  return state
}

function rowsWhere(where: SQL | undefined, order: SQL[], limit: number) {
  return db()
    .select(COLUMNS)
    .from(waiver)
    .innerJoin(agent, eq(agent.id, waiver.agentId))
    .innerJoin(owner, eq(owner.id, waiver.ownerId))
    .innerJoin(asker, eq(asker.id, waiver.requestedBy))
    .where(where)
    .orderBy(...order)
    .limit(limit)
}

/** Open requests, what is in force, and the rest: the same as `standingOf`, as SQL. */
function inView(view: WaiverView, today: LocalDate): SQL | undefined {
  switch (view) {
    case 'open':
      return and(eq(waiver.state, 'requested'), gte(waiver.endsOn, today))
    case 'force':
      return and(eq(waiver.state, 'approved'), gte(waiver.endsOn, today))
    case 'ended':
      return or(sql`${waiver.state} not in ('requested', 'approved')`, lt(waiver.endsOn, today))
  }
}

function filtered(filters: WaiverFilters): SQL | undefined {
  return and(
    filters.agent === undefined ? undefined : eq(agent.slug, filters.agent),
    filters.rule === undefined ? undefined : eq(waiver.rule, filters.rule),
    filters.owner === undefined ? undefined : eq(waiver.ownerId, filters.owner),
  )
}

/**
 * One page of a view: requests oldest first, what is in force by its last day, what has ended newest
 * first. `after` is the id of the last row before. Indexes: waiver_live, waiver_ending, waiver_newest.
 */
export async function listWaivers(
  actor: Actor,
  asked: { view: WaiverView; filters: WaiverFilters; after: string | null; now: Date },
): Promise<{ rows: WaiverRow[]; next: string | null }> {
  const { view, after } = asked
  const today = localDate(asked.now)
  const last = sql`from ${waiver} l where l.id = ${after}`
  const beyond = {
    open: sql`(${waiver.createdAt}, ${waiver.id}) > (select l.created_at, l.id ${last})`,
    force: sql`(${waiver.endsOn}, ${waiver.id}) > (select l.ends_on, l.id ${last})`,
    ended: sql`(${waiver.createdAt}, ${waiver.id}) < (select l.created_at, l.id ${last})`,
  }
  const order = {
    open: [asc(waiver.createdAt), asc(waiver.id)],
    force: [asc(waiver.endsOn), asc(waiver.id)],
    // Exactly the order of waiver_newest.
    ended: [sql`${waiver.createdAt} desc nulls last`, sql`${waiver.id} desc nulls last`],
  }
  const where = and(
    visibleTo(actor),
    inView(view, today),
    filtered(asked.filters),
    after === null ? undefined : beyond[view],
  )
  const found = await rowsWhere(where, order[view], PAGE_SIZE + 1)
  const rows = found.slice(0, PAGE_SIZE).map((row) => rowOf(row, today))
  return { rows, next: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null }
}

/** How many there are of each view under the same filters. */
export async function countWaivers(
  actor: Actor,
  asked: { filters: WaiverFilters; now: Date },
): Promise<Record<WaiverView, number>> {
  const today = localDate(asked.now)
  const counted = (view: WaiverView) =>
    sql<number>`(count(*) filter (where ${inView(view, today)}))::int`
  const [row] = await db()
    .select({ open: counted('open'), force: counted('force'), ended: counted('ended') })
    .from(waiver)
    .innerJoin(agent, eq(agent.id, waiver.agentId))
    .where(and(visibleTo(actor), filtered(asked.filters)))
  return row ?? { open: 0, force: 0, ended: 0 }
}

const OF_AGENT = 20

/** The waivers of one agent that the caller may see, newest first. Index: waiver_agent. */
export async function waiversOf(agentId: string, now: Date): Promise<WaiverRow[]> {
  const today = localDate(now)
  const found = await rowsWhere(
    eq(waiver.agentId, agentId),
    [desc(waiver.createdAt), desc(waiver.id)],
    OF_AGENT,
  )
  return found.map((row) => rowOf(row, today))
}

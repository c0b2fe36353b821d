import 'server-only'
import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { agent, definitionCheck, version } from '@/drizzle/schema/agents'
import { person } from '@/drizzle/schema/people'
import { review } from '@/drizzle/schema/reviews'
import { run, toolCall } from '@/drizzle/schema/runs'
import type { PersonActor } from '@/lib/auth/actor'
import { can, scopeOf } from '@/lib/auth/permissions'
import { PAGE_SIZE } from '@/lib/core/limits'
import { localDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import type { Capabilities, RiskTier } from '@/lib/definition/model'
import type { ReviewOutcome } from './model'
import { type DueState, dueState, whyNotReviewer } from './rules'

const visible = (actor: PersonActor) => {
  const scope = scopeOf(actor, 'catalog.read')
  return scope.everywhere ? undefined : inArray(review.departmentId, [...scope.departments])
}

export type ReviewRow = {
  id: string
  agent: string
  department: string
  riskTier: RiskTier
  digest: string
  version: string
  dueOn: string
  due: DueState
  outcome: ReviewOutcome | null
  completedBy: string | null
  completedAt: string | null
  runs: number
}

/**
 * Reviews of one view, by due date (open) or newest first (decided). One page; `after` is the last
 * row's due date and id. Indexes: review_due for open ones, review_agent otherwise.
 */
export async function listReviews(
  actor: PersonActor,
  view: 'open' | 'decided',
  now: Date,
): Promise<ReviewRow[]> {
  const state = view === 'open' ? 'open' : 'completed'
  const rows = await db()
    .select({
      id: review.id,
      agent: agent.slug,
      department: sql<string>`(select d.name from department d where d.id = ${review.departmentId})`,
      riskTier: agent.riskTier,
      digest: review.digest,
      version: version.number,
      dueOn: review.dueOn,
      outcome: review.outcome,
      completedBy: person.name,
      completedAt: review.completedAt,
      runs: sql<number>`(select count(*)::int from run r where r.agent_id = ${review.agentId}
        and r.digest = ${review.digest})`,
    })
    .from(review)
    .innerJoin(agent, eq(agent.id, review.agentId))
    .innerJoin(version, eq(version.id, review.versionId))
    .leftJoin(person, eq(person.id, review.completedBy))
    .where(and(eq(review.state, state), visible(actor)))
    .orderBy(
      ...(view === 'open'
        ? [asc(review.dueOn), asc(review.id)]
        : [desc(review.completedAt), desc(review.id)]),
    )
    .limit(PAGE_SIZE * 4)
  const today = localDate(now)
  return rows.map((row) => ({
    ...row,
    completedAt: row.completedAt?.toISOString() ?? null,
    due: dueState(row.dueOn, today),
  }))
}

/** Counts for the views and the sidebar. Index: review_due. */
export async function reviewCounts(
  actor: PersonActor,
  now: Date,
): Promise<{ open: number; overdue: number; decided: number }> {
  const today = localDate(now)
  const [row] = await db()
    .select({
      open: sql<number>`count(*) filter (where ${review.state} = 'open')::int`,
      overdue: sql<number>`count(*) filter (where ${review.state} = 'open' and ${review.dueOn} < ${today})::int`,
      decided: sql<number>`count(*) filter (where ${review.state} = 'completed')::int`,
    })
    .from(review)
    .where(and(ne(review.state, 'voided'), visible(actor)))
  return row ?? { open: 0, overdue: 0, decided: 0 }
}

export type CapabilityUse = {
  name: string
  risk: RiskTier
  meaning: string
  line: number
  runs: number
  held: number
  denied: number
}

export type ReviewItem = ReviewRow & {
  state: 'open' | 'completed' | 'voided'
  reason: string | null
  author: string
  publishedAt: string
  /** Why the reader may not attest; null when they may. */
  whyNot: string | null
  previous: {
    digest: string
    version: string
    outcome: ReviewOutcome
    reason: string
    by: string
    at: string
  } | null
  findings: { errors: number; warnings: number; notes: number }
  activity: {
    runs: number
    finished: number
    failed: number
    calls: number
    held: number
    denied: number
  }
  capabilities: CapabilityUse[]
}

/** Everything that the decision needs, about one review; null when it is absent or foreign. */
export async function reviewItem(
  actor: PersonActor,
  id: string,
  now: Date,
): Promise<ReviewItem | null> {
  const [row] = await db()
    .select({
      id: review.id,
      agentId: review.agentId,
      departmentId: review.departmentId,
      agent: agent.slug,
      department: sql<string>`(select d.name from department d where d.id = ${review.departmentId})`,
      riskTier: agent.riskTier,
      digest: review.digest,
      version: version.number,
      dueOn: review.dueOn,
      state: review.state,
      outcome: review.outcome,
      reason: review.reason,
      completedAt: review.completedAt,
      completedBy: sql<
        string | null
      >`(select p.name from person p where p.id = ${review.completedBy})`,
      authorId: version.authorId,
      author: person.name,
      publishedAt: version.publishedAt,
    })
    .from(review)
    .innerJoin(agent, eq(agent.id, review.agentId))
    .innerJoin(version, eq(version.id, review.versionId))
    .innerJoin(person, eq(person.id, version.authorId))
    .where(and(eq(review.id, id), visible(actor)))
  if (!row) return null
  const [previous, check, activity, used] = await Promise.all([
    previousReview(row.agentId, row.id),
    checkOf(row.digest),
    activityOf(row.agentId, row.digest),
    toolUse(row.agentId, row.digest),
  ])
  const { agentId, departmentId, authorId, ...shown } = row
  return {
    ...shown,
    completedAt: row.completedAt?.toISOString() ?? null,
    publishedAt: row.publishedAt.toISOString(),
    due: dueState(row.dueOn, localDate(now)),
    runs: activity.runs,
    whyNot: whyNotReviewer({ authorId }, actor.id, can(actor, 'review.complete', departmentId)),
    previous,
    findings: check.findings,
    activity,
    capabilities: check.capabilities.tools.map((tool) => ({
      name: tool.name,
      risk: tool.risk,
      meaning: tool.meaning,
      line: tool.line,
      ...(used.get(tool.base) ?? { runs: 0, held: 0, denied: 0 }),
    })),
  }
}

/** The last attestation before this one. Index: review_agent. */
async function previousReview(agentId: string, before: string): Promise<ReviewItem['previous']> {
  const [row] = await db()
    .select({
      digest: review.digest,
      version: version.number,
      outcome: review.outcome,
      reason: review.reason,
      by: person.name,
      at: review.completedAt,
    })
    .from(review)
    .innerJoin(version, eq(version.id, review.versionId))
    .innerJoin(person, eq(person.id, review.completedBy))
    .where(and(eq(review.agentId, agentId), eq(review.state, 'completed'), ne(review.id, before)))
    .orderBy(desc(review.completedAt))
    .limit(1)
  if (!row?.outcome || !row.at) return null
  return { ...row, outcome: row.outcome, reason: row.reason ?? '', at: row.at.toISOString() }
}

/** The newest stored check of a definition. Index: definition_check_key. */
async function checkOf(digest: string) {
  const [row] = await db()
    .select({
      capabilities: definitionCheck.capabilities,
      blocking: definitionCheck.blocking,
      errors: definitionCheck.errors,
      warnings: definitionCheck.warnings,
      notes: definitionCheck.notes,
    })
    .from(definitionCheck)
    .where(eq(definitionCheck.digest, digest))
    .orderBy(desc(definitionCheck.checkedAt))
    .limit(1)
  return {
    capabilities: (row?.capabilities ?? { tools: [] }) as Pick<Capabilities, 'tools'>,
    findings: {
      errors: (row?.blocking ?? 0) + (row?.errors ?? 0),
      warnings: row?.warnings ?? 0,
      notes: row?.notes ?? 0,
    },
  }
}

/** What the version did. Index: run_agent, tool_call_order. */
async function activityOf(agentId: string, digest: string): Promise<ReviewItem['activity']> {
  const [row] = await db()
    .select({
      runs: sql<number>`count(distinct ${run.id})::int`,
      finished: sql<number>`count(distinct ${run.id}) filter (where ${run.state} = 'succeeded')::int`,
      failed: sql<number>`count(distinct ${run.id}) filter (where ${run.state} in ('failed', 'cancelled'))::int`,
      calls: sql<number>`count(${toolCall.id})::int`,
      held: sql<number>`count(*) filter (where ${toolCall.verdict} = 'held')::int`,
      denied: sql<number>`count(*) filter (where ${toolCall.verdict} = 'denied' or ${toolCall.state} in ('rejected', 'expired', 'denied'))::int`,
    })
    .from(run)
    .leftJoin(toolCall, eq(toolCall.runId, run.id))
    .where(and(eq(run.agentId, agentId), eq(run.digest, digest)))
  return row ?? { runs: 0, finished: 0, failed: 0, calls: 0, held: 0, denied: 0 }
}

/** Per tool: in how many runs it was used, how often held or denied. */
async function toolUse(agentId: string, digest: string) {
  const rows = await db()
    .select({
      tool: toolCall.tool,
      runs: sql<number>`count(distinct ${run.id})::int`,
      held: sql<number>`count(*) filter (where ${toolCall.verdict} = 'held')::int`,
      denied: sql<number>`count(*) filter (where ${toolCall.verdict} = 'denied' or ${toolCall.state} in ('rejected', 'expired', 'denied'))::int`,
    })
    .from(run)
    .innerJoin(toolCall, eq(toolCall.runId, run.id))
    .where(and(eq(run.agentId, agentId), eq(run.digest, digest)))
    .groupBy(toolCall.tool)
  return new Map(rows.map(({ tool, ...use }) => [tool, use]))
}

export type CalendarRow = {
  department: string
  week: string
  state: 'decided' | 'due' | 'overdue'
  count: number
}

/** Reviews per department and ISO week of the due date, for the quarter's calendar. */
export async function reviewCalendar(
  actor: PersonActor,
  quarter: { from: string; before: string; today: string },
): Promise<CalendarRow[]> {
  const scope = scopeOf(actor, 'catalog.read')
  const places = sql.join(
    scope.departments.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  const here = scope.everywhere
    ? sql`true`
    : scope.departments.length === 0
      ? sql`false`
      : sql`d.id in (${places})`
  const rows = await db().execute<CalendarRow>(sql`
    select d.name as department, to_char(r.due_on, 'IYYY-IW') as week,
      case when r.state = 'completed' then 'decided'
        when r.due_on < ${quarter.today}::date then 'overdue' else 'due' end as state,
      count(*)::int as count
    from review r join department d on d.id = r.department_id
    where r.state <> 'voided' and r.due_on >= ${quarter.from}::date
      and r.due_on < ${quarter.before}::date and ${here}
    group by 1, 2, 3 order by 1, 2`)
  return [...rows]
}

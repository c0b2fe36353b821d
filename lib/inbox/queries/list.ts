import 'server-only'
import { and, eq, not, type SQL, sql } from 'drizzle-orm'
import { agent, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { person } from '@/drizzle/schema/people'
import { run } from '@/drizzle/schema/runs'
import type { ApprovalKind } from '@/lib/approvals/model'
import { effectiveState } from '@/lib/approvals/rules'
import type { PersonActor } from '@/lib/auth/actor'
import { invalid } from '@/lib/core/errors'
import { PAGE_SIZE } from '@/lib/core/limits'
import { type Tx, transaction } from '@/lib/db/transaction'
import type { InboxCounts, InboxGroup, InboxList, InboxRow, InboxView } from '../model'
import { within } from './scope'

/** Rows of "Waiting on others" below the first page of "Needs me". */
const WAITING_PREVIEW = 20

type Moment = { now: Date; facts: number }

/**
 * One page of a view and how many items are in the two open groups. "Needs me": open, not late, in
 * a department where the actor may decide, not excluded and not yet decided by them: the rule of
 * `whyNotEligible`, as SQL. "Waiting on others": open and asked for, excluded or signed by them.
 * "Done": settled or late, of the same two kinds. Foreign departments never appear.
 * Indexes: approval_open, approval_settled.
 */
export async function inboxList(
  actor: PersonActor,
  options: { view: InboxView; kind?: ApprovalKind | null; after?: string | null },
): Promise<InboxList> {
  const { view, kind = null } = options
  const after = readCursor(options.after ?? null)
  return transaction(
    async (tx) => {
      const moment = await readMoment(tx)
      const counts = await openCounts(tx, actor, moment.now)
      const asked = { actor, kind, now: moment.now, after, limit: PAGE_SIZE }
      const groups =
        view === 'done' ? [await doneGroup(tx, asked)] : [await openGroup(tx, { ...asked, view })]
      if (view === 'needs' && after === null && counts.waiting > 0) {
        const preview = { view: 'waiting' as const, limit: WAITING_PREVIEW }
        groups.push(await openGroup(tx, { ...asked, ...preview }))
      }
      return { view, counts, groups, facts: moment.facts, at: moment.now.toISOString() }
    },
    { isolation: 'repeatable read', readOnly: true },
  )
}

/** How many items need the actor, and how many of theirs wait for others. Index: approval_open. */
export async function inboxCounts(actor: PersonActor): Promise<InboxCounts> {
  return transaction(async (tx) => openCounts(tx, actor, (await readMoment(tx)).now), {
    readOnly: true,
  })
}

async function readMoment(tx: Tx): Promise<Moment> {
  const [row] = await tx.execute<{ now: string; facts: string }>(sql`
    select now() as now, s.size + (select count(*) from audit.pending) as facts
    from audit.tree_state s`)
  return { now: new Date(row?.now ?? Date.now()), facts: Number(row?.facts ?? 0) }
}

const iso = (at: Date) => sql`${at.toISOString()}::timestamptz`

/** Open and not late: the SQL of `effectiveState(…) = 'open'`. */
const stillOpen = (now: Date) =>
  sql`${approval.state} = 'open' and (${approval.deadlineAt} is null or ${approval.deadlineAt} > ${iso(now)})`

const decidedBy = (personId: string) => sql`exists (
  select from decision d
  where d.approval_id = ${approval.id} and d.person_id = ${personId} and d.dismissed_at is null)`

const isExcluded = (personId: string) => sql`${personId}::uuid = any (${approval.excluded})`

function needsActor(actor: PersonActor): SQL {
  return sql`(${within(actor, 'approval.decide', approval.departmentId)}
    and not ${isExcluded(actor.id)} and not ${decidedBy(actor.id)})`
}

/** Whoever asked is always among the excluded; the database refuses an approval without that. */
function concernsActor(actor: PersonActor): SQL {
  return sql`(${isExcluded(actor.id)} or ${decidedBy(actor.id)})`
}

async function openCounts(tx: Tx, actor: PersonActor, now: Date): Promise<InboxCounts> {
  const needs = needsActor(actor)
  const [row] = await tx
    .select({
      needs: sql<number>`(count(*) filter (where ${needs}))::int`,
      waiting: sql<number>`(count(*) filter (where ${concernsActor(actor)} and not ${needs}))::int`,
    })
    .from(approval)
    .where(and(stillOpen(now), within(actor, 'catalog.read', approval.departmentId)))
  return row ?? { needs: 0, waiting: 0 }
}

type Asked = {
  actor: PersonActor
  kind: ApprovalKind | null
  now: Date
  after: Cursor | null
  limit: number
}

const ofKind = (kind: ApprovalKind | null) => (kind === null ? undefined : eq(approval.kind, kind))

/** The SQL of `urgency` in ../rules. */
function urgencyAt(now: Date): SQL<number> {
  const left = (time: string) =>
    sql`${approval.deadlineAt} < ${iso(now)} + ${sql.raw(`interval '${time}'`)}`
  return sql<number>`((${approval.riskRank} + 1) * case
    when ${left('1 hour')} then 4 when ${left('1 day')} then 3
    when ${left('7 days')} then 2 else 1 end)`
}

async function openGroup(
  tx: Tx,
  asked: Asked & { view: 'needs' | 'waiting' },
): Promise<InboxGroup> {
  const { actor, view, after } = asked
  // The order follows the clock, so every page of one reading uses the first page's moment.
  const now = after === null ? asked.now : new Date(after.at)
  const key = sql`(-${urgencyAt(now)}, coalesce(${approval.deadlineAt}, 'infinity'), ${approval.id})`
  const needs = needsActor(actor)
  const found = await rowsWhere(tx, actor, {
    where: and(
      stillOpen(asked.now),
      ofKind(asked.kind),
      within(actor, 'catalog.read', approval.departmentId),
      view === 'needs' ? needs : and(concernsActor(actor), not(needs)),
      after === null
        ? undefined
        : sql`${key} > (${after.first}::int, ${after.second}::timestamptz, ${after.id}::uuid)`,
    ),
    order: key,
    first: sql<string>`(-${urgencyAt(now)})::text`,
    second: sql<string>`coalesce(${approval.deadlineAt}, 'infinity')::text`,
    limit: asked.limit,
  })
  return pageOf(view, found, { now, limit: asked.limit, shownAt: asked.now })
}

async function doneGroup(tx: Tx, asked: Asked): Promise<InboxGroup> {
  const { actor, after, now } = asked
  const mine = sql`(${within(actor, 'approval.decide', approval.departmentId)} or ${concernsActor(actor)})`
  const readable = within(actor, 'catalog.read', approval.departmentId)
  const settled = await rowsWhere(tx, actor, {
    where: and(
      sql`${approval.state} <> 'open'`,
      ofKind(asked.kind),
      readable,
      mine,
      after === null
        ? undefined
        : sql`${approval.settledAt} <= ${after.second}::timestamptz
            and (${approval.settledAt} < ${after.second}::timestamptz or ${approval.id} > ${after.id}::uuid)`,
    ),
    // Exactly the order of approval_settled, so that a page reads only its own rows.
    order: sql`${approval.settledAt} desc nulls last, ${approval.id}`,
    first: sql<string>`''`,
    second: sql<string>`${approval.settledAt}::text`,
    limit: asked.limit,
  })
  const page = pageOf('done', settled, { now, limit: asked.limit, shownAt: now })
  if (after !== null) return page
  // Late but not yet swept: at most what expired within the last minute or so.
  const late = await rowsWhere(tx, actor, {
    where: and(
      sql`${approval.state} = 'open' and ${approval.deadlineAt} <= ${iso(now)}`,
      ofKind(asked.kind),
      readable,
      mine,
    ),
    order: sql`${approval.deadlineAt} desc, ${approval.id} desc`,
    first: sql<string>`''`,
    second: sql<string>`''`,
    limit: asked.limit,
  })
  const rows = pageOf('done', late, { now, limit: asked.limit, shownAt: now }).rows
  return { ...page, rows: [...rows, ...page.rows] }
}

type Found = Omit<InboxRow, 'askedBy' | 'openedAt' | 'deadlineAt' | 'settledAt'> & {
  askedById: string
  askedByName: string
  openedAt: Date
  deadlineAt: Date | null
  settledAt: Date | null
  cursor: { first: string; second: string }
}

/** Explicit columns of a list row, one more than the limit to know whether there is a next page. */
async function rowsWhere(
  tx: Tx,
  actor: PersonActor,
  read: {
    where: SQL | undefined
    order: SQL
    first: SQL<string>
    second: SQL<string>
    limit: number
  },
): Promise<Found[]> {
  return tx
    .select({
      id: approval.id,
      kind: approval.kind,
      title: approval.title,
      state: approval.state,
      riskTier: approval.riskTier,
      agent: agent.slug,
      from: sql<string | null>`${approval.summary} ->> 'from'`,
      to: sql<string | null>`coalesce(${approval.summary} ->> 'to', ${version.number})`,
      run: run.number,
      askedById: person.id,
      askedByName: person.name,
      quorum: approval.quorum,
      signed: sql<number>`(select count(*)::int from decision d where d.approval_id = ${approval.id}
        and d.verdict = 'approve' and d.dismissed_at is null)`,
      said: sql<
        InboxRow['said']
      >`(select d.verdict from decision d where d.approval_id = ${approval.id}
        and d.person_id = ${actor.id} and d.dismissed_at is null)`,
      openedAt: approval.openedAt,
      deadlineAt: approval.deadlineAt,
      expiryOutcome: approval.expiryOutcome,
      settledAt: approval.settledAt,
      cursor: { first: read.first, second: read.second },
    })
    .from(approval)
    .innerJoin(person, eq(person.id, approval.requestedBy))
    .leftJoin(agent, eq(agent.id, approval.agentId))
    .leftJoin(run, eq(run.id, approval.runId))
    .leftJoin(version, eq(version.id, run.versionId))
    .where(read.where)
    .orderBy(read.order)
    .limit(read.limit + 1)
}

function pageOf(
  view: InboxView,
  found: readonly Found[],
  at: { now: Date; limit: number; shownAt: Date },
): InboxGroup {
  const kept = found.slice(0, at.limit)
  const last = found.length > at.limit ? kept.at(-1) : undefined
  return {
    view,
    rows: kept.map((row) => rowOf(row, at.shownAt)),
    next: last ? writeCursor({ at: at.now.toISOString(), ...last.cursor, id: last.id }) : null,
  }
}

function rowOf({ cursor, askedById, askedByName, ...row }: Found, now: Date): InboxRow {
  return {
    ...row,
    state: effectiveState(row, now),
    askedBy: { id: askedById, name: askedByName },
    openedAt: row.openedAt.toISOString(),
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
  }
}

/** Where the next page begins: the moment of the first page, the sort key and the id. */
type Cursor = { at: string; first: string; second: string; id: string }

function writeCursor(cursor: Cursor): string {
  const parts = [cursor.at, cursor.first, cursor.second, cursor.id]
  return Buffer.from(parts.join('\n')).toString('base64url')
}

const CURSOR = /^(\S{20,30})\n(-?\d{0,3})\n([0-9a-z :.+-]{0,40})\n([0-9a-f-]{36})$/

function readCursor(text: string | null): Cursor | null {
  if (text === null) return null
  const match = CURSOR.exec(Buffer.from(text, 'base64url').toString())
  const [, at = '', first = '', second = '', id = ''] = match ?? []
  if (!match || Number.isNaN(Date.parse(at))) {
    return invalid('This page of the list cannot be found. Open the inbox again.')
  }
  return { at, first, second, id }
}

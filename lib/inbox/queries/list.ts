import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import type { ApprovalKind } from '@/lib/approvals/model'
import type { PersonActor } from '@/lib/auth/actor'
import { PAGE_SIZE } from '@/lib/core/limits'
import { type Tx, transaction } from '@/lib/db/transaction'
import type { InboxCounts, InboxGroup, InboxList, InboxView } from '../model'
import { actorsOwn, concernsActor, iso, needsActor, snoozedByActor, stillOpen } from './concerns'
import { ownQuality } from './quality'
import { type Cursor, pageOf, type Reader, readCursor, readerAt, rowsWhere } from './rows'
import { within } from './scope'

/** Rows of "Waiting on others" below the first page of "Needs me". */
const WAITING_PREVIEW = 20

type Moment = { now: Date; facts: number }

/**
 * One page of a view and how many items are in the open groups. "Needs me": open, not late, in a
 * department where the actor may decide, not excluded, and neither decided, handed on nor set aside
 * by them. "Snoozed": set aside by them until later. "Waiting on others": open and asked for,
 * excluded, signed or handed on by them. "Done": settled or late. Foreign departments never appear.
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
      const reader = await readerAt(tx, actor, moment.now)
      const asked = { reader, kind, after, limit: PAGE_SIZE }
      const groups =
        view === 'done' ? [await doneGroup(tx, asked)] : [await openGroup(tx, { ...asked, view })]
      if (view === 'needs' && after === null && counts.waiting > 0) {
        const preview = { view: 'waiting' as const, limit: WAITING_PREVIEW }
        groups.push(await openGroup(tx, { ...asked, ...preview }))
      }
      const quality = view === 'done' && after === null ? await ownQuality(tx, actor) : null
      return { view, counts, groups, quality, facts: moment.facts, at: moment.now.toISOString() }
    },
    { isolation: 'repeatable read', readOnly: true },
  )
}

/** How many items need the actor, wait for others and are set aside. Index: approval_open. */
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

async function openCounts(tx: Tx, actor: PersonActor, now: Date): Promise<InboxCounts> {
  const counted = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`
  const [row] = await tx
    .select({
      needs: counted(needsActor(actor, now)),
      waiting: counted(concernsActor(actor)),
      snoozed: counted(snoozedByActor(actor, now)),
    })
    .from(approval)
    .where(and(stillOpen(now), within(actor, 'catalog.read', approval.departmentId)))
  return row ?? { needs: 0, waiting: 0, snoozed: 0 }
}

type Asked = { reader: Reader; kind: ApprovalKind | null; after: Cursor | null; limit: number }

const ofKind = (kind: ApprovalKind | null) => (kind === null ? undefined : eq(approval.kind, kind))

/** The SQL of `urgency` in ../rules. */
function urgencyAt(now: Date): SQL<number> {
  const left = (time: string) =>
    sql`${approval.deadlineAt} < ${iso(now)} + ${sql.raw(`interval '${time}'`)}`
  return sql<number>`((${approval.riskRank} + 1) * case
    when ${left('1 hour')} then 4 when ${left('1 day')} then 3
    when ${left('7 days')} then 2 else 1 end)`
}

type OpenView = Exclude<InboxView, 'done'>

function placedIn(view: OpenView, { actor, now }: Reader): SQL {
  switch (view) {
    case 'needs':
      return needsActor(actor, now)
    case 'waiting':
      return concernsActor(actor)
    case 'snoozed':
      return snoozedByActor(actor, now)
  }
}

async function openGroup(tx: Tx, asked: Asked & { view: OpenView }): Promise<InboxGroup> {
  const { reader, view, after, limit } = asked
  // The order follows the clock, so every page of one reading uses the first page's moment.
  const now = after === null ? reader.now : new Date(after.at)
  const key = sql`(-${urgencyAt(now)}, coalesce(${approval.deadlineAt}, 'infinity'), ${approval.id})`
  const found = await rowsWhere(tx, reader, {
    where: and(
      stillOpen(reader.now),
      ofKind(asked.kind),
      within(reader.actor, 'catalog.read', approval.departmentId),
      placedIn(view, reader),
      after === null
        ? undefined
        : sql`${key} > (${after.first}::int, ${after.second}::timestamptz, ${after.id}::uuid)`,
    ),
    order: key,
    first: sql<string>`(-${urgencyAt(now)})::text`,
    second: sql<string>`coalesce(${approval.deadlineAt}, 'infinity')::text`,
    limit,
  })
  return pageOf(view, found, { now, limit, reader })
}

async function doneGroup(tx: Tx, asked: Asked): Promise<InboxGroup> {
  const { reader, after, limit } = asked
  const { actor, now } = reader
  const own = and(
    ofKind(asked.kind),
    within(actor, 'catalog.read', approval.departmentId),
    actorsOwn(actor),
  )
  const settled = await rowsWhere(tx, reader, {
    where: and(
      sql`${approval.state} <> 'open'`,
      own,
      after === null
        ? undefined
        : sql`${approval.settledAt} <= ${after.second}::timestamptz
            and (${approval.settledAt} < ${after.second}::timestamptz or ${approval.id} > ${after.id}::uuid)`,
    ),
    // Exactly the order of approval_settled, so that a page reads only its own rows.
    order: sql`${approval.settledAt} desc nulls last, ${approval.id}`,
    first: sql<string>`''`,
    second: sql<string>`${approval.settledAt}::text`,
    limit,
  })
  const page = pageOf('done', settled, { now, limit, reader })
  if (after !== null) return page
  // Late but not yet swept: at most what expired within the last minute or so.
  const late = await rowsWhere(tx, reader, {
    where: and(sql`${approval.state} = 'open' and ${approval.deadlineAt} <= ${iso(now)}`, own),
    order: sql`${approval.deadlineAt} desc, ${approval.id} desc`,
    first: sql<string>`''`,
    second: sql<string>`''`,
    limit,
  })
  const rows = pageOf('done', late, { now, limit, reader }).rows
  return { ...page, rows: [...rows, ...page.rows] }
}

import 'server-only'
import { and, countDistinct, eq, gt, isNull } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import { notice } from '@/drizzle/schema/notifications'
import { person, roleGrant } from '@/drizzle/schema/people'
import { db } from '@/lib/db/client'
import { type Tx, transaction } from '@/lib/db/transaction'
import { notify, settleNotices } from '@/lib/notifications/commands'
import { remindersDue } from '@/lib/notifications/rules'
import { type ApprovalRow, eligiblePeople, liveDecisions, lockApproval } from './queries'
import type { ApprovalRule, SettledState } from './rules'

/** Who is told what about an approval, in the transaction in which it happens. */
type Part = { tx: Tx; now: Date }
type About = Pick<ApprovalRow, 'id' | 'title' | 'requestedBy'>

const hrefOf = (id: string) => `/inbox/${id}`

/** Tells who may decide; when too few may, tells the administrators, because nobody else can help. */
export async function tellOpened(
  part: Part,
  item: Pick<About, 'id' | 'title'> & { rule: ApprovalRule },
  eligible: readonly { id: string }[],
): Promise<void> {
  const about = { subjectId: item.id, href: hrefOf(item.id) }
  await notify(part, {
    ...{ ...about, topic: 'approval_needed', sentence: item.title },
    people: eligible.map((one) => one.id),
  })
  if (eligible.length >= item.rule.quorum) return
  const have = eligible.length === 0 ? 'nobody may decide it' : `only ${eligible.length} may`
  await notify(part, {
    ...{ ...about, topic: 'approval_blocked' },
    sentence: `${item.title}: needs ${item.rule.quorum}, and ${have}.`,
    people: await administrators(part.tx),
  })
}

const SETTLED: Record<Exclude<SettledState, 'open'>, string> = {
  approved: 'Approved',
  changes_requested: 'Changes asked for',
  rejected: 'Denied',
}

/** Tells who asked what became of it; nobody else has to do anything any more. */
export async function tellSettled(
  part: Part,
  row: About,
  state: Exclude<SettledState, 'open'>,
): Promise<void> {
  await settleNotices(part, row.id)
  await notify(part, {
    ...{ topic: 'approval_settled', subjectId: row.id, href: hrefOf(row.id) },
    sentence: `${SETTLED[state]}: ${row.title}`,
    people: [row.requestedBy],
  })
}

const CLOSED = {
  dismissed: 'The bytes changed, so what you said about them no longer counts',
  withdrawn: 'Taken back by who asked',
  expired: 'Expired before enough people had agreed',
} as const

/** Tells whose decision fell away, and who asked when time ran out. */
export async function tellClosed(
  part: Part,
  row: About,
  closed: { people: readonly string[]; state: keyof typeof CLOSED },
): Promise<void> {
  await settleNotices(part, row.id)
  const about = { subjectId: row.id, href: hrefOf(row.id) }
  const sentence = `${CLOSED[closed.state]}: ${row.title}`
  await notify(part, { ...about, topic: 'decision_dismissed', sentence, people: closed.people })
  if (closed.state !== 'expired') return
  await notify(part, { ...about, topic: 'approval_settled', sentence, people: [row.requestedBy] })
}

const MAX_REMINDED = 200

/**
 * Reminds who may still decide of items that have used up half, three quarters and nine tenths of
 * their time; the last time administrators are told too. Counted by the notices that exist, so that
 * any number of sweeps says each thing once. Index: approval_deadline.
 */
export async function remindOfDeadlines(now: Date): Promise<void> {
  const open = await db()
    .select()
    .from(approval)
    .where(and(eq(approval.state, 'open'), gt(approval.deadlineAt, now)))
    .orderBy(approval.deadlineAt)
    .limit(MAX_REMINDED)
  for (const { id } of open) await transaction((tx) => remind({ tx, now }, id))
}

async function remind(part: Part, id: string): Promise<void> {
  const row = await lockApproval(part.tx, id)
  if (row?.state !== 'open' || row.deadlineAt === null) return
  const due = remindersDue({ openedAt: row.openedAt, deadlineAt: row.deadlineAt }, part.now)
  if (due === 0) return
  const [told] = await part.tx
    .select({ times: countDistinct(notice.createdAt) })
    .from(notice)
    .where(and(eq(notice.subjectId, id), eq(notice.topic, 'approval_reminder')))
  if ((told?.times ?? 0) >= due) return
  const decided = (await liveDecisions(part.tx, id)).map((one) => one.personId)
  const people = await eligiblePeople(part.tx, row.departmentId, [...row.excluded, ...decided])
  const minutes = Math.round((row.deadlineAt.getTime() - part.now.getTime()) / 60_000)
  const left = minutes >= 120 ? `${Math.floor(minutes / 60)} hours` : `${minutes} minutes`
  await notify(part, {
    ...{ topic: 'approval_reminder', subjectId: id, href: hrefOf(id) },
    sentence: `${left} left: ${row.title}`,
    people: [...people.map((one) => one.id), ...(due === 3 ? await administrators(part.tx) : [])],
  })
}

/** Active administrators of the whole installation. Index: role_grant_person. */
async function administrators(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: person.id })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .where(
      and(
        eq(roleGrant.role, 'administrator'),
        isNull(roleGrant.departmentId),
        isNull(roleGrant.revokedAt),
        eq(person.state, 'active'),
      ),
    )
  return rows.map((row) => row.id)
}

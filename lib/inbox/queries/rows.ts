import 'server-only'
import { eq, type SQL, sql } from 'drizzle-orm'
import { agent, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { person } from '@/drizzle/schema/people'
import { run } from '@/drizzle/schema/runs'
import { effectiveState } from '@/lib/approvals/rules'
import type { PersonActor } from '@/lib/auth/actor'
import { invalid } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import type { InboxGroup, InboxRow, InboxView } from '../model'
import { standsInFor } from '../rules/absence'
import { type StandingAbsence, standingAbsences } from './arrange'
import { iso } from './concerns'

/** Whoever reads, when, and for whom they stand in then. */
export type Reader = { actor: PersonActor; now: Date; standsIn: readonly StandingAbsence[] }

export async function readerAt(tx: Tx, actor: PersonActor, now: Date): Promise<Reader> {
  const absences = await standingAbsences(tx, now)
  return { actor, now, standsIn: standsInFor(absences, actor.id, now) }
}

type Stored = Omit<
  InboxRow,
  'askedBy' | 'openedAt' | 'deadlineAt' | 'settledAt' | 'claim' | 'standsInFor' | 'snoozedUntil'
>
type Found = Stored & {
  askedById: string
  askedByName: string
  openedAt: Date
  deadlineAt: Date | null
  settledAt: Date | null
  claim: { id: string; name: string; until: string } | null
  snoozedUntil: string | null
  /** People who are away, for whom the reader stands in, and who could decide this. */
  awayIds: string[]
  cursor: { first: string; second: string }
}

type Read = {
  where: SQL | undefined
  order: SQL
  first: SQL<string>
  second: SQL<string>
  limit: number
}

/**
 * Explicit columns of a list row, one more than the limit to know whether there is a next page. What
 * people did with an item is looked up by the keys of its own tables.
 */
export async function rowsWhere(tx: Tx, reader: Reader, read: Read): Promise<Found[]> {
  const me = reader.actor.id
  const away = `{${reader.standsIn.map((one) => one.personId).join(',')}}`
  return tx
    .select({
      id: approval.id,
      kind: approval.kind,
      digest: approval.digest,
      ruleId: approval.ruleId,
      title: approval.title,
      state: approval.state,
      riskTier: approval.riskTier,
      agent: agent.slug,
      from: sql<string | null>`${approval.summary} ->> 'from'`,
      to: sql<string | null>`coalesce(${approval.summary} ->> 'to', ${version.number})`,
      direction: sql<string | null>`${approval.summary} ->> 'direction'`,
      run: run.number,
      askedById: person.id,
      askedByName: person.name,
      quorum: approval.quorum,
      signed: sql<number>`(select count(*)::int from decision d where d.approval_id = ${approval.id}
        and d.verdict = 'approve' and d.dismissed_at is null)`,
      said: sql<
        InboxRow['said']
      >`(select d.verdict from decision d where d.approval_id = ${approval.id}
        and d.person_id = ${me} and d.dismissed_at is null)`,
      opened: sql<boolean>`exists (select from approval_reading r
        where r.approval_id = ${approval.id} and r.person_id = ${me})`,
      snoozedUntil: sql<string | null>`(select s.until from approval_snooze s
        where s.approval_id = ${approval.id} and s.person_id = ${me} and s.until > ${iso(reader.now)})`,
      claim: claimOf(reader.now),
      handed: HANDED,
      awayIds: sql<string[]>`array(select unnest(${approval.eligible})
        intersect select unnest(${away}::uuid[]))`,
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

/** Who says "I am on it", while that has not lapsed. Written out: it stands in selects of one table too. */
export const claimOf = (now: Date) => sql<Found['claim']>`(
  select json_build_object('id', p.id, 'name', p.name, 'until', c.until)
  from approval_claim c join person p on p.id = c.person_id
  where c.approval_id = approval.id and c.until > ${iso(now)})`

/** The last handover: who has it now, from whom. Index: approval_handover_item. */
export const HANDED = sql<InboxRow['handed']>`(
  select json_build_object('from', json_build_object('id', f.id, 'name', f.name),
    'to', json_build_object('id', t.id, 'name', t.name), 'note', h.note)
  from approval_handover h join person f on f.id = h.from_id join person t on t.id = h.to_id
  where h.approval_id = approval.id order by h.hop desc limit 1)`

export function pageOf(
  view: InboxView,
  found: readonly Found[],
  at: { now: Date; limit: number; reader: Reader },
): InboxGroup {
  const kept = found.slice(0, at.limit)
  const last = found.length > at.limit ? kept.at(-1) : undefined
  return {
    view,
    rows: kept.map((row) => rowOf(row, at.reader)),
    next: last ? writeCursor({ at: at.now.toISOString(), ...last.cursor, id: last.id }) : null,
  }
}

function rowOf(
  { cursor, askedById, askedByName, awayIds, ...row }: Found,
  { now, standsIn }: Reader,
): InboxRow {
  return {
    ...row,
    state: effectiveState(row, now),
    askedBy: { id: askedById, name: askedByName },
    openedAt: row.openedAt.toISOString(),
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
    snoozedUntil: row.snoozedUntil === null ? null : new Date(row.snoozedUntil).toISOString(),
    claim: row.claim && { ...row.claim, until: new Date(row.claim.until).toISOString() },
    standsInFor: standsIn
      .filter((one) => awayIds.includes(one.personId))
      .map((one) => ({ id: one.personId, name: one.person, until: one.until.toISOString() })),
  }
}

/** Where the next page begins: the moment of the first page, the sort key and the id. */
export type Cursor = { at: string; first: string; second: string; id: string }

function writeCursor(cursor: Cursor): string {
  const parts = [cursor.at, cursor.first, cursor.second, cursor.id]
  return Buffer.from(parts.join('\n')).toString('base64url')
}

const CURSOR = /^(\S{20,30})\n(-?\d{0,3})\n([0-9a-z :.+-]{0,40})\n([0-9a-f-]{36})$/

export function readCursor(text: string | null): Cursor | null {
  if (text === null) return null
  const match = CURSOR.exec(Buffer.from(text, 'base64url').toString())
  const [, at = '', first = '', second = '', id = ''] = match ?? []
  if (!match || Number.isNaN(Date.parse(at))) {
    return invalid('This page of the list cannot be found. Open the inbox again.')
  }
  return { at, first, second, id }
}

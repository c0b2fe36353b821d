import 'server-only'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agent } from '@/drizzle/schema/agents'
import { decision } from '@/drizzle/schema/approvals'
import { waiver } from '@/drizzle/schema/constitution'
import { person } from '@/drizzle/schema/people'
import { checkOf } from '@/lib/agents/queries/check'
import type { WaivedFinding } from '@/lib/agents/queries/excuses'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import { notFound } from '@/lib/core/errors'
import { daysBetween, localDate } from '@/lib/core/time'
import type { Tx } from '@/lib/db/transaction'
import type { EarlierWaiver, Standing, WaiverSubject } from '../model'
import type { ItemHead, SubjectReading } from './item'

const owner = alias(person, 'owner')
const EARLIER = 5

/**
 * A waiver as it is put before people: the finding as it was shown, why and until when, who answers
 * for it, and what was excused before. Index: waiver_approval (by the row's id: its primary key).
 */
export async function waiverSubject(tx: Tx, head: ItemHead): Promise<SubjectReading> {
  const row = await readWaiver(tx, head.subjectId)
  const earlier = await earlierWaivers(tx, row)
  const barred = new Map<string, Standing['barred']>(
    head.excluded.map((id) => [id, 'held the last waiver'] as const),
  )
  barred.set(row.owner.id, 'would own it')
  barred.set(row.requestedBy, 'asked for it')
  return { barred, build: () => build(row, earlier) }
}

async function readWaiver(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      id: waiver.id,
      agentId: waiver.agentId,
      rule: waiver.rule,
      fingerprint: waiver.fingerprint,
      finding: waiver.finding,
      reason: waiver.reason,
      owner: { id: owner.id, name: owner.name },
      requestedBy: waiver.requestedBy,
      endsOn: waiver.endsOn,
      state: waiver.state,
      createdAt: waiver.createdAt,
      digest: agent.digest,
      departmentId: agent.departmentId,
      fileName: agent.fileName,
    })
    .from(waiver)
    .innerJoin(owner, eq(owner.id, waiver.ownerId))
    .innerJoin(agent, eq(agent.id, waiver.agentId))
    .where(eq(waiver.id, id))
  return row ?? notFound('This waiver')
}
type Row = Awaited<ReturnType<typeof readWaiver>>

/** The waivers of the same finding before this one, newest first. Index: waiver_agent. */
async function earlierWaivers(tx: Tx, row: Row): Promise<EarlierWaiver[]> {
  const rows = await tx
    .select({
      approvalId: waiver.approvalId,
      state: waiver.state,
      endsOn: waiver.endsOn,
      owner: owner.name,
      by: sql<string[]>`coalesce((
        select json_agg(${person.name} order by ${decision.decidedAt})
        from ${decision} join ${person} on ${person.id} = ${decision.personId}
        where ${decision.approvalId} = ${waiver.approvalId} and ${decision.verdict} = 'approve'
          and ${decision.dismissedAt} is null), '[]')`,
    })
    .from(waiver)
    .innerJoin(owner, eq(owner.id, waiver.ownerId))
    .where(
      and(
        eq(waiver.agentId, row.agentId),
        eq(waiver.rule, row.rule),
        eq(waiver.fingerprint, row.fingerprint),
        ne(waiver.id, row.id),
        sql`${waiver.createdAt} < ${row.createdAt.toISOString()}`,
      ),
    )
    .orderBy(desc(waiver.createdAt))
    .limit(EARLIER)
  return rows
}

async function build(row: Row, earlier: EarlierWaiver[]): Promise<WaiverSubject> {
  const { severity, message, lines, digest } = row.finding as WaivedFinding
  const now = await checkOf(row.digest, row)
  const there = now?.findings.some((one) => fingerprintOf(one) === row.fingerprint) ?? false
  return {
    kind: 'waiver',
    waiverId: row.id,
    rule: row.rule,
    finding: { severity, message, lines },
    foundIn: digest,
    stillThere: there,
    reason: row.reason,
    owner: row.owner,
    endsOn: row.endsOn,
    days: daysBetween(localDate(row.createdAt), row.endsOn),
    earlier,
  }
}

import 'server-only'
import { sql } from 'drizzle-orm'
import type { PersonActor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db/transaction'
import type { OwnQuality } from '../model'

const QUALITY_DAYS = 90

/**
 * How this person decided in the last 90 days, from their own decisions that still count. Whether an
 * item was opened is recorded since their own first opening, so only approvals after it are counted
 * there. Indexes: decision_person, approval_reading_person.
 */
export async function ownQuality(tx: Tx, actor: PersonActor): Promise<OwnQuality> {
  const [row] = await tx.execute<{
    decided: number
    denied: number
    median: string | null
    read: string | null
    approved: number
    opened: number
    since: string | null
  }>(sql`
    with own as (
      select d.verdict, d.decided_at, a.opened_at, r.read_at,
        (select min(f.read_at) from approval_reading f where f.person_id = ${actor.id}) as since
      from decision d join approval a on a.id = d.approval_id
      left join approval_reading r
        on r.approval_id = d.approval_id and r.person_id = d.person_id and r.read_at <= d.decided_at
      where d.person_id = ${actor.id} and d.dismissed_at is null
        and d.decided_at > now() - make_interval(days => ${QUALITY_DAYS})
    )
    select count(*)::int as decided,
      (count(*) filter (where verdict <> 'approve'))::int as denied,
      percentile_cont(0.5) within group (
        order by extract(epoch from decided_at - opened_at) * 1000) as median,
      percentile_cont(0.5) within group (
        order by extract(epoch from decided_at - read_at) * 1000)
        filter (where read_at is not null) as read,
      (count(*) filter (where verdict = 'approve' and decided_at >= since))::int as approved,
      (count(*) filter (where verdict = 'approve' and read_at is not null))::int as opened,
      min(since) as since
    from own`)
  const ms = (text: string | null | undefined) => (text == null ? null : Math.round(Number(text)))
  return {
    decided: row?.decided ?? 0,
    denied: row?.denied ?? 0,
    medianMs: ms(row?.median),
    medianReadMs: ms(row?.read),
    approved: row?.approved ?? 0,
    opened: row?.opened ?? 0,
    since: row?.since == null ? null : new Date(row.since).toISOString(),
  }
}

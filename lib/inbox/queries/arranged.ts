import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import type { PersonActor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db/transaction'
import type { Arranged, Standing } from '../model'
import { standsInFor } from '../rules/absence'
import { standingAbsences } from './arrange'
import { iso } from './concerns'
import { claimOf, HANDED } from './rows'

/** What people did with one item, and who of those who may decide is away. */
export async function arrangedOf(
  tx: Tx,
  actor: PersonActor,
  at: { approvalId: string; now: Date },
): Promise<{ arranged: Arranged; away: Map<string, Standing['away']> }> {
  const { approvalId, now } = at
  const absences = await standingAbsences(tx, now)
  const [row] = await tx
    .select({
      eligible: approval.eligible,
      claim: claimOf(now),
      handed: HANDED,
      snoozedUntil: sql<string | null>`(select s.until from approval_snooze s
        where s.approval_id = approval.id and s.person_id = ${actor.id} and s.until > ${iso(now)})`,
    })
    .from(approval)
    .where(eq(approval.id, approvalId))
  const instant = (text: string) => new Date(text).toISOString()
  const eligible = row?.eligible ?? []
  const here = absences.filter((one) => one.from <= now)
  return {
    arranged: {
      snoozedUntil: row?.snoozedUntil ? instant(row.snoozedUntil) : null,
      claim: row?.claim ? { ...row.claim, until: instant(row.claim.until) } : null,
      handed: row?.handed ?? null,
      standsInFor: standsInFor(absences, actor.id, now)
        .filter((one) => eligible.includes(one.personId))
        .map((one) => ({ id: one.personId, name: one.person, until: one.until.toISOString() })),
    },
    away: new Map(
      here.map((one) => [one.personId, { until: one.until.toISOString(), delegate: one.delegate }]),
    ),
  }
}

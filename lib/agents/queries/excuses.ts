import 'server-only'
import { and, desc, eq, gte, inArray, isNull } from 'drizzle-orm'
import { decision } from '@/drizzle/schema/approvals'
import { waiver } from '@/drizzle/schema/constitution'
import type { Finding } from '@/lib/constitution/model'
import { type Excuse, findingWords } from '@/lib/constitution/waivers'
import { localDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'

/** The finding as it was shown when a waiver was asked for; frozen by the database. */
export type WaivedFinding = Pick<Finding, 'severity' | 'message' | 'lines'> & {
  /** Digest of the definition that it was found in. */
  digest: string
}

/**
 * The waivers of an agent that are in force at `now`. What has ended does not count from the day
 * after its last one, without anything having run. Index: waiver_agent.
 */
export async function excusesOf(tx: Tx | null, agentId: string, now: Date): Promise<Excuse[]> {
  const rows = await (tx ?? db())
    .select({
      waiverId: waiver.id,
      rule: waiver.rule,
      finding: waiver.finding,
      endsOn: waiver.endsOn,
    })
    .from(waiver)
    .where(
      and(
        eq(waiver.agentId, agentId),
        eq(waiver.state, 'approved'),
        gte(waiver.endsOn, localDate(now)),
      ),
    )
    .orderBy(desc(waiver.endsOn))
  return rows.map(({ finding, ...row }) => {
    const { message, lines, severity } = finding as WaivedFinding
    return { ...row, severity, words: findingWords({ rule: row.rule, message, lines }) }
  })
}

/**
 * Who held the last waiver of the same finding: its owner and who approved it. A renewal is decided
 * by somebody else (F36). Empty where there was none. Indexes: waiver_agent, decision_live.
 */
export async function lastHolders(
  tx: Tx,
  about: { agentId: string; rule: string; fingerprint: string },
): Promise<string[]> {
  const [last] = await tx
    .select({ ownerId: waiver.ownerId, approvalId: waiver.approvalId })
    .from(waiver)
    .where(
      and(
        eq(waiver.agentId, about.agentId),
        eq(waiver.rule, about.rule),
        eq(waiver.fingerprint, about.fingerprint),
        inArray(waiver.state, ['approved', 'revoked']),
      ),
    )
    .orderBy(desc(waiver.createdAt))
    .limit(1)
  if (!last) return []
  const signed = await tx
    .select({ id: decision.personId })
    .from(decision)
    .where(
      and(
        eq(decision.approvalId, last.approvalId),
        eq(decision.verdict, 'approve'),
        isNull(decision.dismissedAt),
      ),
    )
  return [last.ownerId, ...signed.map((one) => one.id)]
}

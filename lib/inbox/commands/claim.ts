import 'server-only'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { approvalClaim } from '@/drizzle/schema/inbox'
import { person } from '@/drizzle/schema/people'
import type { Fact } from '@/lib/audit/catalogue'
import { command, UNCHANGED } from '@/lib/command/command'
import { conflict } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { arranger, lockArranged } from '../queries/arrange'
import { aboutItem } from './snooze'

/** After so long without a word, somebody who said "I am on it" is not taken to be. */
const CLAIM_MS = 2 * 60 * 60 * 1000

const input = z.strictObject({ approvalId: z.uuid() })

/** Says to others "I am on it" for two hours. A hint, never a lock: anybody may still decide. */
export const claimApproval = command({
  name: 'approval.claim',
  permission: 'approval.arrange',
  input,
  subject: ({ tx, input }) => lockArranged(tx, input.approvalId),
  run: async ({ tx, actor, subject, now, event }) => {
    const { row } = subject
    const { id } = arranger(actor, row, now)
    const claim = await liveClaim(tx, row.id, now)
    if (claim && claim.personId !== id) {
      conflict(`${claim.name} is on it already. You may still decide.`)
    }
    const until = new Date(now.getTime() + CLAIM_MS)
    const said = { personId: id, until, auditEventId: event }
    await tx
      .insert(approvalClaim)
      .values({ approvalId: row.id, ...said })
      .onConflictDoUpdate({ target: approvalClaim.approvalId, set: said })
    const data = { until: until.toISOString() }
    const fact: Fact = { ...aboutItem(row), action: 'approval.claimed', data }
    return { value: { until: until.toISOString() }, fact }
  },
})

/** Takes one's own "I am on it" back. */
export const releaseApproval = command({
  name: 'approval.release',
  permission: 'approval.arrange',
  input,
  subject: ({ tx, input }) => lockArranged(tx, input.approvalId),
  run: async ({ tx, actor, subject, now, event }) => {
    const { row } = subject
    const { id } = arranger(actor, row, now)
    const claim = await liveClaim(tx, row.id, now)
    if (claim?.personId !== id) return { value: null, fact: UNCHANGED }
    await tx
      .update(approvalClaim)
      .set({ until: now, auditEventId: event })
      .where(eq(approvalClaim.approvalId, row.id))
    const fact: Fact = { ...aboutItem(row), action: 'approval.released', data: {} }
    return { value: null, fact }
  },
})

/** The claim that has not lapsed. Index: the table's primary key. */
async function liveClaim(tx: Tx, approvalId: string, now: Date) {
  const [claim] = await tx
    .select({ personId: person.id, name: person.name, until: approvalClaim.until })
    .from(approvalClaim)
    .innerJoin(person, eq(person.id, approvalClaim.personId))
    .where(eq(approvalClaim.approvalId, approvalId))
  return claim && claim.until > now ? claim : null
}

import 'server-only'
import { and, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { approval } from '@/drizzle/schema/approvals'
import type { PersonActor } from '@/lib/auth/actor'
import type { ExecuteOptions } from '@/lib/command/command'
import { ChanceryError, invalid, refused } from '@/lib/core/errors'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { db } from '@/lib/db/client'
import { within } from '../queries/scope'
import { MAX_BULK, whyNotTogether } from '../rules/bulk'
import { lineDigest } from '../rules/rendered'
import { decide } from './decide'

const decideManyInput = z.strictObject({
  verdict: z.enum(['approve', 'reject']),
  reason: z.string().trim().max(MAX_MESSAGE).default(''),
  /** The items and the digests that the confirm step listed. */
  items: z
    .array(z.strictObject({ approvalId: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(MAX_BULK),
})

/** What came of one of the items. */
export type ManyOutcome = { approvalId: string; ok: boolean; words: string; fact: string | null }

/**
 * One person's same decision about several items: the limits are checked over all of them, then each
 * goes through `decide` alone, with its own transaction and its own fact. One that somebody else
 * settled meanwhile is told as such and stops nothing. Sent again with the same key, it gives the
 * first outcomes.
 */
export async function decideMany(
  actor: PersonActor,
  raw: unknown,
  options: ExecuteOptions = {},
): Promise<ManyOutcome[]> {
  const parsed = decideManyInput.safeParse(raw)
  if (!parsed.success) invalid('These items cannot be decided together.')
  const { verdict, reason, items } = parsed.data
  const shown = await readShown(actor, items)
  const why = whyNotTogether(shown, verdict)
  if (why !== null) refused(why)
  const outcomes: ManyOutcome[] = []
  for (const { approvalId, digest } of items) {
    const rendered = shown.find((one) => one.id === approvalId)?.rendered
    const input = { approvalId, verdict, digest, renderedDigest: rendered, reason }
    const key = options.key === undefined ? undefined : `${options.key}-${approvalId.slice(-12)}`
    outcomes.push(await decideOne(actor, input, { ...options, key }))
  }
  return outcomes
}

async function decideOne(
  actor: PersonActor,
  input: { approvalId: string },
  options: ExecuteOptions,
): Promise<ManyOutcome> {
  const { approvalId } = input
  try {
    const { value, fact = null } = await decide.execute(actor, input, options)
    return { approvalId, ok: true, words: value.effect, fact }
  } catch (error) {
    if (!(error instanceof ChanceryError)) throw error
    return { approvalId, ok: false, words: error.message, fact: null }
  }
}

/** The items as they are now, with what this person saw of each. Foreign ones read as absent. */
async function readShown(actor: PersonActor, items: readonly { approvalId: string }[]) {
  const ids = [...new Set(items.map((item) => item.approvalId))]
  const rows = await db()
    .select({
      ...{ id: approval.id, kind: approval.kind, ruleId: approval.ruleId },
      ...{ riskTier: approval.riskTier, title: approval.title, digest: approval.digest },
      direction: sql<string | null>`${approval.summary} ->> 'direction'`,
      // Index: the table's primary key.
      seen: sql<string | null>`(select r.rendered_digest from approval_reading r
        where r.approval_id = approval.id and r.person_id = ${actor.id})`,
    })
    .from(approval)
    .where(and(inArray(approval.id, ids), within(actor, 'approval.decide', approval.departmentId)))
  if (rows.length !== items.length) refused('One of these does not exist, or you may not see it.')
  return rows.map(({ seen, ...row }) => ({
    ...row,
    opened: seen !== null,
    rendered: seen ?? lineDigest(row),
  }))
}

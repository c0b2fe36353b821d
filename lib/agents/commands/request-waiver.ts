import 'server-only'
import { and, eq } from 'drizzle-orm'
import { waiver } from '@/drizzle/schema/constitution'
import { person } from '@/drizzle/schema/people'
import { openApproval } from '@/lib/approvals/commands'
import { type ApprovalRule, plainItem, ruleFor } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { approvalRules } from '@/lib/constitution/model'
import { whyNotLastDay, whyNotWaivable } from '@/lib/constitution/waivers'
import { canonicalJson } from '@/lib/core/canonical-json'
import { conflict, invalid, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { storable, storableText } from '@/lib/core/storable'
import type { Tx } from '@/lib/db/transaction'
import { requestWaiverInput } from '../model'
import { lastHolders, type WaivedFinding } from '../queries/excuses'
import { lockAgent } from '../queries/lock'
import { locateFinding } from '../queries/on-finding'

const DAY_MS = 86_400_000

/**
 * Asks people to excuse one finding of an agent until a day: with a reason, an owner who answers for
 * it, at most 30 days. Whoever asks, the owner, and on a renewal who held the last one never decide.
 * When nobody has decided by the end of its last day, it is denied.
 */
export const requestWaiver = command({
  name: 'waiver.request',
  permission: 'waiver.request',
  input: requestWaiverInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, actor, input, subject: agent, now, event }) => {
    if (actor.kind !== 'person') refused('Only a person can ask for a waiver.')
    if (agent.state === 'retired') refused(`${agent.slug} is retired. There is nothing to excuse.`)
    const { finding, setting } = await locateFinding(tx, agent, input)
    const why = whyNotWaivable(finding)
    if (why !== null) refused(why)
    const late = whyNotLastDay(input.endsOn, now)
    if (late !== null) invalid(late, { endsOn: late })
    await requireOwner(tx, input.ownerId)
    const { rule, severity, message, lines } = finding
    const about = { agentId: agent.id, rule, fingerprint: input.fingerprint }
    await refuseSecond(tx, about)
    const { reason, ownerId, endsOn } = input
    const shown: WaivedFinding = { severity, message, lines, digest: input.digest }
    const terms = { ...about, finding: { severity, message }, reason, ownerId, endsOn }
    const digest = sha256(canonicalJson(terms))
    const { rulebook, department } = setting
    const facts = { ...plainItem('waiver', agent.riskTier), department }
    const id = newId<'waiver'>(now.getTime())
    const item = await openApproval(
      { tx, now, event },
      {
        kind: 'waiver',
        subjectId: id,
        digest,
        title: storableText(`Excuses ${rule} of ${agent.slug} until ${endsOn}`),
        riskTier: agent.riskTier,
        departmentId: agent.departmentId,
        agentId: agent.id,
        runId: null,
        rule: untilLastDay(ruleFor(approvalRules(rulebook), facts), endsOn, now),
        requestedBy: actor.id,
        excluded: [actor.id, ownerId, ...(await lastHolders(tx, about))],
        summary: { agent: agent.slug, rule, until: endsOn, by: actor.name },
      },
    )
    await tx.insert(waiver).values({
      ...{ id, ...about, reason, ownerId, endsOn },
      finding: storable(shown),
      requestedBy: actor.id,
      state: 'requested',
      approvalId: item.id,
      createdAt: now,
      auditEventId: event,
    })
    const fact: Fact = {
      action: 'waiver.requested',
      dept: agent.departmentId,
      targets: [
        { t: 'waiver', id, sha256: digest },
        { t: 'agent', id: agent.id },
      ],
      data: { rule, digest, owner: ownerId, ends_on: endsOn },
      private: { reason },
    }
    return { value: { waiverId: id, approvalId: item.id }, fact: [fact, item.fact] as const }
  },
})

function untilLastDay(rule: ApprovalRule, endsOn: string, now: Date): ApprovalRule {
  const end = Date.parse(`${endsOn}T00:00:00Z`) + DAY_MS
  const left = end - now.getTime()
  const deadlineMs = rule.deadlineMs === null ? left : Math.min(left, rule.deadlineMs)
  return { ...rule, deadlineMs, expiryOutcome: 'deny' }
}

async function requireOwner(tx: Tx, id: string): Promise<void> {
  const [found] = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, id), eq(person.state, 'active')))
  if (!found) invalid('Name an owner who is active here.', { ownerId: 'Not active here.' })
}

/** Index: waiver_live. */
async function refuseSecond(
  tx: Tx,
  about: { agentId: string; rule: string; fingerprint: string },
): Promise<void> {
  const [open] = await tx
    .select({ id: waiver.id })
    .from(waiver)
    .where(
      and(
        eq(waiver.agentId, about.agentId),
        eq(waiver.rule, about.rule),
        eq(waiver.fingerprint, about.fingerprint),
        eq(waiver.state, 'requested'),
      ),
    )
  if (open) conflict('Somebody has asked to excuse this already. It waits in the inbox.')
}

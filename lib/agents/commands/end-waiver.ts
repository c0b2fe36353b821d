import 'server-only'
import { eq } from 'drizzle-orm'
import { waiver } from '@/drizzle/schema/constitution'
import { closeApproval } from '@/lib/approvals/commands'
import { lockApproval } from '@/lib/approvals/queries'
import { command } from '@/lib/command/command'
import { isInForce } from '@/lib/constitution/waivers'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { revokeWaiverInput, withdrawWaiverInput } from '../model'
import { lockWaiver } from '../queries/lock'
import { refusedFact } from './settle-waiver'

/** Takes an open request back. Only who asked for it may. */
export const withdrawWaiver = command({
  name: 'waiver.withdraw',
  permission: 'waiver.request',
  input: withdrawWaiverInput,
  subject: async ({ tx, input }) => {
    const locked = await lockWaiver(tx, input.waiverId)
    return { ...locked, departmentId: locked.agent.departmentId }
  },
  run: async ({ tx, actor, subject, now, event }) => {
    const { waiver: row } = subject
    if (actor.kind !== 'person' || actor.id !== row.requestedBy) {
      refused('Only the person who asked for this waiver may withdraw it.')
    }
    if (row.state !== 'requested') conflict(`This waiver is already ${row.state}.`)
    const item = (await lockApproval(tx, row.approvalId)) ?? notFound('The approval')
    const part = { tx, now, event }
    const closed = await closeApproval(part, item, { state: 'withdrawn', because: 'withdrawn' })
    await tx
      .update(waiver)
      .set({ state: 'withdrawn', settledAt: now, auditEventId: event })
      .where(eq(waiver.id, row.id))
    const value = { waiverId: row.id }
    return { value, fact: [refusedFact(subject, 'withdrawn'), closed.fact] as const }
  },
})

/** Ends a waiver in force before its last day; the finding counts again at once. */
export const revokeWaiver = command({
  name: 'waiver.revoke',
  permission: 'waiver.revoke',
  input: revokeWaiverInput,
  subject: async ({ tx, input }) => {
    const locked = await lockWaiver(tx, input.waiverId)
    return { ...locked, departmentId: locked.agent.departmentId }
  },
  run: async ({ tx, input, subject, now, event }) => {
    const { waiver: row, agent } = subject
    if (!isInForce(row, now)) conflict('This waiver is not in force.')
    await tx
      .update(waiver)
      .set({ state: 'revoked', settledAt: now, auditEventId: event })
      .where(eq(waiver.id, row.id))
    return {
      value: { waiverId: row.id },
      fact: {
        action: 'waiver.revoked',
        dept: agent.departmentId,
        targets: [
          { t: 'waiver', id: row.id },
          { t: 'agent', id: agent.id },
        ],
        data: { rule: row.rule, ends_on: row.endsOn },
        private: { reason: input.reason },
      },
    }
  },
})

import 'server-only'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { approvalSnooze } from '@/drizzle/schema/inbox'
import type { Fact } from '@/lib/audit/catalogue'
import { command, UNCHANGED } from '@/lib/command/command'
import { refused } from '@/lib/core/errors'
import { arranger, lockArranged } from '../queries/arrange'
import { whyNotSnooze } from '../rules/snooze'

/** Sets an item aside for this person alone. It comes back by itself, always before its deadline. */
export const snoozeApproval = command({
  name: 'approval.snooze',
  permission: 'approval.arrange',
  input: z.strictObject({ approvalId: z.uuid(), until: z.iso.datetime() }),
  subject: ({ tx, input }) => lockArranged(tx, input.approvalId),
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { row } = subject
    const { id } = arranger(actor, row, now)
    const until = new Date(input.until)
    const why = whyNotSnooze(until, now, row.deadlineAt)
    if (why !== null) refused(why)
    const values = { approvalId: row.id, personId: id, until, auditEventId: event }
    await tx
      .insert(approvalSnooze)
      .values(values)
      .onConflictDoUpdate({
        target: [approvalSnooze.approvalId, approvalSnooze.personId],
        set: { until, auditEventId: event },
      })
    const data = { until: until.toISOString() }
    const fact: Fact = { ...aboutItem(row), action: 'approval.snoozed', data }
    return { value: { until: until.toISOString() }, fact }
  },
})

/** Takes an item back before its time. */
export const wakeApproval = command({
  name: 'approval.wake',
  permission: 'approval.arrange',
  input: z.strictObject({ approvalId: z.uuid() }),
  subject: ({ tx, input }) => lockArranged(tx, input.approvalId),
  run: async ({ tx, actor, subject, now, event }) => {
    const { row } = subject
    const { id } = arranger(actor, row, now)
    const own = and(eq(approvalSnooze.approvalId, row.id), eq(approvalSnooze.personId, id))
    const [snooze] = await tx.select().from(approvalSnooze).where(own)
    if (!snooze || snooze.until <= now) return { value: null, fact: UNCHANGED }
    await tx.update(approvalSnooze).set({ until: now, auditEventId: event }).where(own)
    const fact: Fact = { ...aboutItem(row), action: 'approval.recalled', data: {} }
    return { value: null, fact }
  },
})

/** What a fact about one item is about, and who may see it. */
export function aboutItem(row: { id: string; digest: string; departmentId: string | null }) {
  return {
    dept: row.departmentId,
    targets: [{ t: 'approval' as const, id: row.id, sha256: row.digest }],
  }
}

import 'server-only'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { approvalReading } from '@/drizzle/schema/inbox'
import type { Fact } from '@/lib/audit/catalogue'
import { command, UNCHANGED } from '@/lib/command/command'
import { arranger, lockArranged } from '../queries/arrange'
import { aboutItem } from './snooze'

/**
 * Keeps that a person who may decide had the whole item on screen, and what was rendered. Approving
 * many at once asks for it; it is never taken as a decision.
 */
export const viewApproval = command({
  name: 'approval.view',
  permission: 'approval.arrange',
  input: z.strictObject({
    approvalId: z.uuid(),
    renderedDigest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  subject: ({ tx, input }) => lockArranged(tx, input.approvalId),
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { row } = subject
    const { id } = arranger(actor, row, now)
    const { renderedDigest } = input
    const own = and(eq(approvalReading.approvalId, row.id), eq(approvalReading.personId, id))
    const [known] = await tx.select().from(approvalReading).where(own)
    if (known?.renderedDigest === renderedDigest) return { value: null, fact: UNCHANGED }
    const shown = { renderedDigest, auditEventId: event }
    if (known) await tx.update(approvalReading).set(shown).where(own)
    else {
      const values = { approvalId: row.id, personId: id, readAt: now, ...shown }
      await tx.insert(approvalReading).values(values)
    }
    const data = { digest: row.digest, rendered: renderedDigest }
    const fact: Fact = { ...aboutItem(row), action: 'approval.viewed', data }
    return { value: null, fact }
  },
})

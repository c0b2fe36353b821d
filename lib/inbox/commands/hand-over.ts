import 'server-only'
import { count, eq } from 'drizzle-orm'
import { z } from 'zod'
import { approvalHandover } from '@/drizzle/schema/inbox'
import { person } from '@/drizzle/schema/people'
import { eligiblePeople, liveDecisions } from '@/lib/approvals/queries'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { arranger, lockArranged } from '../queries/arrange'
import { whyNotHandOver } from '../rules/handover'
import { aboutItem } from './snooze'

/**
 * Gives one item to another person with a note: it leaves the giver's "Needs me" and comes to the
 * other as "from" them. Rights do not move: the other must be able to decide it by themselves.
 */
export const handOver = command({
  name: 'approval.hand-over',
  permission: 'approval.arrange',
  input: z.strictObject({
    approvalId: z.uuid(),
    toId: z.uuid(),
    note: z.string().trim().max(MAX_MESSAGE).default(''),
  }),
  subject: ({ tx, input }) => lockArranged(tx, input.approvalId),
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { row } = subject
    const { id } = arranger(actor, row, now)
    const [to] = await tx.select().from(person).where(eq(person.id, input.toId))
    if (!to) notFound('This person')
    const eligible = await eligiblePeople(tx, row.departmentId, row.excluded)
    const decisions = await liveDecisions(tx, row.id)
    if (decisions.some((one) => one.personId === id)) conflict('You have already decided this.')
    const [handed] = await tx
      .select({ times: count() })
      .from(approvalHandover)
      .where(eq(approvalHandover.approvalId, row.id))
    const before = handed?.times ?? 0
    const why = whyNotHandOver(
      {
        ...{ id: to.id, name: to.name },
        eligible: eligible.some((one) => one.id === to.id),
        excluded: row.excluded.includes(to.id),
        signed: decisions.some((one) => one.personId === to.id),
      },
      { giver: id, before },
    )
    if (why !== null) refused(why)
    const hop = before + 1
    await tx.insert(approvalHandover).values({
      id: newId<'handover'>(now.getTime()),
      ...{ approvalId: row.id, fromId: id, toId: to.id, note: input.note, hop },
      ...{ handedAt: now, auditEventId: event },
    })
    const about = aboutItem(row)
    const fact: Fact = {
      ...about,
      action: 'approval.delegated',
      targets: [...about.targets, { t: 'person', id: to.id }],
      data: { hop },
      ...(input.note === '' ? {} : { private: { note: input.note } }),
    }
    return { value: { to: to.name }, fact }
  },
})

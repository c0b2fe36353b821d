import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { groupMember, reviewerGroup } from '@/drizzle/schema/people'
import type { Fact } from '@/lib/audit/catalogue'
import { command, UNCHANGED } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId, slugify } from '@/lib/core/ids'
import { createGroupInput, groupMemberInput } from '../model'
import { lockPerson } from '../queries/lock'
import { whyNotJoin } from '../rules'

/** Makes a group that approval rules may ask for. Throws `conflict` when the name is taken. */
export const createGroup = command({
  name: 'group.create',
  permission: 'role.grant',
  input: createGroupInput,
  subject: async () => ({ departmentId: null }),
  run: async ({ tx, input, now, event }) => {
    const id = newId<'group'>(now.getTime())
    const slug = slugify(input.name, `group-${id.slice(-8)}`)
    if (slug === 'approvers') refused('Everybody who holds the role of approver is that group.')
    const made = await tx
      .insert(reviewerGroup)
      .values({ id, slug, name: input.name, createdAt: now, auditEventId: event })
      .onConflictDoNothing()
      .returning({ id: reviewerGroup.id })
    if (made.length === 0) conflict('A group of this name exists already.')
    return {
      value: { id, slug },
      fact: {
        action: 'group.created',
        targets: [{ t: 'reviewer_group', id }],
        data: { slug },
        private: { name: input.name },
      },
    }
  },
})

/** Lets a person sign for a group; membership alone gives no role. Never oneself. */
export const addToGroup = command({
  name: 'group.add',
  permission: 'role.grant',
  input: groupMemberInput,
  subject: async ({ tx, input }) => {
    const [group] = await tx
      .select({ id: reviewerGroup.id, slug: reviewerGroup.slug })
      .from(reviewerGroup)
      .where(eq(reviewerGroup.id, input.groupId))
      .for('update')
    const person = await lockPerson(tx, input.personId)
    return { departmentId: null, group: group ?? notFound('This group'), person }
  },
  run: async ({ tx, actor, input, subject, now, event }) => {
    const why = whyNotJoin(actor, subject.person)
    if (why !== null) refused(why)
    const made = await tx
      .insert(groupMember)
      .values({
        id: newId<'group_member'>(now.getTime()),
        ...input,
        addedAt: now,
        auditEventId: event,
      })
      .onConflictDoNothing()
      .returning({ id: groupMember.id })
    if (made.length === 0) return { value: null, fact: UNCHANGED }
    return { value: null, fact: memberFact('group.member_added', input, subject.group.slug) }
  },
})

/** Takes a person out of a group; it holds from the next decision. */
export const removeFromGroup = command({
  name: 'group.remove',
  permission: 'role.grant',
  input: groupMemberInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({ id: groupMember.id, slug: reviewerGroup.slug })
      .from(groupMember)
      .innerJoin(reviewerGroup, eq(reviewerGroup.id, groupMember.groupId))
      .where(
        and(
          eq(groupMember.groupId, input.groupId),
          eq(groupMember.personId, input.personId),
          isNull(groupMember.removedAt),
        ),
      )
      .for('update', { of: groupMember })
    return { departmentId: null, ...(row ?? notFound('This member')) }
  },
  run: async ({ tx, input, subject, now, event }) => {
    await tx
      .update(groupMember)
      .set({ removedAt: now, auditEventId: event })
      .where(eq(groupMember.id, subject.id))
    return { value: null, fact: memberFact('group.member_removed', input, subject.slug) }
  },
})

function memberFact(
  action: 'group.member_added' | 'group.member_removed',
  { groupId, personId }: { groupId: string; personId: string },
  slug: string,
): Fact {
  const targets = [
    { t: 'reviewer_group' as const, id: groupId },
    { t: 'person' as const, id: personId },
  ]
  return { action, targets, data: { slug } }
}

import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { absence } from '@/drizzle/schema/inbox'
import { person, roleGrant } from '@/drizzle/schema/people'
import type { Actor, PersonActor } from '@/lib/auth/actor'
import { rolesWith, scopeOf } from '@/lib/auth/permissions'
import { command, UNCHANGED } from '@/lib/command/command'
import { notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import type { Tx } from '@/lib/db/transaction'
import { standingAbsences } from '../queries/arrange'
import { whyNotAway } from '../rules/absence'

/** Absences are compared with each other, so they are planned one after another. */
const ABSENCE_LOCK = 0x61627365

/**
 * Says that somebody else looks after what needs this person for a time. No right moves with it: the
 * delegate sees an item as "for" them only where they may decide it by themselves.
 */
export const planAbsence = command({
  name: 'absence.plan',
  permission: 'absence.own',
  input: z.strictObject({
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    delegateId: z.uuid(),
  }),
  subject: async ({ tx, actor }) => {
    const owner = personOf(actor)
    await tx.execute(sql`select pg_advisory_xact_lock(${ABSENCE_LOCK})`)
    return { departmentId: null, owner }
  },
  run: async ({ tx, input, subject, now, event }) => {
    const { owner } = subject
    const { delegateId } = input
    const from = new Date(input.from)
    const until = new Date(input.until)
    await requireDelegate(tx, owner, delegateId)
    const wanted = { personId: owner.id, delegateId, from, until }
    const why = whyNotAway(wanted, await standingAbsences(tx, now), now)
    if (why !== null) refused(why)
    const id = newId<'absence'>(now.getTime())
    await tx.insert(absence).values({
      ...{ id, personId: owner.id, delegateId },
      ...{ fromAt: from, untilAt: until, auditEventId: event },
    })
    return {
      value: { absenceId: id },
      fact: {
        action: 'absence.planned',
        targets: [{ t: 'person', id: delegateId }],
        data: { from: from.toISOString(), until: until.toISOString() },
      },
    }
  },
})

/** Ends one's own absence now, or takes a planned one back. */
export const endAbsence = command({
  name: 'absence.end',
  permission: 'absence.own',
  input: z.strictObject({ absenceId: z.uuid() }),
  subject: async ({ tx, actor, input }) => {
    const owner = personOf(actor)
    const [row] = await tx
      .select()
      .from(absence)
      .where(and(eq(absence.id, input.absenceId), eq(absence.personId, owner.id)))
      .for('update')
    // Somebody else's absence does not exist here.
    return { departmentId: null, row: row ?? notFound('This absence') }
  },
  run: async ({ tx, subject, now, event }) => {
    const { row } = subject
    if (row.endedAt !== null || row.untilAt <= now) return { value: null, fact: UNCHANGED }
    await tx
      .update(absence)
      .set({ endedAt: now, auditEventId: event })
      .where(eq(absence.id, row.id))
    return { value: null, fact: { action: 'absence.ended', targets: [], data: {} } }
  },
})

function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person' || actor.via === 'cli') {
    refused('Only a person who is signed in can be away.')
  }
  return actor
}

/** The delegate is active and decides somewhere where this person decides. Index: role_grant_person. */
async function requireDelegate(tx: Tx, owner: PersonActor, delegateId: string): Promise<void> {
  const own = scopeOf(owner, 'approval.decide')
  if (!own.everywhere && own.departments.length === 0) {
    refused('You decide nothing, so nobody has to stand in for you.')
  }
  const roles = rolesWith('approval.decide')
  const grants = await tx
    .select({ departmentId: roleGrant.departmentId, name: person.name })
    .from(roleGrant)
    .innerJoin(person, and(eq(person.id, roleGrant.personId), eq(person.state, 'active')))
    .where(
      and(
        eq(roleGrant.personId, delegateId),
        isNull(roleGrant.revokedAt),
        sql`${roleGrant.role} in ${[...roles]}`,
      ),
    )
  const covers = grants.some(
    ({ departmentId }) =>
      departmentId === null || own.everywhere || own.departments.includes(departmentId),
  )
  if (covers) return
  refused('Whoever you name decides nothing that you decide. Name an approver of your department.')
}

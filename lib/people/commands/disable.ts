import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { person } from '@/drizzle/schema/people'
import { command } from '@/lib/command/command'
import { refused } from '@/lib/core/errors'
import { personInput } from '../model'
import { lockAdministrators, lockPerson, placeOfPerson } from '../queries/lock'
import { whyNotDisable } from '../rules'
import { endSessionsPart, voidInvitationsPart } from './parts'

/**
 * Shuts a person out: sessions and open links end in the same transaction. Their record stays.
 * Throws `refused` for oneself and for the last administrator.
 */
export const disablePerson = command({
  name: 'person.disable',
  permission: 'people.disable',
  input: personInput,
  subject: async ({ tx, actor, input }) => {
    const locked = await lockPerson(tx, input.personId)
    const at = { actor, permission: 'people.disable', personId: locked.id } as const
    return { person: locked, departmentId: await placeOfPerson(tx, at) }
  },
  run: async ({ tx, actor, subject, now, event }) => {
    const personId = subject.person.id
    const why = whyNotDisable(actor, subject.person, await lockAdministrators(tx))
    if (why !== null) refused(why)
    await tx
      .update(person)
      .set({ state: 'disabled', auditEventId: event })
      .where(eq(person.id, personId))
    await voidInvitationsPart({ tx, now, event }, personId)
    const ended = await endSessionsPart({ tx, now }, { personId, because: 'disabled' })
    return {
      value: { sessions: ended.length },
      fact: [
        {
          action: 'person.disabled',
          targets: [{ t: 'person', id: personId }],
          data: { sessions: ended.length },
        },
        ...ended,
      ],
    }
  },
})

/** Lets a disabled person in again, with the roles they still hold. */
export const enablePerson = command({
  name: 'person.enable',
  permission: 'people.disable',
  input: personInput,
  subject: async ({ tx, actor, input }) => {
    const locked = await lockPerson(tx, input.personId)
    const at = { actor, permission: 'people.disable', personId: locked.id } as const
    return { person: locked, departmentId: await placeOfPerson(tx, at) }
  },
  run: async ({ tx, subject, event }) => {
    const personId = subject.person.id
    if (subject.person.state !== 'disabled') refused('This person is not disabled.')
    // Whoever never joined goes on waiting for an invitation link.
    const joined = await tx.execute(sql`
      select 1 from password where person_id = ${personId}
      union all select 1 from identity where person_id = ${personId} limit 1`)
    const state = joined.length > 0 ? 'active' : 'invited'
    await tx.update(person).set({ state, auditEventId: event }).where(eq(person.id, personId))
    return {
      value: null,
      fact: { action: 'person.enabled', targets: [{ t: 'person', id: personId }], data: {} },
    }
  },
})

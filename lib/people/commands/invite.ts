import 'server-only'
import { person } from '@/drizzle/schema/people'
import type { Fact } from '@/lib/audit/catalogue'
import { can } from '@/lib/auth/permissions'
import { command } from '@/lib/command/command'
import { ChanceryError, conflict, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { violatedConstraint } from '@/lib/db/transaction'
import { invitePersonInput, personInput } from '../model'
import { lockPerson, placeOfPerson, requireDepartment } from '../queries/lock'
import { grantPart, invitationPart, type Part } from './parts'

/**
 * Invites a person with their first roles. Returns the secret of the one-time link, which is shown
 * once and kept only as a hash. Throws `conflict` when somebody has this e-mail already, and
 * `forbidden` or `not_found` when one of the departments is out of the actor's reach.
 */
export const invitePerson = command({
  name: 'person.invite',
  permission: 'people.invite',
  input: invitePersonInput,
  subject: async ({ tx, actor, input }) => {
    const places = input.roles.map((grant) => grant.departmentId)
    for (const id of new Set(places)) if (id !== null) await requireDepartment(tx, id)
    // The first place that is out of reach decides, so that one allowed role opens no other.
    const barred = places.find((id) => !can(actor, 'people.invite', id))
    return { departmentId: (barred === undefined ? places[0] : barred) ?? null }
  },
  run: async ({ tx, actor, input, now, event }) => {
    const { name, email } = input
    const personId = newId<'person'>(now.getTime())
    const part: Part = { tx, now, event }
    if (input.roles.some((grant) => !can(actor, 'role.grant', grant.departmentId))) {
      throw new ChanceryError('forbidden', 'You may not give one of these roles there.')
    }
    try {
      // A savepoint: the refused insert must not take the whole transaction with it.
      await tx.transaction(async (inner) => {
        const row = { id: personId, name, email, state: 'invited' as const }
        await inner.insert(person).values({ ...row, createdAt: now, auditEventId: event })
      })
    } catch (error) {
      if (violatedConstraint(error) !== 'person_email') throw error
      conflict('Somebody with this e-mail is here already. Look for them under People.')
    }
    const granted: Fact[] = []
    for (const grant of input.roles) {
      const fact = await grantPart(part, { personId, ...grant })
      if (fact) granted.push(fact)
    }
    const token = await invitationPart(part, personId)
    return {
      value: { personId, token },
      fact: [
        {
          action: 'person.invited',
          targets: [{ t: 'person', id: personId }],
          data: {},
          private: { name, email },
        },
        ...granted,
      ],
    }
  },
})

/** Makes a new link for a person who has not joined yet; the earlier one stops working. */
export const renewInvitation = command({
  name: 'invitation.renew',
  permission: 'people.invite',
  input: personInput,
  subject: async ({ tx, actor, input }) => {
    const locked = await lockPerson(tx, input.personId)
    const at = { actor, permission: 'people.invite', personId: locked.id } as const
    return { person: locked, departmentId: await placeOfPerson(tx, at) }
  },
  run: async ({ tx, subject, now, event }) => {
    if (subject.person.state !== 'invited') {
      refused(
        'This person has joined, so there is nothing to renew. Whoever forgot a password is let in again on the machine itself: chancery user recover <e-mail>.',
      )
    }
    const token = await invitationPart({ tx, now, event }, subject.person.id)
    return {
      value: { personId: subject.person.id, token },
      fact: {
        action: 'invitation.renewed',
        targets: [{ t: 'person', id: subject.person.id }],
        data: {},
      },
    }
  },
})

/**
 * Opens a way back in for an active person who lost theirs: a one-time link to choose a password.
 * Only the command line may (see `people.recover`): an administrator who could would be able to
 * sign as anybody.
 */
export const recoverPerson = command({
  name: 'person.recover',
  permission: 'people.recover',
  input: personInput,
  subject: async ({ tx, input }) => {
    return { person: await lockPerson(tx, input.personId), departmentId: null }
  },
  run: async ({ tx, subject, now, event }) => {
    if (subject.person.state === 'disabled') refused('This person is disabled. Enable them first.')
    const token = await invitationPart({ tx, now, event }, subject.person.id)
    return {
      value: { personId: subject.person.id, token },
      fact: {
        action: 'recovery.opened',
        targets: [{ t: 'person', id: subject.person.id }],
        data: {},
      },
    }
  },
})

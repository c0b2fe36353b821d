import { mail } from '@/drizzle/schema/notifications'
import { CLI } from '@/lib/auth/actor'
import { secretHash } from '@/lib/auth/sessions'
import { newId } from '@/lib/core/ids'
import { preferMail, readNotices, resendMail } from '@/lib/notifications/commands'
import { createDepartment } from '@/lib/people/commands/departments'
import { disablePerson, enablePerson } from '@/lib/people/commands/disable'
import { addToGroup, createGroup, removeFromGroup } from '@/lib/people/commands/groups'
import { invitePerson, recoverPerson, renewInvitation } from '@/lib/people/commands/invite'
import { acceptByIdentity, acceptInvitation, linkIdentity } from '@/lib/people/commands/join'
import { grantRole, revokeRole } from '@/lib/people/commands/roles'
import {
  changePassword,
  endOtherSessions,
  endSession,
  startSession,
} from '@/lib/people/commands/sessions'
import { setUp } from '@/lib/people/commands/set-up'
import { removeView, saveView } from '@/lib/people/commands/views'
import { getPerson } from '@/lib/people/queries/people'
import { ADMIN, aPerson } from '@/lib/people/testing/organisation'
import type { Attempt, Row } from './row'
import { once } from './world'

/** Somebody who works in department A alone. */
const target = once(({ here, a }) => aPerson(here.admin, [{ role: 'viewer', departmentId: a }]))
const waiting = once(async ({ here, a }) => {
  const roles = [{ role: 'viewer', departmentId: a }]
  const input = { name: 'Waiting', email: 'waiting@example.org', roles }
  return (await invitePerson.execute(here.admin, input)).value.personId
})
const disabled = once(async (world) => {
  const person = await aPerson(world.here.admin, [{ role: 'viewer', departmentId: world.a }])
  await disablePerson.execute(world.here.admin, { personId: person.id })
  return person.id
})

/** A link that stands for the person who asks. */
async function linkOf({ person, within }: Attempt): Promise<string> {
  const recovery = await recoverPerson.execute(CLI, { personId: person.id }, { within })
  return recovery.value.token
}

async function sessionOf({ person, within }: Attempt): Promise<string> {
  const input = { userAgent: null, rehashed: null }
  const { value } = await startSession.execute(person, input, { within })
  return secretHash(value.sessionId).slice(0, 16)
}

const aView = { viewId: null, screen: 'agents', name: 'Mine', query: 'risk=high' }
async function viewOf({ person, within }: Attempt): Promise<string> {
  return (await saveView.execute(person, aView, { within })).value.viewId
}

const identity = { issuer: 'https://sso.example.org', subject: 'a fresh subject' }
const self = { place: 'self', roles: 'everybody', system: false } as const
/** A group made for this attempt by somebody who may. */
async function group({ world, within }: Attempt): Promise<string> {
  const name = 'Somebody has to look'
  return (await createGroup.execute(world.here.admin, { name }, { within })).value.id
}

const administrator = { roles: ['administrator'], system: false } as const

export const PEOPLE_ROWS: readonly Row[] = [
  {
    command: setUp,
    place: 'installation',
    roles: ['administrator'],
    system: true,
    // Nobody sets up twice, whatever they may.
    ends: 'refused',
    input: () => ({
      token: 'x'.repeat(43),
      organisation: 'Another',
      department: 'Another',
      ...ADMIN,
    }),
  },
  {
    command: invitePerson,
    place: 'department',
    ...administrator,
    input: ({ world }) => ({
      name: 'New',
      email: 'new@example.org',
      roles: [{ role: 'viewer', departmentId: world.a }],
    }),
  },
  {
    command: renewInvitation,
    place: 'department',
    ...administrator,
    input: async ({ world }) => ({ personId: await waiting(world) }),
  },
  {
    command: recoverPerson,
    place: 'installation',
    roles: [],
    system: true,
    input: async ({ world }) => ({ personId: (await target(world)).id }),
  },
  {
    command: disablePerson,
    place: 'department',
    ...administrator,
    input: async ({ world }) => ({ personId: (await target(world)).id }),
  },
  {
    command: enablePerson,
    place: 'department',
    ...administrator,
    input: async ({ world }) => ({ personId: await disabled(world) }),
  },
  {
    command: grantRole,
    place: 'department',
    ...administrator,
    input: async ({ world }) => {
      const { id } = await target(world)
      return { personId: id, role: 'author', departmentId: world.a }
    },
  },
  {
    command: revokeRole,
    place: 'department',
    ...administrator,
    input: async ({ world }) => {
      const person = await getPerson(world.here.admin, (await target(world)).id)
      return { grantId: person.roles[0]?.grantId }
    },
  },
  {
    command: createDepartment,
    place: 'installation',
    ...administrator,
    input: () => ({ name: 'Another' }),
  },
  {
    command: createGroup,
    place: 'installation',
    ...administrator,
    input: () => ({ name: 'Security' }),
  },
  {
    command: addToGroup,
    place: 'installation',
    ...administrator,
    input: async (attempt) => ({
      groupId: await group(attempt),
      personId: (await target(attempt.world)).id,
    }),
  },
  {
    command: removeFromGroup,
    place: 'installation',
    ...administrator,
    input: async (attempt) => {
      const { world, within } = attempt
      const input = { groupId: await group(attempt), personId: (await target(world)).id }
      await addToGroup.execute(world.here.admin, input, { within })
      return input
    },
  },
  { command: readNotices, ...self, input: () => ({ notices: [] }) },
  { command: preferMail, ...self, input: () => ({ wanted: 'none' }) },
  {
    command: resendMail,
    place: 'installation',
    roles: ['administrator'],
    system: true,
    input: async ({ person, within }) => {
      const id = newId<'mail'>()
      await within.tx.insert(mail).values({
        ...{ id, personId: person.id, subject: 'One', body: 'One', state: 'failed' },
        ...{ attempts: 8, createdAt: within.now },
      })
      return { mailId: id }
    },
  },
  { command: startSession, ...self, input: () => ({ rehashed: null }) },
  { command: endOtherSessions, ...self, input: () => ({}) },
  {
    command: endSession,
    ...self,
    input: async (attempt) => ({ session: await sessionOf(attempt), because: 'revoked' }),
  },
  {
    command: changePassword,
    ...self,
    // These people sign in at a provider.
    ends: 'refused',
    input: () => ({ current: 'copper kettle on ice', next: 'another quiet harbour' }),
  },
  {
    command: acceptInvitation,
    ...self,
    // A weak password is where this ends, before it costs a hash for everybody in the matrix.
    ends: 'invalid',
    input: async (attempt) => ({ token: await linkOf(attempt), password: 'weak' }),
  },
  {
    command: acceptByIdentity,
    ...self,
    input: async (attempt) => ({ token: await linkOf(attempt), ...identity }),
  },
  { command: linkIdentity, ...self, input: () => identity },
  { command: saveView, ...self, input: () => aView },
  {
    command: removeView,
    ...self,
    input: async (attempt) => ({ viewId: await viewOf(attempt) }),
  },
]

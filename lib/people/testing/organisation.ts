import { type PersonActor, SETUP } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/permissions'
import { actorForInvitation, actorForPerson, secretHash } from '@/lib/auth/sessions'
import { createDepartment } from '../commands/departments'
import { invitePerson } from '../commands/invite'
import { acceptByIdentity } from '../commands/join'
import { setUp } from '../commands/set-up'
import { ensureSetupToken } from '../setup'

/** A set-up installation in the test's database, made the way people make one. */
export type Organisation = {
  /** The first person: administrator, author, operator, auditor and viewer everywhere. */
  admin: PersonActor
  /** Live session of the first person. */
  sessionId: string
  departmentId: string
}

export const ADMIN = {
  name: 'Mara Lindqvist',
  email: 'mara@example.org',
  password: 'seven quiet harbour lamps',
} as const

/** Sets the test's database up: one organisation, the department Platform, one person. */
export async function anOrganisation(): Promise<Organisation> {
  const path = await ensureSetupToken()
  const token = path?.split('=')[1] ?? ''
  const organisation = { token, organisation: 'Example Freight', department: 'Platform' }
  const { value } = await setUp.execute(SETUP, { ...organisation, ...ADMIN })
  const admin = await actorForPerson({ id: value.personId }, 'setup')
  if (!admin) throw new Error('The first person is not active.')
  const { sessionId, departmentId } = value
  return { admin, sessionId, departmentId }
}

/** Another department of the organisation. */
export async function aDepartment(admin: PersonActor, name: string): Promise<string> {
  return (await createDepartment.execute(admin, { name })).value.id
}

let people = 0
/** A person who joined, with these roles. Proven by an identity, which costs no password hash. */
export async function aPerson(
  admin: PersonActor,
  roles: readonly { role: Role; departmentId: string | null }[],
  name = `Person ${people + 1}`,
): Promise<PersonActor> {
  people += 1
  const email = `person-${people}@example.org`
  const { value } = await invitePerson.execute(admin, { name, email, roles: [...roles] })
  const invited = await actorForInvitation(value.token)
  if (!invited) throw new Error('The invitation does not hold.')
  const identity = { issuer: 'https://sso.example.org', subject: `subject-${people}` }
  await acceptByIdentity.execute(invited, { token: value.token, ...identity })
  const actor = await actorForPerson({ id: value.personId }, 'oidc')
  if (!actor) throw new Error('The person is not active.')
  return actor
}

/** The same person with a live session behind them, as the console would see them. */
export function withSession(actor: PersonActor, sessionId: string): PersonActor {
  return { ...actor, sessionHash: secretHash(sessionId).slice(0, 16) }
}

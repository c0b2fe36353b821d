import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CLI, type PersonActor } from '@/lib/auth/actor'
import { actorForInvitation, actorForSession } from '@/lib/auth/sessions'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { invitePerson, recoverPerson, renewInvitation } from './commands/invite'
import { acceptInvitation } from './commands/join'
import { changePassword } from './commands/sessions'
import { ownWaysIn } from './queries/own'
import { type Origin, signInWithPassword } from './sign-in'
import { ADMIN, anOrganisation, type Organisation } from './testing/organisation'

let database: TestDatabase
let here: Organisation
beforeAll(async () => {
  database = await freshDatabase()
  here = await anOrganisation()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.asAdmin('delete from rate_bucket')
})

const origin: Origin = { address: '203.0.113.0/24', userAgent: 'test', requestId: undefined }
const signIn = (password: string, email: string = ADMIN.email, from = origin) =>
  signInWithPassword({ email, password }, from)
const viewer = [{ role: 'viewer' as const, departmentId: null }]
let invited = 0
const invite = async () => {
  invited += 1
  const email = `invited-${invited}@example.org`
  const { value } = await invitePerson.execute(here.admin, { name: 'Ines', email, roles: viewer })
  return { ...value, email }
}
const join = async (token: string, password = 'copper kettle on ice') => {
  const actor = await actorForInvitation(token)
  if (!actor) return null
  return (await acceptInvitation.execute(actor, { token, password })).value.sessionId
}

describe('an invitation', () => {
  it('lets one person in, once', async () => {
    const { token, personId } = await invite()
    const [first, second] = await Promise.allSettled([join(token), join(token)])
    const sessions = [first, second].filter((r) => r?.status === 'fulfilled' && r.value !== null)
    expect(sessions).toHaveLength(1)
    expect(await join(token)).toBeNull()
    const sessionId = (sessions[0] as PromiseFulfilledResult<string>).value
    expect(await actorForSession(sessionId)).toMatchObject({ id: personId, via: 'invitation' })
  })

  it('is worthless when it has expired or was renewed', async () => {
    const { token, personId } = await invite()
    const renewed = await renewInvitation.execute(here.admin, { personId })
    expect(await join(token)).toBeNull()
    const actor = (await actorForInvitation(renewed.value.token)) as PersonActor
    await database.asAdmin('alter table invitation disable trigger user')
    await database.asAdmin(
      "update invitation set expires_at = now() - interval '1 second' where person_id = $1",
      [personId],
    )
    await database.asAdmin('alter table invitation enable always trigger tie_change')
    const input = { token: renewed.value.token, password: 'copper kettle on ice' }
    await expect(acceptInvitation.execute(actor, input)).rejects.toMatchObject({ code: 'refused' })
    expect(await actorForInvitation(renewed.value.token)).toBeNull()
  })

  it('of one person cannot be used as another', async () => {
    const { token } = await invite()
    const input = { token, password: 'copper kettle on ice' }
    await expect(acceptInvitation.execute(here.admin, input)).rejects.toMatchObject({
      code: 'refused',
    })
  })

  it('is refused for an e-mail that somebody has, in whatever case', async () => {
    const input = { name: 'Twin', email: ADMIN.email.toUpperCase(), roles: viewer }
    await expect(invitePerson.execute(here.admin, input)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('cannot be made for somebody who has joined: no administrator opens another’s account', async () => {
    const { token, personId } = await invite()
    await join(token)
    await expect(renewInvitation.execute(here.admin, { personId })).rejects.toMatchObject({
      code: 'refused',
    })
    await expect(recoverPerson.execute(here.admin, { personId })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('recovery on the machine', () => {
  it('lets a person choose a new password and ends every session they had', async () => {
    const { token, personId, email } = await invite()
    const before = (await join(token)) as string
    const recovery = await recoverPerson.execute(CLI, { personId })
    const after = (await join(recovery.value.token, 'another quiet harbour')) as string
    expect(await actorForSession(before)).toBeNull()
    expect(await actorForSession(after)).not.toBeNull()
    expect(await signIn('copper kettle on ice', email)).toBeNull()
    expect(await signIn('another quiet harbour', email)).not.toBeNull()
  })
})

describe('changing a password', () => {
  it('needs the present one, ends every session and gives a fresh one', async () => {
    const { token, email } = await invite()
    const old = (await join(token)) as string
    const actor = (await actorForSession(old)) as PersonActor
    const change = (current: string, next: string) =>
      changePassword.execute(actor, { current, next })
    await expect(change('wrong words', 'another quiet harbour')).rejects.toMatchObject({
      code: 'invalid',
      detail: { fields: { current: expect.any(String) } },
    })
    await expect(change('copper kettle on ice', 'short')).rejects.toMatchObject({
      detail: { fields: { next: expect.any(String) } },
    })
    const { value } = await change('copper kettle on ice', 'another quiet harbour')
    expect(await actorForSession(old)).toBeNull()
    expect(await actorForSession(value.sessionId)).not.toBeNull()
    expect(await signIn('copper kettle on ice', email)).toBeNull()
    expect((await ownWaysIn(actor)).password).toBe(true)
  })

  it('cannot be guessed from an open session', async () => {
    const { token } = await invite()
    const actor = (await actorForSession((await join(token)) as string)) as PersonActor
    const guess = () =>
      changePassword.execute(actor, { current: 'wrong words', next: 'another quiet harbour' })
    for (let i = 0; i < 5; i++) await expect(guess()).rejects.toMatchObject({ code: 'invalid' })
    await expect(guess()).rejects.toMatchObject({ code: 'limit' })
  })
})

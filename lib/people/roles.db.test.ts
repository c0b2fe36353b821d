import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { actorForSession } from '@/lib/auth/sessions'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { disablePerson, enablePerson } from './commands/disable'
import { invitePerson, renewInvitation } from './commands/invite'
import { grantRole, revokeRole } from './commands/roles'
import { startSession } from './commands/sessions'
import { viewInvitation } from './queries/installation'
import { getPerson, listPeople } from './queries/people'
import { aDepartment, anOrganisation, aPerson, type Organisation } from './testing/organisation'

let database: TestDatabase
let here: Organisation
let other: string
beforeAll(async () => {
  database = await freshDatabase()
  here = await anOrganisation()
  other = await aDepartment(here.admin, 'Finance')
})
afterAll(() => database.close())

const everywhere = (role: 'administrator' | 'viewer' | 'approver') => ({ role, departmentId: null })
const signIn = async (actor: PersonActor) => {
  const input = { userAgent: null, rehashed: null }
  return (await startSession.execute(actor, input)).value.sessionId
}
const grantOf = async (personId: string, role: string) => {
  const person = await getPerson(here.admin, personId)
  return person.roles.find((held) => held.role === role)!.grantId
}

describe('roles', () => {
  it('hold from the next request on, given and taken away', async () => {
    const person = await aPerson(here.admin, [everywhere('viewer')])
    const sessionId = await signIn(person)
    const given = { personId: person.id, role: 'operator', departmentId: other }
    await grantRole.execute(here.admin, given)
    expect((await actorForSession(sessionId))?.grants).toContainEqual({
      role: 'operator',
      departmentId: other,
    })
    await revokeRole.execute(here.admin, { grantId: await grantOf(person.id, 'operator') })
    expect((await actorForSession(sessionId))?.grants.map((g) => g.role)).toEqual(['viewer'])
  })

  it('granting what somebody holds already changes nothing and leaves no fact', async () => {
    const person = await aPerson(here.admin, [everywhere('viewer')])
    const again = { personId: person.id, ...everywhere('viewer') }
    expect((await grantRole.execute(here.admin, again)).fact).toBeUndefined()
  })

  it('nobody gives a role to themselves', async () => {
    const approver = { personId: here.admin.id, ...everywhere('approver') }
    await expect(grantRole.execute(here.admin, approver)).rejects.toMatchObject({ code: 'refused' })
  })

  it('an administrator of one department cannot reach into another, not even see it', async () => {
    const local = await aPerson(here.admin, [
      { role: 'administrator', departmentId: here.departmentId },
    ])
    const person = await aPerson(here.admin, [everywhere('viewer')])
    const grant = (departmentId: string | null) =>
      grantRole.execute(local, { personId: person.id, role: 'viewer', departmentId })
    await expect(grant(other)).rejects.toMatchObject({ code: 'not_found' })
    await expect(grant(null)).rejects.toMatchObject({ code: 'forbidden' })
    await grant(here.departmentId)
    const invite = { name: 'New', email: 'new@example.org' }
    const viewer = (departmentId: string | null) => ({ role: 'viewer' as const, departmentId })
    await expect(
      invitePerson.execute(local, { ...invite, roles: [viewer(here.departmentId), viewer(other)] }),
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      invitePerson.execute(local, { ...invite, roles: [viewer(here.departmentId), viewer(null)] }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('a refused attempt to gain rights is itself a fact', async () => {
    const author = await aPerson(here.admin, [{ role: 'author', departmentId: here.departmentId }])
    const before = await refusals()
    const input = { personId: author.id, ...everywhere('administrator') }
    await expect(grantRole.execute(author, input)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await refusals()).toBe(before + 1)
  })

  const refusals = async () => {
    const sql = "select count(*)::int as n from audit.event where action = 'command.refused'"
    return Number((await database.asAdmin(sql))[0]?.n)
  }
})

describe('the last administrator', () => {
  it('cannot be removed, disabled or raced away by two at the same moment', async () => {
    const second = await aPerson(here.admin, [everywhere('administrator')])
    const grantOfFirst = await grantOf(here.admin.id, 'administrator')
    const grantOfSecond = await grantOf(second.id, 'administrator')
    const race = await Promise.allSettled([
      revokeRole.execute(here.admin, { grantId: grantOfSecond }),
      revokeRole.execute(second, { grantId: grantOfFirst }),
    ])
    expect(race.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const left = await database.asAdmin(
      "select person_id from role_grant where role = 'administrator' and department_id is null and revoked_at is null",
    )
    expect(left).toHaveLength(1)
    // Whoever lost gets it back, for the tests below.
    const winner = left[0]?.person_id === here.admin.id ? here.admin : second
    const loser = winner === second ? here.admin : second
    const back = { personId: loser.id, ...everywhere('administrator') }
    await grantRole.execute(winner, back)
    await disablePerson.execute(here.admin, { personId: second.id })
    await expect(
      revokeRole.execute(here.admin, { grantId: await grantOf(here.admin.id, 'administrator') }),
    ).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('last') })
    await expect(
      disablePerson.execute(here.admin, { personId: here.admin.id }),
    ).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('disabling a person', () => {
  it('ends every session and every open link in the same transaction', async () => {
    const person = await aPerson(here.admin, [everywhere('viewer')])
    const sessions = [await signIn(person), await signIn(person)]
    const done = await disablePerson.execute(here.admin, { personId: person.id })
    expect(done.value).toEqual({ sessions: 2 })
    for (const sessionId of sessions) expect(await actorForSession(sessionId)).toBeNull()
    const facts = await database.asAdmin(
      `select action from audit.event where tx = (select tx from audit.event where id = '${done.fact}')
       order by recorded_at`,
    )
    expect(facts.map((row) => row.action)).toEqual([
      'person.disabled',
      'session.ended',
      'session.ended',
    ])
  })

  it('of somebody who has not joined makes their link worthless for good', async () => {
    const input = { name: 'Late', email: 'late@example.org', roles: [everywhere('viewer')] }
    const { value } = await invitePerson.execute(here.admin, input)
    await disablePerson.execute(here.admin, { personId: value.personId })
    expect(await viewInvitation(value.token)).toEqual({ state: 'unknown' })
    await enablePerson.execute(here.admin, { personId: value.personId })
    expect((await getPerson(here.admin, value.personId)).state).toBe('invited')
    expect(await viewInvitation(value.token)).toEqual({ state: 'expired' })
    const renewed = await renewInvitation.execute(here.admin, { personId: value.personId })
    expect(await viewInvitation(renewed.value.token)).toMatchObject({ state: 'open', name: 'Late' })
  })

  it('takes nobody out of the session of whoever starts one at that moment', async () => {
    const person = await aPerson(here.admin, [everywhere('viewer')])
    const [, session] = await Promise.allSettled([
      disablePerson.execute(here.admin, { personId: person.id }),
      signIn(person),
    ])
    if (session.status === 'fulfilled') expect(await actorForSession(session.value)).toBeNull()
  })
})

describe('the list of people', () => {
  it('shows a person of one department only who works there or everywhere', async () => {
    const mine = await aPerson(
      here.admin,
      [{ role: 'viewer', departmentId: other }],
      'Only Finance',
    )
    const seen = await listPeople(mine, {})
    const ids = seen.rows.map((row) => row.id)
    expect(ids).toContain(mine.id)
    expect(ids).toContain(here.admin.id)
    for (const row of seen.rows) {
      const place = row.roles.some((r) => r.departmentId === null || r.departmentId === other)
      expect(place).toBe(true)
    }
    expect(seen.total).toBe(seen.rows.length)
    const author = await aPerson(here.admin, [{ role: 'author', departmentId: here.departmentId }])
    await expect(getPerson(mine, author.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('finds by any part of name or e-mail and takes % as itself', async () => {
    expect((await listPeople(here.admin, { text: 'only fin' })).total).toBe(1)
    expect((await listPeople(here.admin, { text: '%' })).total).toBe(0)
  })

  it('pages through everybody exactly once', async () => {
    const now = 'now(), (select id from audit.event limit 1)'
    await database.asAdmin('alter table person disable trigger user')
    await database.asAdmin(
      `insert into person (id, email, name, state, created_at, audit_event_id)
       select gen_random_uuid(), 'bulk' || n || '@example.org', 'Same name', 'active', ${now}
       from generate_series(1, 120) n`,
    )
    await database.asAdmin('alter table person enable always trigger tie_change')
    const seen = new Set<string>()
    let after: string | undefined
    let pages = 0
    do {
      const page = await listPeople(here.admin, after === undefined ? {} : { after })
      for (const row of page.rows) seen.add(row.id)
      after = page.next ?? undefined
      pages += 1
    } while (after !== undefined)
    const [count] = await database.asAdmin('select count(*)::int as n from person')
    expect(seen.size).toBe(count?.n)
    expect(pages).toBeGreaterThan(2)
  })
})

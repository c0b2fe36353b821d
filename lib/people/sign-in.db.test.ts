import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actorForInvitation, actorForSession, secretHash } from '@/lib/auth/sessions'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { disablePerson } from './commands/disable'
import { invitePerson } from './commands/invite'
import { acceptInvitation } from './commands/join'
import { endOtherSessions, endSession, startSession } from './commands/sessions'
import { ownSessions } from './queries/own'
import { leaveSession, type Origin, signInWithPassword } from './sign-in'
import { ADMIN, anOrganisation, type Organisation, withSession } from './testing/organisation'

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
const sessionOf = async () => {
  const input = { userAgent: null, rehashed: null }
  return (await startSession.execute(here.admin, input)).value.sessionId
}
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
const refusedBecause = async () => {
  const [row] = await database.asAdmin(
    `select convert_from(leaf, 'UTF8')::jsonb #>> '{d,because}' as because
     from audit.event where action = 'session.refused' order by recorded_at desc limit 1`,
  )
  return row?.because
}

describe('signing in with a password', () => {
  it('starts a session that carries the right person, whatever the case of the e-mail', async () => {
    const sessionId = await signIn(ADMIN.password, ` ${ADMIN.email.toUpperCase()} `)
    const actor = await actorForSession(sessionId ?? '')
    expect(actor).toMatchObject({ id: here.admin.id, via: 'password', name: ADMIN.name })
    expect(actor?.sessionHash).toBe(secretHash(sessionId ?? '').slice(0, 16))
  })

  it('answers alike for nobody, a wrong password, a disabled person and one who never joined', async () => {
    const waiting = await invite()
    const gone = await invite()
    await join(gone.token)
    await disablePerson.execute(here.admin, { personId: gone.personId })
    expect(await signIn('wrong words entirely')).toBeNull()
    expect(await refusedBecause()).toBe('wrong_password')
    expect(await signIn('wrong words entirely', 'nobody@example.org')).toBeNull()
    expect(await refusedBecause()).toBe('unknown_person')
    expect(await signIn('copper kettle on ice', gone.email)).toBeNull()
    expect(await refusedBecause()).toBe('disabled')
    expect(await signIn('copper kettle on ice', waiting.email)).toBeNull()
    expect(await refusedBecause()).toBe('not_joined')
  })

  it('takes as long for nobody as for a wrong password', async () => {
    const times = { wrong: [] as number[], nobody: [] as number[] }
    for (let i = 0; i < 5; i++) {
      for (const [kind, email] of [
        ['wrong', ADMIN.email],
        ['nobody', `nobody-${i}@example.org`],
      ] as const) {
        const from = performance.now()
        await signIn('wrong words entirely', email)
        times[kind].push(performance.now() - from)
      }
    }
    const ratio = Math.min(...times.nobody) / Math.min(...times.wrong)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })

  it('keeps what looks like a password typed into the e-mail field out of the log', async () => {
    await signIn('x', 'seven quiet harbour lamps')
    const values = await database.asAdmin('select value from audit.private')
    expect(JSON.stringify(values)).not.toContain('harbour')
  })

  it('renews the hash when its cost is of yesterday', async () => {
    const { scryptSync } = await import('node:crypto')
    const key = scryptSync(ADMIN.password, Buffer.alloc(16, 7), 32, { N: 2 ** 14, r: 8, p: 1 })
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    const old = `$scrypt$ln=14,r=8,p=1$${text(Buffer.alloc(16, 7))}$${text(key)}`
    await database.asAdmin('alter table password disable trigger user')
    await database.asAdmin('update password set phc = $1 where person_id = $2', [
      old,
      here.admin.id,
    ])
    await database.asAdmin('alter table password enable always trigger tie_change')
    expect(await signIn(ADMIN.password)).not.toBeNull()
    const [row] = await database.asAdmin('select phc from password where person_id = $1', [
      here.admin.id,
    ])
    expect(row?.phc).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    expect(await signIn(ADMIN.password)).not.toBeNull()
  })
})

describe('guessing', () => {
  it('ends after ten tries at one account from one place, and says when to come back', async () => {
    for (let i = 0; i < 10; i++) await signIn('wrong words entirely')
    await expect(signIn(ADMIN.password)).rejects.toMatchObject({
      code: 'limit',
      detail: { data: { retryAfterSeconds: expect.any(Number) } },
    })
  })

  it('from one place does not lock the owner out elsewhere', async () => {
    for (let i = 0; i < 12; i++) await signIn('wrong words entirely').catch(() => null)
    const elsewhere = { ...origin, address: '198.51.100.0/24' }
    expect(await signIn(ADMIN.password, ADMIN.email, elsewhere)).not.toBeNull()
  })

  it('over many accounts from one place ends as well', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 70 }, (_, i) => signIn('x', `guess-${i}@example.org`)),
    )
    const [row] = await database.asAdmin(
      "select at > now() + interval '4 minutes' as full from rate_bucket where key like 'sign-in:address:%'",
    )
    expect(results.filter((r) => r.status === 'rejected').length).toBeGreaterThanOrEqual(10)
    expect(row?.full).toBe(true)
  })
})

describe('a session', () => {
  it('ends after eight idle hours', async () => {
    const sessionId = await sessionOf()
    await move(sessionId, "last_seen_at = now() - interval '7 hours 59 minutes'")
    expect(await actorForSession(sessionId)).not.toBeNull()
    await move(sessionId, "last_seen_at = now() - interval '8 hours 1 minute'")
    expect(await actorForSession(sessionId)).toBeNull()
  })

  it('ends at its absolute end, however busy it was', async () => {
    const sessionId = await sessionOf()
    const [row] = await database.asAdmin(
      'select extract(epoch from expires_at - created_at)::int as seconds from session where id_hash = $1',
      [secretHash(sessionId)],
    )
    expect(row?.seconds).toBe(24 * 60 * 60)
    await move(sessionId, "expires_at = now() - interval '1 second'")
    expect(await actorForSession(sessionId)).toBeNull()
  })

  it('notes its use once a minute and not at every request', async () => {
    const sessionId = await sessionOf()
    const seen = async () =>
      (
        await database.asAdmin('select last_seen_at as t from session where id_hash = $1', [
          secretHash(sessionId),
        ])
      )[0]?.t
    const first = await seen()
    await actorForSession(sessionId)
    expect(await seen()).toEqual(first)
    await move(sessionId, "last_seen_at = now() - interval '2 minutes'")
    await actorForSession(sessionId)
    const [row] = await database.asAdmin(
      "select last_seen_at > now() - interval '5 seconds' as fresh from session where id_hash = $1",
      [secretHash(sessionId)],
    )
    expect(row?.fresh).toBe(true)
  })

  it('is over at once when it is ended, by oneself or by signing out', async () => {
    const mine = await sessionOf()
    const lost = await sessionOf()
    const actor = withSession(here.admin, mine)
    const input = { session: secretHash(lost).slice(0, 16), because: 'revoked' }
    await endSession.execute(actor, input)
    expect(await actorForSession(lost)).toBeNull()
    expect(await actorForSession(mine)).not.toBeNull()
    await leaveSession(mine)
    expect(await actorForSession(mine)).toBeNull()
  })

  it('of somebody else reads as absent', async () => {
    const { token } = await invite()
    const theirs = (await join(token)) as string
    const input = { session: secretHash(theirs).slice(0, 16), because: 'revoked' }
    await expect(endSession.execute(here.admin, input)).rejects.toMatchObject({ code: 'not_found' })
    expect(await actorForSession(theirs)).not.toBeNull()
  })

  it('can end all the others and stays itself', async () => {
    const mine = await sessionOf()
    const others = [await sessionOf(), await sessionOf()]
    const actor = withSession(here.admin, mine)
    await endOtherSessions.execute(actor, {})
    expect((await ownSessions(actor)).map((s) => s.current)).toEqual([true])
    for (const other of others) expect(await actorForSession(other)).toBeNull()
    expect((await endOtherSessions.execute(actor, {})).value).toEqual({ ended: 0 })
  })

  const move = (sessionId: string, to: string) =>
    database.asAdmin(`update session set ${to} where id_hash = $1`, [secretHash(sessionId)])
})

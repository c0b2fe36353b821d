import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SETUP } from '@/lib/auth/actor'
import { actorForSession } from '@/lib/auth/sessions'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { setUp } from './commands/set-up'
import { getInstallation } from './queries/installation'
import { ensureSetupToken, setupState } from './setup'
import { ADMIN } from './testing/organisation'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const tokenOf = (path: string | null) =>
  new URL(path ?? '/', 'http://here').searchParams.get('token')
const input = (token: string | null) => ({
  token,
  organisation: 'Example Freight',
  department: 'Platform',
  ...ADMIN,
})

describe('the setup link', () => {
  it('holds until the next start prints another', async () => {
    const first = tokenOf(await ensureSetupToken())
    expect(await setupState(first ?? '')).toBe('open')
    const second = tokenOf(await ensureSetupToken())
    expect(await setupState(first ?? '')).toBe('replaced')
    expect(await setupState(second ?? '')).toBe('open')
    expect(await setupState(undefined)).toBe('missing')
    await expect(setUp.execute(SETUP, input(first))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('chancery doctor'),
    })
  })

  it('is kept only as a hash', async () => {
    const token = tokenOf(await ensureSetupToken())
    const rows = await database.asAdmin('select * from setup_token')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('setup', () => {
  it('refuses a weak password on its field and changes nothing', async () => {
    const token = tokenOf(await ensureSetupToken())
    await expect(
      setUp.execute(SETUP, { ...input(token), password: 'Password1!' }),
    ).rejects.toMatchObject({
      code: 'invalid',
      detail: { fields: { password: expect.any(String) } },
    })
    expect(await getInstallation()).toBeNull()
    expect(await setupState(token ?? '')).toBe('open')
  })

  it('happens once, even when the form is sent twice at the same moment', async () => {
    const token = tokenOf(await ensureSetupToken())
    const both = await Promise.allSettled([
      setUp.execute(SETUP, input(token)),
      setUp.execute(SETUP, { ...input(token), email: 'second@example.org' }),
    ])
    const states = both.map((result) => result.status).sort()
    expect(states).toEqual(['fulfilled', 'rejected'])
    expect(await database.asAdmin('select count(*)::int as n from person')).toEqual([{ n: 1 }])
    expect(await setupState(token ?? '')).toBe('done')
    expect(await ensureSetupToken()).toBeNull()

    const made = both.find((result) => result.status === 'fulfilled')
    const actor = await actorForSession(made?.value.value.sessionId ?? '')
    expect(actor).toMatchObject({ name: ADMIN.name, via: 'setup' })
    expect(actor?.grants.map((grant) => grant.role).sort()).toEqual([
      'administrator',
      'auditor',
      'author',
      'operator',
      'viewer',
    ])
    expect(actor?.grants.every((grant) => grant.departmentId === null)).toBe(true)
  })

  it('leaves the facts in the order in which they happened, without names in the leaves', async () => {
    const rows = await database.asAdmin(
      `select action, convert_from(leaf, 'UTF8') as leaf from audit.event
       where tx = (select tx from audit.event where action = 'installation.created')
       order by recorded_at`,
    )
    expect(rows.map((row) => row.action)).toEqual([
      'installation.created',
      'department.created',
      'person.joined',
      ...new Array<string>(5).fill('role.granted'),
      'session.started',
      'setup.completed',
    ])
    const leaves = rows.map((row) => row.leaf).join('')
    for (const personal of [ADMIN.name, ADMIN.email, 'Example Freight']) {
      expect(leaves).not.toContain(personal)
    }
  })

  it('keeps neither the password nor a key of the session that a reader of the tables could use', async () => {
    const rows = await database.asAdmin(
      'select w.phc, s.id_hash from password w join session s using (person_id)',
    )
    expect(rows[0]?.phc).toMatch(/^\$scrypt\$/)
    expect(await actorForSession(String(rows[0]?.id_hash))).toBeNull()
  })
})

import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { passwordProblem } from './password-rules'
import { hashPassword, verifyPassword } from './passwords'

describe('password hashes', () => {
  it('is a PHC string at N=2^15, r=8, p=3 that plain scrypt reproduces', async () => {
    const phc = await hashPassword('seven quiet harbour lamps')
    const match = /^\$scrypt\$ln=15,r=8,p=3\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(phc)
    const salt = Buffer.from(match![1]!, 'base64')
    const options = { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 }
    const key = scryptSync('seven quiet harbour lamps', salt, 32, options)
    expect(key.toString('base64')).toBe(`${match![2]}=`)
  })

  it('never gives the same hash twice', async () => {
    expect(await hashPassword('same words here')).not.toBe(await hashPassword('same words here'))
  })

  it('accepts the password, however the keyboard composed it, and nothing else', async () => {
    const phc = await hashPassword('blåbær på fjellet')
    expect(await verifyPassword('blåbær på fjellet'.normalize('NFD'), phc)).toEqual({
      ok: true,
      rehash: false,
    })
    expect((await verifyPassword('blåbær på fjelle', phc)).ok).toBe(false)
    expect((await verifyPassword('', phc)).ok).toBe(false)
  })

  it('asks for a new hash when the stored cost is not the current one', async () => {
    const salt = Buffer.alloc(16, 7)
    const key = scryptSync('older and weaker', salt, 32, { N: 2 ** 14, r: 8, p: 1 })
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    const phc = `$scrypt$ln=14,r=8,p=1$${text(salt)}$${text(key)}`
    expect(await verifyPassword('older and weaker', phc)).toEqual({ ok: true, rehash: true })
    expect(await verifyPassword('something else', phc)).toEqual({ ok: false, rehash: false })
  })

  it('refuses a stored string that is damaged or asks for too much memory', async () => {
    const phc = await hashPassword('seven quiet harbour lamps')
    for (const damaged of ['', 'x', phc.slice(0, -1), phc.replace('ln=15', 'ln=20')]) {
      expect((await verifyPassword('seven quiet harbour lamps', damaged)).ok).toBe(false)
    }
  })

  it('takes as long for nobody as for somebody', async () => {
    const phc = await hashPassword('seven quiet harbour lamps')
    const times = { somebody: [] as number[], nobody: [] as number[] }
    for (let i = 0; i < 5; i++) {
      for (const who of ['somebody', 'nobody'] as const) {
        const from = performance.now()
        await verifyPassword('wrong', who === 'nobody' ? null : phc)
        times[who].push(performance.now() - from)
      }
    }
    const best = (list: number[]) => Math.min(...list)
    expect(best(times.nobody) / best(times.somebody)).toBeGreaterThan(0.6)
    expect(best(times.nobody) / best(times.somebody)).toBeLessThan(1.6)
  })

  it('hashes two at once, lets twenty wait and turns the rest away', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 30 }, () => verifyPassword('wrong', null)),
    )
    const refused = all.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(8)
    expect(refused[0]!.reason).toMatchObject({ code: 'limit' })
    // The queue is empty again: nobody holds a place for ever.
    expect(await verifyPassword('wrong', null)).toEqual({ ok: false, rehash: false })
  })
})

describe('password rules', () => {
  it.each([
    ['short', '1234567'],
    ['common', 'password'],
    ['common with signs around it', 'Password123!'],
    ['common with letters substituted', 'P@$$w0rd'],
    ['a season and a year', 'Summer2026!'],
    ['one sign over and over', 'aaaaaaaaaaaa'],
    ['a row of the keyboard', 'qwertyuiop'],
    ['the alphabet backwards', 'hgfedcba'],
    ['longer than 200 characters', 'ab cd ef '.repeat(23)],
  ])('refuses one that is %s', (_, plain) => {
    expect(passwordProblem(plain)).not.toBeNull()
  })

  it('refuses one that is the name or e-mail with a number', () => {
    expect(passwordProblem('lindqvist42', ['Mara Lindqvist', 'mara@example.org'])).not.toBeNull()
    expect(passwordProblem('mara@example.org', ['mara@example.org'])).not.toBeNull()
  })

  it.each([
    'eight ch',
    'lindqvist sails at dawn',
    'correct horse is no longer safe',
    'xk2-9vPq',
    'øøøøåæéü',
    'three words here '.repeat(10),
  ])('accepts %s: length counts, composition does not', (plain) => {
    expect(passwordProblem(plain, ['Mara Lindqvist'])).toBeNull()
  })
})

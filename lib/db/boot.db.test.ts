import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase, shutDatabase } from './boot'
import { databaseTarget, db, rawSql } from './client'
import { embeddedStatus, stopEmbedded } from './launcher/control'
import { ensureEmbedded } from './launcher/ensure'
import { requireReachable } from './reach'
import { freshDatabase } from './testing/database'
import { embeddedFolder, killServer, runProcess } from './testing/embedded'
import { transaction } from './transaction'

// One folder for the file, because creating a server takes a second; the first test begins it.
const { dataDir, remove } = embeddedFolder()
afterAll(() => remove())
beforeEach(() => {
  vi.stubEnv('CHANCERY_DATA', dataDir)
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(async () => {
  await shutDatabase()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const databaseUrlOf = () => String(process.env.DATABASE_URL)
const one = () => db().execute(sql`select 1 as one`)

describe('openDatabase', () => {
  it('starts, migrates and points the process at it, once however often it is called', async () => {
    const [first, second] = await Promise.all([openDatabase(), openDatabase()])
    expect(first).toBe(second)
    expect(first).toMatchObject({ kind: 'embedded', adopted: false, unenforced: [] })
    expect(first.migrated).toBeGreaterThan(0)
    expect(await db().execute(sql`select current_user as me`)).toEqual([{ me: 'chancery_app' }])
    await shutDatabase()
    expect(databaseTarget()).toBe(null)
    expect(await openDatabase()).toMatchObject({ adopted: true, migrated: 0 })
  })

  it('may be tried again after a failure', async () => {
    vi.stubEnv('DATABASE_ADMIN_URL', 'postgres://a:b@localhost/c')
    await expect(openDatabase()).rejects.toMatchObject({ code: 'invalid' })
    vi.stubEnv('DATABASE_ADMIN_URL', undefined)
    expect(await openDatabase()).toMatchObject({ kind: 'embedded' })
  })

  it('opens the same database in two processes that start at once', async () => {
    const fresh = embeddedFolder()
    const source = `
      import { openDatabase, shutDatabase } from '@/lib/db/boot'
      console.log((await openDatabase()).migrated)
      await shutDatabase()`
    const ended = await Promise.all(
      [1, 2].map(() => runProcess(source, { CHANCERY_DATA: fresh.dataDir })),
    )
    expect(ended.map(({ code, errors }) => (code === 0 ? 'ok' : errors))).toEqual(['ok', 'ok'])
    const migrated = ended.map(({ output }) => Number(output)).sort()
    expect(migrated[0]).toBe(0)
    expect(migrated[1]).toBeGreaterThan(0)
    await fresh.remove()
  })
})

describe('openDatabase on a server of somebody else', () => {
  const at = (change: (url: URL) => void, base: string) => {
    const url = new URL(base)
    change(url)
    return url.toString()
  }

  it('opens it with two roles, and supervises nothing', async () => {
    const database = await freshDatabase()
    vi.stubEnv('DATABASE_URL', database.url)
    vi.stubEnv('DATABASE_ADMIN_URL', database.adminUrl)
    expect(await openDatabase()).toEqual({
      ...{ kind: 'external', adopted: true, migrated: 0, unenforced: [] },
    })
    expect(await one()).toEqual([{ one: 1 }])
    await shutDatabase()
    await database.close()
  })

  it.each<[string, (url: URL) => void, RegExp]>([
    [
      'a wrong password',
      (url) => {
        url.password = 'wrong-secret'
      },
      /does not accept the role chancery_app with the password in DATABASE_URL/,
    ],
    [
      'a database that is not there',
      (url) => {
        url.pathname = '/nowhere'
      },
      /The database nowhere of DATABASE_URL does not exist. Create it/,
    ],
  ])('says what to correct on %s, and repeats no password', async (_, change, sentence) => {
    const { url } = await ensureEmbedded(dataDir)
    vi.stubEnv('DATABASE_URL', at(change, url))
    const error: unknown = await openDatabase().catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'refused', message: expect.stringMatching(sentence) })
    expect(String(error)).not.toContain(new URL(databaseUrlOf()).password)
  })

  it('waits a while for a server that is not up yet, then says where it looked', async () => {
    const address = { url: 'postgres://a:b@127.0.0.1:1/c', setting: 'DATABASE_URL' } as const
    const began = Date.now()
    await expect(requireReachable(address, 1_500)).rejects.toThrow(
      /No PostgreSQL server answers at 127.0.0.1:1 \(ECONNREFUSED\).*DATABASE_URL/,
    )
    expect(Date.now() - began).toBeGreaterThan(1_400)
  })
})

describe.skipIf(process.platform !== 'linux')('the supervisor', () => {
  it('brings a killed server back, and transactions, queries and notifications work again', async () => {
    await openDatabase()
    const heard: string[] = []
    await rawSql().listen('town', (text) => heard.push(text))
    const before = (await embeddedStatus(dataDir)).pid
    const interrupted = transaction((tx) => tx.execute(sql`select pg_sleep(30)`))
    const failed = expect(interrupted).rejects.toThrow()
    await sleep(100)
    await killServer(dataDir)
    await failed
    await expect.poll(() => one().catch(() => 'down'), { timeout: 20_000 }).toEqual([{ one: 1 }])
    expect((await embeddedStatus(dataDir)).pid).not.toBe(before)
    await transaction((tx) => tx.execute(sql`select 1`))
    await expect
      .poll(
        async () => {
          await rawSql().notify('town', 'news')
          return heard.includes('news')
        },
        { timeout: 20_000 },
      )
      .toBe(true)
  })

  it('follows the server to another port when another process had to move it', async () => {
    await openDatabase()
    const old = databaseTarget()?.url
    await stopEmbedded(dataDir)
    const squatter = createServer((socket) => socket.destroy())
    const port = Number(new URL(String(old)).port)
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve))
    await ensureEmbedded(dataDir)
    await expect.poll(() => one().catch(() => 'down'), { timeout: 20_000 }).toEqual([{ one: 1 }])
    expect(databaseTarget()?.url).not.toBe(old)
    await new Promise((resolve) => squatter.close(resolve))
  })

  it('leaves a server stopped that somebody stopped on purpose', async () => {
    await openDatabase()
    await stopEmbedded(dataDir)
    await one().catch(() => undefined)
    await sleep(2_500)
    expect(await embeddedStatus(dataDir)).toMatchObject({
      state: 'stopped',
      stoppedOnPurpose: true,
    })
  })
})

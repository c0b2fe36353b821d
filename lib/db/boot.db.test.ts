import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase, shutDatabase } from './boot'
import { databaseTarget, db, rawSql } from './client'
import { embeddedStatus, stopEmbedded } from './launcher/control'
import { ensureEmbedded } from './launcher/ensure'
import { embeddedFolder, killServer, runProcess } from './testing/embedded'
import { transaction } from './transaction'

let dataDir: string
let remove: () => Promise<void>
beforeEach(() => {
  ;({ dataDir, remove } = embeddedFolder())
  vi.stubEnv('CHANCERY_DATA', dataDir)
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(async () => {
  await shutDatabase()
  await remove()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

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
    const source = `
      import { openDatabase, shutDatabase } from '@/lib/db/boot'
      console.log((await openDatabase()).migrated)
      await shutDatabase()`
    const ended = await Promise.all(
      [1, 2].map(() => runProcess(source, { CHANCERY_DATA: dataDir })),
    )
    expect(ended.map(({ code, errors }) => (code === 0 ? 'ok' : errors))).toEqual(['ok', 'ok'])
    const migrated = ended.map(({ output }) => Number(output)).sort()
    expect(migrated[0]).toBe(0)
    expect(migrated[1]).toBeGreaterThan(0)
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

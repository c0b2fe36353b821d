import { once } from 'node:events'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { embeddedFolder, runProcess, spawnProcess } from '../testing/embedded'
import { embeddedStatus, stopEmbedded } from './control'
import { ensureEmbedded } from './ensure'

const onLinux = process.platform === 'linux'

let dataDir: string
let remove: () => Promise<void>

/** A folder of its own for every test of the surrounding group. */
const foldersOfTheirOwn = () => {
  beforeEach(() => {
    ;({ dataDir, remove } = embeddedFolder())
  })
  afterEach(() => remove())
}
/** One folder, with a running server, for a group whose tests leave it as they found it. */
const oneFolder = () => {
  beforeAll(() => {
    ;({ dataDir, remove } = embeddedFolder())
  })
  beforeEach(async () => {
    await ensureEmbedded(dataDir)
  })
  afterAll(() => remove())
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

const state = async () =>
  JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as Record<string, unknown>
const writeState = (value: unknown) =>
  writeFile(join(dataDir, 'postgres.json'), JSON.stringify(value), { mode: 0o600 })

describe('a first start', () => {
  foldersOfTheirOwn()

  it('creates a server for this machine alone, with durable defaults and a role without rights', async () => {
    const { url, adminUrl, adopted } = await ensureEmbedded(dataDir)
    expect(adopted).toBe(false)
    const [settings] = await ask(
      adminUrl,
      `select current_setting('listen_addresses') as addresses,
        current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('data_checksums') as sums,
        current_setting('server_encoding') as encoding,
        (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'chancery') as locale,
        (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as methods`,
    )
    expect(settings).toEqual({
      addresses: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      commit: 'on',
      sums: 'on',
      encoding: 'UTF8',
      locale: 'b C.UTF-8',
      methods: 'scram-sha-256',
    })
    const [role] = await ask(
      url,
      `select current_user as name, rolsuper or rolcreaterole or rolcreatedb or rolreplication
        or rolbypassrls as mighty, current_database() as db from pg_roles where rolname = current_user`,
    )
    expect(role).toEqual({ name: 'chancery_app', mighty: false, db: 'chancery' })
  })

  it('keeps two different passwords in a file for its owner alone', async () => {
    await ensureEmbedded(dataDir)
    const { adminPassword, appPassword } = await state()
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
    expect(adminPassword).not.toBe(appPassword)
    expect(String(adminPassword).length).toBeGreaterThanOrEqual(32)
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o077).toBe(0)
  })

  it('clears away what an interrupted creation left', async () => {
    await mkdir(join(dataDir, 'postgres.init-999999', 'base'), { recursive: true })
    await ensureEmbedded(dataDir)
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.json'])
  })

  it('is completed by the next process when the one that began it was killed', async () => {
    const killed = spawnProcess(`
      import { ensureEmbedded } from '@/lib/db/launcher/ensure'
      await ensureEmbedded(${JSON.stringify(dataDir)})`)
    const names = () => readdir(dataDir).catch((): string[] => [])
    while (!(await names()).some((name) => name.includes('.init-'))) await sleep(5)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    expect(await names()).toContain('postgres.lock')
    const { url } = await ensureEmbedded(dataDir)
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it.skipIf(!onLinux)('hands none of our environment to the server', async () => {
    process.env.CHANCERY_TEST_CANARY = 'secret-of-the-web-process'
    process.env.PGPORT = '1'
    try {
      await ensureEmbedded(dataDir)
      const { pid } = await embeddedStatus(dataDir)
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8')
      expect(environment).toContain('PATH=')
      expect(environment).not.toContain('secret-of-the-web-process')
    } finally {
      delete process.env.CHANCERY_TEST_CANARY
      delete process.env.PGPORT
    }
  })

  it('is one server for several processes that start at once', async () => {
    const source = `
      import { ensureEmbedded } from '@/lib/db/launcher/ensure'
      const { url, adopted } = await ensureEmbedded(${JSON.stringify(dataDir)})
      console.log(JSON.stringify({ url, adopted }))`
    const ended = await Promise.all([1, 2, 3].map(() => runProcess(source)))
    expect(ended.map(({ code, errors }) => (code === 0 ? 'ok' : errors))).toEqual([
      'ok',
      'ok',
      'ok',
    ])
    const answers = ended.map(
      ({ output }) => JSON.parse(output) as { url: string; adopted: boolean },
    )
    expect(new Set(answers.map((answer) => answer.url)).size).toBe(1)
    expect(answers.filter((answer) => !answer.adopted)).toHaveLength(1)
  })
})

describe('a later start', () => {
  oneFolder()

  it('adopts the server that runs', async () => {
    const first = await ensureEmbedded(dataDir)
    expect(await ensureEmbedded(dataDir)).toEqual({ ...first, adopted: true })
  })

  it('keeps port and data over a stop', async () => {
    const first = await ensureEmbedded(dataDir)
    await ask(first.adminUrl, 'create table kept as select 7 as n')
    await stopEmbedded(dataDir)
    expect(await ensureEmbedded(dataDir)).toEqual({ ...first, adopted: false })
    expect(await ask(first.adminUrl, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('moves to another port when somebody else took its own, and stays there', async () => {
    const first = await ensureEmbedded(dataDir)
    await stopEmbedded(dataDir)
    const squatter = createServer()
    await new Promise<void>((resolve) =>
      squatter.listen(Number(new URL(first.url).port), '127.0.0.1', resolve),
    )
    const second = await ensureEmbedded(dataDir)
    await new Promise((resolve) => squatter.close(resolve))
    expect(second.url).not.toBe(first.url)
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await stopEmbedded(dataDir)
    expect((await ensureEmbedded(dataDir)).url).toBe(second.url)
  })

  it('completes a start that was cut short before the application had its role', async () => {
    const { adminUrl, url } = await ensureEmbedded(dataDir)
    const maintenance = adminUrl.replace(/\/chancery$/, '/postgres')
    await ask(maintenance, 'drop database chancery with (force)')
    await ask(maintenance, 'drop role chancery_app')
    expect(await ensureEmbedded(dataDir)).toMatchObject({ url, adopted: true })
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('is not held up by the lock of a process that died while starting', async () => {
    await ensureEmbedded(dataDir)
    await stopEmbedded(dataDir)
    await writeFile(
      join(dataDir, 'postgres.lock'),
      JSON.stringify({ pid: 4_000_000, startedAt: 'x' }),
    )
    expect((await ensureEmbedded(dataDir)).adopted).toBe(false)
  })
})

describe('a torn or foreign data folder is refused with a sentence', () => {
  oneFolder()

  it('when the passwords are gone', async () => {
    const kept = await state()
    await stopEmbedded(dataDir)
    await rm(join(dataDir, 'postgres.json'))
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(/exists, but its passwords .* do not/)
    await writeState(kept)
    expect((await ensureEmbedded(dataDir)).adopted).toBe(false)
  })

  it('when the passwords belong to another database', async () => {
    await stopEmbedded(dataDir)
    const kept = await state()
    await writeState({ ...kept, adminPassword: 'x'.repeat(32), appPassword: 'y'.repeat(32) })
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(/does not accept the password/)
    await writeState(kept)
  })

  it('when the file of the passwords is damaged', async () => {
    const kept = await state()
    await writeFile(join(dataDir, 'postgres.json'), '{"layout":1,')
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(/is damaged/)
    await writeState(kept)
  })

  it('when the database is gone', async () => {
    await stopEmbedded(dataDir)
    await rename(join(dataDir, 'postgres'), join(dataDir, 'elsewhere'))
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(/is gone\. Restore it/)
    expect(await readdir(dataDir)).not.toContain('postgres')
    await rename(join(dataDir, 'elsewhere'), join(dataDir, 'postgres'))
  })

  it('when a newer Chancery wrote it', async () => {
    const kept = await state()
    await writeState({ ...kept, layout: 2 })
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(/newer Chancery/)
    await writeState(kept)
  })

  it.each([
    ['newer', '19', /PostgreSQL 19.*Start the newer Chancery/],
    ['older', '17', /PostgreSQL 17.*Export it/],
  ])('when PostgreSQL wrote it in a version that is %s', async (_, version, sentence) => {
    await stopEmbedded(dataDir)
    const file = join(dataDir, 'postgres', 'PG_VERSION')
    const kept = await readFile(file)
    await writeFile(file, `${version}\n`)
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(sentence)
    await writeFile(file, kept)
  })

  it("when the server cannot start, in the server's own words", async () => {
    await stopEmbedded(dataDir)
    const file = join(dataDir, 'postgres', 'postgresql.conf')
    const kept = await readFile(file, 'utf8')
    await writeFile(file, `${kept}\nno_such_setting = 1\n`)
    await expect(ensureEmbedded(dataDir)).rejects.toThrow(/did not start.*no_such_setting/s)
    await writeFile(file, kept)
  })
})

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type MigrationReport, migrateDatabase } from './migrate'
import { projectRoot } from './project-root'
import { installedPostgres, startInstalledServer } from './testing/installed-server'
import { harnessClient, withDatabase } from './testing/template'

type Row = Record<string, unknown>
type Server = { adminUrl: string; stop: () => Promise<void> }

const installed = await installedPostgres()
if (!installed) {
  console.log('Not run on another PostgreSQL: no version from 15 on is installed on this machine.')
}

/** A project of its own: two migrations and one guard, beside the real rights. */
async function writeProject(
  folder: string,
  migrations: [at: number, sql: string][],
): Promise<void> {
  await mkdir(join(folder, 'migrations', 'meta'), { recursive: true })
  await mkdir(join(folder, 'guards'), { recursive: true })
  const entries = migrations.map(([when], idx) => ({
    ...{ idx, version: '7', when, tag: `000${idx}_step`, breakpoints: true },
  }))
  await writeFile(
    join(folder, 'migrations', 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  )
  for (const [idx, [, sql]] of migrations.entries()) {
    await writeFile(join(folder, 'migrations', `000${idx}_step.sql`), sql)
  }
  await cp(join(projectRoot(), 'drizzle/guards/grants.sql'), join(folder, 'guards', 'grants.sql'))
}

const FIRST: [number, string] = [
  1_000,
  'create table thing (id int primary key);--> statement-breakpoint\ncreate table rate_bucket (id int)',
]
const SECOND: [number, string] = [2_000, 'alter table thing add column name text']
const guard = (text: string) =>
  `create or replace function guarded() returns text language sql as $$ select '${text}' $$;`

describe.each([
  {
    server: 'the built-in server',
    open: async (): Promise<Server> => ({
      adminUrl: inject('chanceryServer').adminUrl,
      stop: async () => undefined,
    }),
  },
  ...(installed
    ? [
        {
          server: `an installed PostgreSQL ${installed.version}`,
          open: async (): Promise<Server> => (await startInstalledServer())!,
        },
      ]
    : []),
])('migrateDatabase on $server', ({ open }) => {
  let server: Server
  let admin: ReturnType<typeof harnessClient>
  let folder: string
  let adminUrl: string
  let appUrl: string
  let name: string
  let made = 0

  beforeAll(async () => {
    server = await open()
    admin = harnessClient(server.adminUrl)
  })
  afterAll(async () => {
    await admin.end()
    await server.stop()
  })
  beforeEach(async () => {
    made += 1
    name = `${inject('chanceryServer').clonePrefix}m${process.pid}_${made}`
    await admin.unsafe(`create database ${name} template template0 encoding 'UTF8'`)
    adminUrl = withDatabase(server.adminUrl, name)
    const url = new URL(adminUrl)
    url.username = `app_${name}`
    url.password = "it's:secret"
    appUrl = url.toString()
    folder = await mkdtemp(join(tmpdir(), 'chancery-migrate-'))
    await writeProject(folder, [FIRST, SECOND])
    await writeFile(join(folder, 'guards', 'a.sql'), guard('one'))
  })
  afterEach(async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    for (const role of [`app_${name}`, `boss_${name}`]) {
      const [found] = await admin`select 1 from pg_roles where rolname = ${role}`
      if (!found) continue
      await admin.unsafe(`drop owned by ${role}`)
      await admin.unsafe(`drop role ${role}`)
    }
    await rm(folder, { recursive: true, force: true })
  })

  const migrate = (): Promise<MigrationReport> => migrateDatabase({ adminUrl, appUrl, folder })
  const ask = async (url: string, text: string): Promise<Row[]> => {
    const sql = harnessClient(url)
    try {
      return [...(await sql.unsafe<Row[]>(text))]
    } finally {
      await sql.end()
    }
  }

  it('lets one of five migrate while the others wait, and all succeed', async () => {
    const reports = await Promise.all([1, 2, 3, 4, 5].map(migrate))
    expect(reports.map((report) => report.applied).sort()).toEqual([0, 0, 0, 0, 2])
    expect(reports.filter((report) => report.guardsApplied)).toHaveLength(1)
    expect(await ask(appUrl, 'select count(*)::int as n from chancery_meta.migration')).toEqual([
      { n: 2 },
    ])
  })

  it('creates the role of the application, which owns nothing and may only do what is listed', async () => {
    await migrate()
    const may = async (text: string) =>
      ask(appUrl, text).then(
        () => true,
        (error: Error) => (/denied|must be/.test(error.message) ? false : Promise.reject(error)),
      )
    expect(await may("insert into thing values (1, 'a')")).toBe(true)
    expect(await may("update thing set name = 'b'")).toBe(true)
    expect(await may('delete from rate_bucket')).toBe(true)
    expect(await may("select graphile_worker.add_job('task', '{}'::json)")).toBe(true)
    expect(await ask(appUrl, 'select count(*)::int as n from graphile_worker.jobs')).toEqual([
      { n: 1 },
    ])
    for (const forbidden of [
      'delete from thing',
      'truncate thing',
      'drop table thing',
      'alter table thing disable trigger all',
      'create table mine ()',
      'create temporary table mine ()',
      'create role mine',
      'set role chancery_owner',
      "set session_replication_role = 'replica'",
      'delete from chancery_meta.migration',
      'delete from graphile_worker.migrations',
    ]) {
      expect([forbidden, await may(forbidden)]).toEqual([forbidden, false])
    }
  })

  it('gives every object to an owner that cannot log in', async () => {
    await migrate()
    const owners = await ask(
      adminUrl,
      `select distinct r.rolname as owner, r.rolcanlogin as login from pg_class c
       join pg_roles r on r.oid = c.relowner join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'chancery_meta', 'graphile_worker')`,
    )
    expect(owners).toEqual([{ owner: 'chancery_owner', login: false }])
  })

  it('applies the guards again when one changed, and not otherwise', async () => {
    await migrate()
    expect((await migrate()).guardsApplied).toBe(false)
    await writeFile(join(folder, 'guards', 'a.sql'), guard('two'))
    expect((await migrate()).guardsApplied).toBe(true)
    expect(await ask(appUrl, 'select guarded() as text')).toEqual([{ text: 'two' }])
  })

  it('changes nothing when a guard fails, and says where', async () => {
    await writeFile(join(folder, 'guards', 'b.sql'), 'select 1;\nselect no_such_column;')
    await expect(migrate()).rejects.toThrow(/b\.sql line 2.*no_such_column/)
    expect(await ask(adminUrl, "select to_regclass('thing') as thing")).toEqual([{ thing: null }])
  })

  it('changes nothing when a migration fails, and works once it is mended', async () => {
    await writeProject(folder, [FIRST, [2_000, 'alter table nothing add column name text']])
    await expect(migrate()).rejects.toThrow(/nothing was changed.*"nothing" does not exist/)
    expect(await ask(adminUrl, "select to_regclass('thing') as thing")).toEqual([{ thing: null }])
    await writeProject(folder, [FIRST, SECOND])
    expect((await migrate()).applied).toBe(2)
  })

  it('refuses a database that a newer Chancery has migrated', async () => {
    await migrate()
    await writeProject(folder, [FIRST])
    await expect(migrate()).rejects.toThrow(/migrated by a newer Chancery/)
  })

  it('refuses a database whose history is another one', async () => {
    await migrate()
    await writeProject(folder, [FIRST, [3_000, 'alter table thing add column other text']])
    await expect(migrate()).rejects.toThrow(/made by another build/)
  })

  it('brings an older database up to date and keeps its rows', async () => {
    await writeProject(folder, [FIRST])
    await migrate()
    await ask(appUrl, 'insert into thing values (7)')
    await writeProject(folder, [FIRST, SECOND])
    expect((await migrate()).applied).toBe(1)
    expect(await ask(appUrl, 'select * from thing')).toEqual([{ id: 7, name: null }])
  })

  it('works with one role alone, and says what cannot be enforced then', async () => {
    await admin.unsafe(`create role app_${name} login password 'it''s:secret'`)
    await admin.unsafe(`alter database ${name} owner to app_${name}`)
    const report = await migrateDatabase({ appUrl, folder })
    expect(report).toMatchObject({ applied: 2, guardsApplied: true })
    expect(report.unenforced.join()).toMatch(/Set DATABASE_ADMIN_URL to a second role/)
    expect(await ask(appUrl, 'delete from thing')).toEqual([])
  })

  it('takes the tables over from a single role once an administrator is configured', async () => {
    await admin.unsafe(`create role app_${name} login password 'it''s:secret'`)
    await admin.unsafe(`alter database ${name} owner to app_${name}`)
    await migrateDatabase({ appUrl, folder })
    expect(await migrate()).toMatchObject({ applied: 0, guardsApplied: true, unenforced: [] })
    await expect(ask(appUrl, 'drop table thing')).rejects.toThrow(/must be owner/)
    await expect(ask(appUrl, 'delete from thing')).rejects.toThrow(/denied/)
  })

  it('works with an administrator who is no superuser, as managed servers give out', async () => {
    await admin.unsafe(`create role boss_${name} login createrole createdb password 'boss'`)
    await admin.unsafe(`alter database ${name} owner to boss_${name}`)
    const url = new URL(adminUrl)
    url.username = `boss_${name}`
    url.password = 'boss'
    const report = await migrateDatabase({ adminUrl: url.toString(), appUrl, folder })
    expect(report).toMatchObject({ applied: 2, guardsApplied: true })
    await expect(ask(appUrl, 'drop table thing')).rejects.toThrow(/must be owner/)
    expect(await ask(appUrl, 'select count(*)::int as n from thing')).toEqual([{ n: 0 }])
  })

  it('says what to create when neither role may create the other', async () => {
    await admin.unsafe(`create role boss_${name} login password 'boss'`)
    const url = new URL(adminUrl)
    url.username = `boss_${name}`
    url.password = 'boss'
    await expect(migrateDatabase({ adminUrl: url.toString(), appUrl, folder })).rejects.toThrow(
      new RegExp(`role app_${name} of DATABASE_URL does not exist`),
    )
  })

  it('refuses a database in another encoding', async () => {
    await admin.unsafe(`drop database ${name}`)
    await admin.unsafe(`create database ${name} template template0 encoding 'SQL_ASCII' locale 'C'`)
    await expect(migrate()).rejects.toThrow(/encoded in SQL_ASCII/)
  })

  it('applies what this very checkout brings', async () => {
    const report = await migrateDatabase({ adminUrl, appUrl })
    const journal = JSON.parse(
      await readFile(join(projectRoot(), 'drizzle/migrations/meta/_journal.json'), 'utf8'),
    ) as { entries: unknown[] }
    expect(report.applied).toBe(journal.entries.length)
  })
})

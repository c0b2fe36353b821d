import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrateDatabase } from '../migrate'
import { projectRoot } from '../project-root'
import { OWNER_ROLE, openDatabaseTo } from '../roles'

/** Where tests find their server: `adminUrl` names its maintenance database. */
export type TestServer = { adminUrl: string; appUrl: string }

const PREFIX = 'chancery_template_'
/** A template of other sources is dropped when it is this old: a parallel run may still copy it. */
const OLD_TEMPLATE_MS = 2 * 60 * 60 * 1000

/** The same address with another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

/** A client of one connection for the test harness itself. */
export function harnessClient(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    onnotice: () => undefined,
    connection: { application_name: 'chancery tests' },
  })
}

/**
 * A migrated, empty database to copy from. Its name is keyed by everything that shapes it, so that
 * later runs reuse it, and runs of several people on one server build it once.
 */
export async function ensureTemplate(server: TestServer): Promise<string> {
  const name = `${PREFIX}${await sourceHash()}`
  const sql = harnessClient(server.adminUrl)
  try {
    await sql`select pg_advisory_lock(hashtextextended('chancery.test.template', 0))`
    await dropOldTemplates(sql, name)
    if ((await sql`select 1 from pg_database where datname = ${name}`).length > 0) return name
    const building = `${name}_building`
    await sql.unsafe(`drop database if exists ${building} with (force)`)
    await sql.unsafe(`create database ${building} template template0 encoding 'UTF8'`)
    await migrateDatabase({
      adminUrl: withDatabase(server.adminUrl, building),
      appUrl: withDatabase(server.appUrl, building),
    })
    await sql.unsafe(`comment on database ${building} is '${Date.now()}'`)
    await sql.unsafe(`alter database ${building} rename to ${name}`)
    return name
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function sourceHash(): Promise<string> {
  const root = projectRoot()
  const hash = createHash('sha256')
  const folders = ['drizzle/migrations', 'drizzle/migrations/meta', 'drizzle/guards', 'lib/db']
  for (const folder of folders) {
    const names = await readdir(join(root, folder))
    for (const name of names.filter((n) => /\.(sql|json|ts)$/.test(n)).sort()) {
      hash.update(`${folder}/${name}\0`).update(await readFile(join(root, folder, name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

async function dropOldTemplates(sql: postgres.Sql, current: string): Promise<void> {
  const rows = await sql`
    select datname as name, shobj_description(oid, 'pg_database') as made
    from pg_database where datname like ${`${PREFIX}%`} and datname <> ${current}`
  for (const { name, made } of rows) {
    if (Date.now() - Number(made ?? 0) < OLD_TEMPLATE_MS) continue
    await sql.unsafe(`drop database if exists "${name}" with (force)`)
  }
}

/** Copies the template. What a copy does not inherit (owner, rights on the database) is redone. */
export async function cloneTemplate(
  server: TestServer,
  copy: { template: string; name: string },
): Promise<void> {
  const sql = harnessClient(server.adminUrl)
  try {
    const [owner] = await sql`select 1 from pg_roles where rolname = ${OWNER_ROLE}`
    await sql.unsafe(
      `create database ${copy.name} template ${copy.template}${owner ? ` owner ${OWNER_ROLE}` : ''}`,
    )
    const inside = harnessClient(withDatabase(server.adminUrl, copy.name))
    try {
      const app = decodeURIComponent(new URL(server.appUrl).username)
      await openDatabaseTo(inside, { app, owner: owner ? OWNER_ROLE : null })
    } finally {
      await inside.end({ timeout: 5 })
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

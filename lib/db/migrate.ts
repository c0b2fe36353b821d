import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import type { Sql, TransactionSql } from 'postgres'
import { refused } from '@/lib/core/errors'
import { enginePool } from './engine-pool'
import { guardedClient } from './guarded-client'
import { applyGuards, guardHash, readGuards } from './guards'
import { projectRoot } from './project-root'
import { prepareRoles, type Roles } from './roles'

type Request = {
  /** The role that migrates; without it the application's own role does, and owns everything. */
  adminUrl?: string | undefined
  appUrl: string
  /** The folder with `migrations` and `guards`; the project's own unless a test brings another. */
  folder?: string
}

/** What one call did. `unenforced`: sentences about protections that cannot hold here. */
export type MigrationReport = {
  applied: number
  guardsApplied: boolean
  unenforced: readonly string[]
}

export const OLDEST_SERVER = 15
const LOCK = 'chancery.migrate'
const LOCK_MINUTES = 10

/**
 * Brings the database to the state that this code expects: migrations, the job engine's tables,
 * guards, rights. Any number of processes may call it at once: an advisory lock lets one work
 * while the others wait and then find nothing to do. Migrations and guards are one transaction:
 * a failure changes nothing. A database that newer code has migrated throws `refused`.
 */
export async function migrateDatabase(request: Request): Promise<MigrationReport> {
  const folder = request.folder ?? join(projectRoot(), 'drizzle')
  const sql = guardedClient({
    ...{ url: request.adminUrl ?? request.appUrl, max: 1, name: 'chancery migrate' },
    onClose: () => undefined,
  })
  try {
    await requireServer(sql)
    const roles = await locked(sql, (tx) => prepareRoles(tx, request.appUrl))
    return await locked(sql, async (tx) => {
      const migrations = readMigrationFiles({ migrationsFolder: join(folder, 'migrations') })
      if (roles.owner) await tx.unsafe(`set local role ${roles.owner}`)
      const known = await openJournal(tx)
      const pending = missing(known, migrations)
      const engine = await migrateJobEngine(request.adminUrl ?? request.appUrl, roles, tx)
      for (const migration of pending) await applyMigration(tx, migration)
      const last = migrations.at(-1)?.folderMillis ?? 0
      const guardsApplied = await refreshGuards(tx, folder, roles, `${last}/${engine}`)
      return { applied: pending.length, guardsApplied, unenforced: unenforced(roles) }
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** One transaction that holds the migration lock: if the connection dies, so does all of it. */
async function locked<T>(sql: Sql, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  await sql.begin(async (tx) => {
    await tx.unsafe(
      `set local statement_timeout = 0; set local lock_timeout = '${LOCK_MINUTES}min'`,
    )
    try {
      await tx`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03') throw error
      refused(`Another process has been migrating the database for ${LOCK_MINUTES} minutes.`)
    }
    result = { value: await work(tx) }
  })
  return (result ?? refused('The migration did not run.')).value
}

async function requireServer(sql: Sql): Promise<void> {
  const [server] = await sql`
    select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding, pg_is_in_recovery() as replica`
  const major = Math.floor(Number(server?.version) / 10_000)
  if (major < OLDEST_SERVER) {
    refused(
      `The database server is PostgreSQL ${major}. Version ${OLDEST_SERVER} or later is needed.`,
    )
  }
  if (server?.encoding !== 'UTF8') {
    refused(`The database is encoded in ${server?.encoding}. Create it with encoding UTF8.`)
  }
  if (server?.replica) refused('The database address points to a read-only replica.')
}

async function openJournal(tx: TransactionSql): Promise<number[]> {
  await tx.unsafe(`
    create schema if not exists chancery_meta;
    create table if not exists chancery_meta.migration (
      created_at bigint primary key, hash text not null,
      applied_at timestamptz not null default now());
    create table if not exists chancery_meta.guard (
      one boolean primary key default true check (one), hash text not null,
      applied_at timestamptz not null default now())`)
  const rows = await tx`select created_at from chancery_meta.migration order by created_at`
  return rows.map((row) => Number(row.created_at))
}

type Migration = ReturnType<typeof readMigrationFiles>[number]

/** Migrations still to run. A database that knows others than this code does is refused. */
function missing(known: readonly number[], migrations: readonly Migration[]): Migration[] {
  const newest = migrations.at(-1)?.folderMillis ?? 0
  if (known.some((at) => at > newest)) {
    refused('The database was migrated by a newer Chancery. Start that version, or a later one.')
  }
  const ours = new Set(migrations.map((migration) => migration.folderMillis))
  if (known.some((at) => !ours.has(at))) {
    refused(
      'The database has a migration that this Chancery does not know, older than its newest one. It was made by another build: start that one, or use another database.',
    )
  }
  const applied = new Set(known)
  return migrations.filter((migration) => !applied.has(migration.folderMillis))
}

async function applyMigration(tx: TransactionSql, migration: Migration): Promise<void> {
  for (const statement of migration.sql) {
    try {
      await tx.unsafe(statement)
    } catch (error) {
      const first = statement.trim().split('\n')[0]
      refused(
        `The database could not be migrated; nothing was changed. ${(error as Error).message} (${first})`,
      )
    }
  }
  await tx`
    insert into chancery_meta.migration (created_at, hash)
    values (${migration.folderMillis}, ${migration.hash})`
}

/** graphile-worker's own migrations, as the owner. Returns the revision that holds afterwards. */
async function migrateJobEngine(url: string, roles: Roles, tx: TransactionSql): Promise<string> {
  const exitCode = process.exitCode
  const pool = enginePool(() => sessionUrl(url, roles.owner), 1)
  try {
    await runMigrations({
      ...{ pgPool: pool, maxPoolSize: 1, noHandleSignals: true },
      logger: new Logger(() => () => undefined),
    })
  } catch (error) {
    // It marks the whole process as failed when the schema is newer than the library.
    process.exitCode = exitCode
    return refused(`The job tables could not be migrated. ${(error as Error).message}`)
  } finally {
    await pool.end()
  }
  const [row] = await tx`select max(id)::text as revision from graphile_worker.migrations`
  return String(row?.revision)
}

function sessionUrl(text: string, owner: string | null): string {
  const url = new URL(text)
  const role = owner ? ` -c role=${owner}` : ''
  url.searchParams.set('options', `-c statement_timeout=0${role}`)
  return url.toString()
}

async function refreshGuards(
  tx: TransactionSql,
  folder: string,
  roles: Roles,
  schema: string,
): Promise<boolean> {
  const guards = await readGuards(folder, roles.app)
  const hash = guardHash(guards, `${schema}/${roles.owner}`)
  const [stored] = await tx`select hash from chancery_meta.guard`
  if (stored?.hash === hash) return false
  await applyGuards(tx, guards)
  await tx`
    insert into chancery_meta.guard (hash) values (${hash})
    on conflict (one) do update set hash = excluded.hash, applied_at = now()`
  return true
}

function unenforced(roles: Roles): string[] {
  if (roles.single) {
    return [
      'Set DATABASE_ADMIN_URL to a second role that migrates. Until then the role that the application uses owns the tables, and could switch their guards off.',
    ]
  }
  if (roles.owner) return []
  return [
    'The role in DATABASE_ADMIN_URL may not create roles, so it owns the tables itself. Whoever has its password can switch guards off.',
  ]
}

import { resolve } from 'node:path'
import { invalid } from '@/lib/core/errors'

/**
 * Where the data lives. `embedded`: a PostgreSQL server of our own inside `dataDir`.
 * `external`: a server somebody else runs; without `adminUrl` migrations use `url` as well.
 */
export type DatabaseConfig =
  | { kind: 'embedded'; dataDir: string }
  | { kind: 'external'; url: string; adminUrl: string | undefined }

type Environment = Record<string, string | undefined>

/**
 * Reads `CHANCERY_DATA` (default `.chancery` in the working folder), `DATABASE_URL` (the
 * application's role) and `DATABASE_ADMIN_URL` (the role that migrates). A half-set or malformed
 * setting throws `invalid`: falling back to another database in silence would split the data.
 */
export function databaseConfig(env: Environment = process.env): DatabaseConfig {
  const url = readUrl(env, 'DATABASE_URL')
  const adminUrl = readUrl(env, 'DATABASE_ADMIN_URL')
  if (url === undefined && adminUrl !== undefined) {
    return invalid(
      'DATABASE_ADMIN_URL is set but DATABASE_URL is not. Set DATABASE_URL to the role that the application uses, or unset both to use the built-in database.',
    )
  }
  if (url !== undefined) {
    if (adminUrl !== undefined) requireSameDatabase(url, adminUrl)
    return { kind: 'external', url, adminUrl }
  }
  return { kind: 'embedded', dataDir: dataFolder(env) }
}

/** The folder for everything that is kept outside the database (and for the embedded one). */
export function dataFolder(env: Environment = process.env): string {
  const folder = env.CHANCERY_DATA
  if (folder === undefined) return resolve('.chancery')
  if (folder.trim() === '') {
    return invalid('CHANCERY_DATA is empty. Set it to a folder, or unset it to use .chancery.')
  }
  return resolve(folder)
}

function readUrl(env: Environment, name: string): string | undefined {
  const text = env[name]
  if (text === undefined) return undefined
  if (text.trim() === '') {
    return invalid(
      `${name} is empty. Set it to postgres://user:password@host:port/database, or unset it.`,
    )
  }
  // The value itself is never repeated: it holds a password.
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')) {
    return invalid(
      `${name} is not a PostgreSQL address. It looks like postgres://user:password@host:port/database.`,
    )
  }
  if (url.hostname === '' || url.username === '' || databaseName(text) === '') {
    return invalid(
      `${name} must name a host, a user and a database: postgres://user:password@host:port/database.`,
    )
  }
  return text
}

function requireSameDatabase(url: string, adminUrl: string): void {
  if (databaseName(url) !== databaseName(adminUrl)) {
    invalid(
      'DATABASE_URL and DATABASE_ADMIN_URL name two different databases. Both must point at the same one.',
    )
  }
}

/** The role that a PostgreSQL address logs in with. */
export function roleName(url: string): string {
  return decodeURIComponent(new URL(url).username)
}

/** The database that a PostgreSQL address names; empty when it names none. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.replace(/^\//, ''))
}

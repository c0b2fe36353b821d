import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'
import { refused } from '@/lib/core/errors'
import { guardedClient } from './guarded-client'

/** The query builder. Tables are imported where they are used; there is no relational API. */
export type Db = PostgresJsDatabase<Record<string, never>>

/** Which database the process talks to. `adminUrl` is absent where only one role exists. */
export type DatabaseTarget = { url: string; adminUrl?: string | undefined }

type Handles = {
  target: DatabaseTarget | null
  builder: { client: Sql; db: Db } | null
  raw: Sql | null
  onClose: (() => void) | null
}

const BUILDER_CONNECTIONS = 10
const RAW_CONNECTIONS = 4
const CLOSE_SECONDS = 5

// Bundlers may load this file more than once in a process; the connections must stay one set.
const KEY = Symbol.for('chancery.database')
const shared = globalThis as typeof globalThis & { [KEY]?: Handles }

function handles(): Handles {
  shared[KEY] ??= { target: null, builder: null, raw: null, onClose: null }
  return shared[KEY]
}

/**
 * Points this process at a database. Nothing connects before the first query. When the address
 * changes, queries under way end on the old connections and new ones use the new address.
 */
export function configureDatabase(target: DatabaseTarget): void {
  const current = handles()
  const moved = current.target?.url !== target.url
  current.target = { ...target }
  if (moved) void closeClients()
}

/** Where this process is pointed at; `null` before `configureDatabase`. */
export function databaseTarget(): DatabaseTarget | null {
  return handles().target
}

/** Drizzle on a client of its own, shared by the whole process. */
export function db(): Db {
  const current = handles()
  if (!current.builder) {
    // drizzle() changes the parsers of the client it is given, so nobody else may use that one.
    const client = connect(BUILDER_CONNECTIONS, 'chancery')
    current.builder = { client, db: drizzle({ client }) }
  }
  return current.builder.db
}

/**
 * A plain postgres.js client for what Drizzle cannot do: LISTEN, COPY, bulk reads of bytes.
 * `sql.listen` keeps one more connection and listens again by itself after a reconnect.
 */
export function rawSql(): Sql {
  const current = handles()
  current.raw ??= connect(RAW_CONNECTIONS, 'chancery raw')
  return current.raw
}

function connect(max: number, name: string): Sql {
  const { target } = handles()
  if (!target) return refused('The database is not open yet. Call openDatabase() first.')
  return guardedClient({ url: target.url, max, name, onClose: () => handles().onClose?.() })
}

/** Calls `listener` whenever a connection of this process ends, for whatever reason. */
export function onConnectionClosed(listener: (() => void) | null): void {
  handles().onClose = listener
}

/** Ends every connection of this process; open transactions get a few seconds. */
export async function closeDatabase(): Promise<void> {
  handles().target = null
  await closeClients()
}

async function closeClients(): Promise<void> {
  const current = handles()
  const clients = [current.builder?.client, current.raw]
  current.builder = null
  current.raw = null
  await Promise.all(
    clients.map((client) => client?.end({ timeout: CLOSE_SECONDS }).catch(() => undefined)),
  )
}

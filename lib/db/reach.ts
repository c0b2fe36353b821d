import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { refused } from '@/lib/core/errors'
import { databaseName, roleName } from './config'

type Address = { url: string; setting: 'DATABASE_URL' | 'DATABASE_ADMIN_URL' }

const PATIENCE_MS = 30_000
const PAUSE_MS = 1_000

/**
 * Logs in at an external server once and leaves. A server that is not there yet (started at the
 * same moment as we) is waited for, up to `patienceMs`. Throws `refused` with what to check; never
 * repeats a password.
 */
export async function requireReachable(address: Address, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (let told = false; ; ) {
    const error = await logIn(address.url)
    if (error === null) return
    const sentence = explain(error, address)
    if (sentence !== null) return refused(sentence)
    const { host } = new URL(address.url)
    const reason = `${error.code ?? error.message}`
    if (Date.now() > deadline) {
      return refused(
        `No PostgreSQL server answers at ${host} (${reason}). Start it, or correct ${address.setting}.`,
      )
    }
    if (!told) console.log(`Waiting for the database at ${host} (${reason}).`)
    told = true
    await sleep(PAUSE_MS)
  }
}

type LoginError = { code?: string; message: string }

async function logIn(url: string): Promise<LoginError | null> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, fetch_types: false })
  try {
    await sql`select 1`
    return null
  } catch (error) {
    return error as LoginError
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined)
  }
}

/** What the server said no to; `null` where it said nothing and may yet come up. */
function explain(error: LoginError, { url, setting }: Address): string | null {
  switch (error.code) {
    case '28P01':
    case '28000':
      return `The database server does not accept the role ${roleName(url)} with the password in ${setting} (${error.message}).`
    case '3D000':
      return `The database ${databaseName(url)} of ${setting} does not exist. Create it, empty and encoded in UTF8.`
    case '42501':
      return `The role ${roleName(url)} of ${setting} may not connect to ${databaseName(url)}.`
    case '53300':
      return `The database server has no connection left for ${setting}. Raise max_connections.`
    case '57P03':
      return null
    default:
      return /^[0-9A-Z]{5}$/.test(error.code ?? '')
        ? `The database server refuses ${setting}: ${error.message}.`
        : null
  }
}

import { OWNER_ROLE } from '../roles'
import { APP_ROLE, DATABASE, embeddedUrl, oneConnection } from './connection'
import type { EmbeddedState } from './state'

/**
 * Makes roles and database inside a running embedded server. Idempotent: a start that was cut
 * short is completed by the next one. The application's password always follows the state file.
 */
export async function bootstrapServer(state: EmbeddedState): Promise<void> {
  const sql = oneConnection(embeddedUrl(state, 'admin', 'postgres'))
  try {
    const roles = new Set(
      (await sql`select rolname from pg_roles`).map((row) => String(row.rolname)),
    )
    if (!roles.has(OWNER_ROLE)) await sql.unsafe(`create role ${OWNER_ROLE} nologin`)
    // Passwords are base64url: nothing in them needs quoting.
    const verb = roles.has(APP_ROLE) ? 'alter' : 'create'
    await sql.unsafe(
      `${verb} role ${APP_ROLE} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${state.appPassword}'`,
    )
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!found) await sql.unsafe(`create database ${DATABASE} owner ${OWNER_ROLE}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

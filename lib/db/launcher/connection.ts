import postgres from 'postgres'
import { ADMIN_ROLE } from './cluster'
import type { EmbeddedState } from './state'

/** The role that the application uses at run time; it owns nothing. */
export const APP_ROLE = 'chancery_app'
export const DATABASE = 'chancery'

/** Address of the embedded server for the application's role, or for the administrator's. */
export function embeddedUrl(
  state: EmbeddedState,
  as: 'app' | 'admin',
  database = DATABASE,
): string {
  const [role, password] =
    as === 'app' ? [APP_ROLE, state.appPassword] : [ADMIN_ROLE, state.adminPassword]
  return `postgres://${role}:${password}@127.0.0.1:${state.port}/${database}`
}

/** What became of one attempt to log in. */
export type Probe = 'answers' | 'starting' | 'wrong-password' | 'no-database' | 'unreachable'

/**
 * Logs in and runs a real query. A process id or an open port proves nothing: only our own
 * password, checked both ways by SCRAM, shows that this is our server.
 */
export async function probe(url: string): Promise<Probe> {
  const sql = oneConnection(url, 3)
  try {
    await sql`select 1`
    return 'answers'
  } catch (error) {
    return classify((error as { code?: string }).code)
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined)
  }
}

function classify(code: string | undefined): Probe {
  switch (code) {
    case '57P03':
    case '57P01':
    case '57P02':
      return 'starting'
    case '28P01':
    case '28000':
      return 'wrong-password'
    case '3D000':
      return 'no-database'
    // A full house is a running server that knew our password or would have asked for it.
    case '53300':
      return 'answers'
    default:
      return 'unreachable'
  }
}

/** A client of exactly one connection that fails rather than waits. */
export function oneConnection(url: string, connectSeconds = 10): postgres.Sql {
  return postgres(url, {
    max: 1,
    connect_timeout: connectSeconds,
    fetch_types: false,
    idle_timeout: 0,
    onnotice: () => undefined,
    connection: { application_name: 'chancery launcher' },
  })
}

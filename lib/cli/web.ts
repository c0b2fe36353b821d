import 'server-only'
import { guardIncoming } from '@/lib/auth/incoming'
import { ChanceryError } from '@/lib/core/errors'
import { openDatabase } from '@/lib/db/boot'
import { type Services, startServices } from './services'

const KEY = Symbol.for('chancery.web')
const shared = globalThis as typeof globalThis & { [KEY]?: Promise<Services | null> }

/**
 * What the web process does once before its first request: open the database and, unless
 * `CHANCERY_WORKER=off`, work in the background too. A failure ends the process with one sentence:
 * staying up would answer every request with an error.
 */
export function bootWeb(): Promise<Services | null> {
  shared[KEY] ??= boot().catch((error: unknown) => {
    console.error(error instanceof ChanceryError ? error.message : error)
    process.exit(1)
  })
  return shared[KEY]
}

async function boot(): Promise<Services | null> {
  guardIncoming()
  await openDatabase()
  if (process.env.CHANCERY_WORKER === 'off') return null
  return startServices()
}

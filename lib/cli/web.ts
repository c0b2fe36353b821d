import 'server-only'
import { ChanceryError } from '@/lib/core/errors'
import { openDatabase } from '@/lib/db/boot'
import { type Services, startServices } from './services'

type Booted = { opening: Promise<void> | null; services: Services | null }

const KEY = Symbol.for('chancery.web')
const shared = globalThis as typeof globalThis & { [KEY]?: Booted }

function booted(): Booted {
  shared[KEY] ??= { opening: null, services: null }
  return shared[KEY]
}

/**
 * What the web process does once before its first request: open the database and, unless
 * `CHANCERY_WORKER=off`, work in the background too. A failure ends the process with one sentence:
 * staying up would answer every request with an error.
 */
export function bootWeb(): Promise<void> {
  const current = booted()
  current.opening ??= boot().catch((error: unknown) => {
    console.error(error instanceof ChanceryError ? error.message : error)
    process.exit(1)
  })
  return current.opening
}

async function boot(): Promise<void> {
  await openDatabase()
  if (process.env.CHANCERY_WORKER === 'off') return
  booted().services = await startServices()
  // Next ends the process by itself; this only lets jobs and sealing finish what they hold.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void booted().services?.stop())
  }
}

/**
 * Runs `work` while this process does nothing in the background, then starts again: for writing a
 * history that must not be overtaken by today's worker, and for replacing the whole database.
 */
export async function withoutServices<T>(work: () => Promise<T>): Promise<T> {
  const current = booted()
  await current.services?.stop()
  const were = current.services !== null
  current.services = null
  try {
    return await work()
  } finally {
    if (were) current.services = await startServices()
  }
}

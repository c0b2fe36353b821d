import { closeDatabase, configureDatabase, databaseTarget, onConnectionClosed } from './client'
import { type DatabaseConfig, databaseConfig } from './config'
import { ensureEmbedded } from './launcher/ensure'
import { migrateDatabase } from './migrate'
import { requireReachable } from './reach'
import { superviseEmbedded } from './supervisor'

/** What was opened. `adopted` is true when the embedded server was running already. */
export type OpenedDatabase = {
  kind: DatabaseConfig['kind']
  adopted: boolean
  /** Migrations that this call applied. */
  migrated: number
  /** Sentences about protections that cannot hold with this configuration. */
  unenforced: readonly string[]
}

type Boot = { opening: Promise<OpenedDatabase> | null; stopSupervising: (() => void) | null }

const KEY = Symbol.for('chancery.boot')
const shared = globalThis as typeof globalThis & { [KEY]?: Boot }

function boot(): Boot {
  shared[KEY] ??= { opening: null, stopSupervising: null }
  return shared[KEY]
}

/**
 * Opens the configured database for this process: reads the settings, starts or adopts the embedded
 * server, migrates. Safe to call from many places and many processes at once; the work is done once
 * per process. A failure throws a sentence for people and may be tried again.
 */
export function openDatabase(): Promise<OpenedDatabase> {
  const current = boot()
  current.opening ??= open().catch((error: unknown) => {
    current.opening = null
    throw error
  })
  return current.opening
}

async function open(): Promise<OpenedDatabase> {
  const config = databaseConfig()
  if (config.kind === 'external') {
    const { url, adminUrl } = config
    if (adminUrl) await requireReachable({ url: adminUrl, setting: 'DATABASE_ADMIN_URL' })
    else await requireReachable({ url, setting: 'DATABASE_URL' })
    const report = await migrateDatabase({ adminUrl, appUrl: url })
    // The administrator may just have created this role, or it may have another password.
    if (adminUrl) await requireReachable({ url, setting: 'DATABASE_URL' })
    configureDatabase({ url, adminUrl })
    return { kind: 'external', adopted: true, ...summary(report) }
  }
  const { url, adminUrl, adopted } = await ensureEmbedded(config.dataDir)
  const report = await migrateDatabase({ adminUrl, appUrl: url })
  configureDatabase({ url, adminUrl })
  boot().stopSupervising ??= superviseEmbedded({
    dataDir: config.dataDir,
    port: () => Number(new URL(databaseTarget()?.url ?? 'postgres://none').port) || null,
    onMoved: (server) => configureDatabase({ url: server.url, adminUrl: server.adminUrl }),
    onConnectionClosed,
  })
  return { kind: 'embedded', adopted, ...summary(report) }
}

function summary(report: { applied: number; unenforced: readonly string[] }) {
  return { migrated: report.applied, unenforced: report.unenforced }
}

/** Ends what `openDatabase` began in this process. The embedded server itself keeps running. */
export async function shutDatabase(): Promise<void> {
  const current = boot()
  current.stopSupervising?.()
  current.stopSupervising = null
  current.opening = null
  await closeDatabase()
}

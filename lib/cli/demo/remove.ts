import 'server-only'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { KEY_FILE } from '@/lib/audit/keys'
import { refused } from '@/lib/core/errors'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { databaseTarget } from '@/lib/db/client'
import { dataFolder } from '@/lib/db/config'
import { getInstallation } from '@/lib/people/queries/installation'
import { ensureSetupToken } from '@/lib/people/setup'
import { withoutServices } from '../web'

const OURS = ['public', 'audit', 'graphile_worker', 'drizzle', 'chancery_meta']
/** The demo log's key and heads: the real log starts with its own. */
const LOG_FILES = [KEY_FILE, 'checkpoint.note', 'checkpoints.log', 'workspaces']

/**
 * Removes a demonstration as a whole, log included, and makes the installation empty again. Returns
 * the path of a fresh setup link. Throws `refused` for an installation that is not a demonstration,
 * whoever asks.
 */
export async function removeDemo(): Promise<string> {
  const installation = await getInstallation()
  if (!installation?.demo) refused('This is not a demonstration. Nothing was removed.')
  const admin = databaseTarget()?.adminUrl
  if (admin === undefined) {
    refused('Removing the demonstration needs DATABASE_ADMIN_URL. Set it, start again, and retry.')
  }
  return withoutServices(async () => {
    await shutDatabase()
    const sql = postgres(admin, { max: 1, onnotice: () => undefined })
    try {
      await sql.begin(async (tx) => {
        for (const schema of OURS) await tx`drop schema if exists ${tx(schema)} cascade`
        await tx`create schema public`
      })
    } finally {
      await sql.end()
    }
    for (const file of LOG_FILES) {
      await rm(join(/* turbopackIgnore: true */ dataFolder(), file), {
        recursive: true,
        force: true,
      })
    }
    await openDatabase()
    return (await ensureSetupToken()) ?? '/login'
  })
}

import { randomBytes } from 'node:crypto'
import { chown, open, readFile, rename, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { refused } from '@/lib/core/errors'
import { chooseFreePort } from './port'

/** Raised when the arrangement of the data folder changes; a higher number is refused. */
const LAYOUT = 1

const stateSchema = z.object({
  layout: z.number().int(),
  port: z.number().int().min(1).max(65_535),
  adminPassword: z.string().min(16),
  appPassword: z.string().min(16),
  /** The server's folder: relative to the data folder, unless root had to place it elsewhere. */
  cluster: z.string().min(1),
  /** Set once the database was created: from then on its absence is a loss, not a beginning. */
  created: z.boolean(),
})

/** What the launcher remembers between starts. Holds passwords: mode 0600, never logged. */
export type EmbeddedState = z.infer<typeof stateSchema>

export type Places = { dataDir: string; stateFile: string; lockFile: string; stoppedFile: string }

/** The launcher's own files inside a data folder. */
export function placesOf(dataDir: string): Places {
  return {
    dataDir,
    stateFile: join(dataDir, 'postgres.json'),
    lockFile: join(dataDir, 'postgres.lock'),
    stoppedFile: join(dataDir, 'postgres.stopped'),
  }
}

/** The absolute path of the server's own folder. */
export function clusterFolder(places: Places, state: EmbeddedState): string {
  return isAbsolute(state.cluster) ? state.cluster : resolve(places.dataDir, state.cluster)
}

/**
 * Reads the state file; `null` when there is none. A file that cannot be understood, or that a
 * newer Chancery wrote, throws `refused`: new passwords over an old database would lock it.
 */
export async function readState(places: Places): Promise<EmbeddedState | null> {
  const text = await readFile(places.stateFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    if (error.code === 'EACCES') {
      return refused(
        `${places.stateFile} belongs to another user. Start Chancery as that user, or set CHANCERY_DATA to a folder of your own.`,
      )
    }
    if (error.code === 'ENOTDIR') {
      return refused(`${places.dataDir} is a file. Set CHANCERY_DATA to a folder.`)
    }
    throw error
  })
  if (text === null) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  const parsed = stateSchema.safeParse(value)
  if (!parsed.success) {
    return refused(
      `${places.stateFile} is damaged. It holds the passwords of the built-in database: restore it from a backup.`,
    )
  }
  if (parsed.data.layout > LAYOUT) {
    return refused(
      `The data folder ${places.dataDir} was written by a newer Chancery. Start that version, or a later one.`,
    )
  }
  return parsed.data
}

/** A state for a folder that has none yet: fresh passwords, a free port. */
export async function newState(cluster: string): Promise<EmbeddedState> {
  return {
    layout: LAYOUT,
    port: await chooseFreePort(),
    adminPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
    cluster,
    created: false,
  }
}

/** Replaces the state file at once (written beside, synced, renamed); it keeps its owner. */
export async function writeState(places: Places, state: EmbeddedState): Promise<void> {
  const owner = await stat(places.stateFile).catch(() => null)
  const beside = `${places.stateFile}.${process.pid}`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  if (owner && process.getuid?.() === 0) await chown(beside, owner.uid, owner.gid)
  await rename(beside, places.stateFile)
  await syncFolder(places.dataDir)
}

/** Makes a rename inside `folder` survive a power cut, where the platform lets a folder be synced. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

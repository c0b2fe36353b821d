import { randomBytes } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { refused } from '@/lib/core/errors'
import { postgresBinaries } from './binaries'
import { type Cluster, clusterExists } from './cluster'
import { canPass, type Identity, serverIdentity } from './identity'
import { clusterFolder, type EmbeddedState, newState, type Places, readState } from './state'

export type Opened = { state: EmbeddedState; cluster: Cluster; isNew: boolean }

/**
 * Reads a data folder, or plans a new one. Refuses both halves of a torn backup: a database whose
 * passwords are gone, and passwords whose database is gone. Callers hold the launcher's lock.
 */
export async function openPlaces(places: Places): Promise<Opened> {
  const stored = await readState(places)
  const state = stored ?? (await newState(await clusterPlace(places.dataDir)))
  const folder = clusterFolder(places, state)
  const identity = await serverIdentity(folder)
  const cluster = { folder, identity, binaries: await postgresBinaries(identity) }
  const exists = await clusterExists(cluster)
  if (exists && !stored) {
    return refused(
      `The database in ${folder} exists, but its passwords (${places.stateFile}) do not. Restore that file from a backup: new passwords cannot open an old database.`,
    )
  }
  if (!exists && state.created) {
    return refused(
      `The database in ${folder} is gone. Restore it from a backup, or delete ${places.stateFile} to begin with an empty one.`,
    )
  }
  return { state, cluster, isNew: !exists }
}

/** Creates a folder that the server's user can pass through (not list); others stay as they are. */
export async function makeFolder(folder: string, identity: Identity): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: identity ? 0o711 : 0o700 }).catch(
    (error: NodeJS.ErrnoException) =>
      refused(
        `The folder ${folder} cannot be created (${error.code}). Make its parent writable, or set CHANCERY_DATA to another folder.`,
      ),
  )
  if (made === undefined || !identity) return
  // The process's umask may have closed what was just made, up to the topmost new folder.
  for (let at = folder; ; at = dirname(at)) {
    await chmod(at, 0o711)
    if (at === made || dirname(at) === at) return
  }
}

/**
 * Where a new database goes: into the data folder, unless this is root and the server's user
 * cannot pass through to it. Then it lies under /var/lib, and the state file and a line say so.
 */
async function clusterPlace(dataDir: string): Promise<string> {
  const identity = await serverIdentity(join(dataDir, 'postgres'))
  if (await canPass(dataDir, identity)) return 'postgres'
  // A new name each time: a data folder that was deleted and made again is a new beginning.
  const name = `${basename(dirname(dataDir)) || 'data'}-${randomBytes(4).toString('hex')}`
  const elsewhere = join('/var/lib/chancery', name, 'postgres')
  await makeFolder(dirname(elsewhere), identity)
  console.log(`PostgreSQL's user cannot enter ${dataDir}: the database lies in ${elsewhere}.`)
  return elsewhere
}

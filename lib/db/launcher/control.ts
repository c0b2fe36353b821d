import { access, rm, writeFile } from 'node:fs/promises'
import { stopServer } from './cluster'
import { embeddedUrl, oneConnection, probe } from './connection'
import { withFileLock } from './file-lock'
import { openPlaces } from './place'
import { runningPostmaster } from './postmaster-file'
import { clusterFolder, placesOf, readState } from './state'

const LOCK_PATIENCE_MS = 60_000

/** `unresponsive`: a process is there, but it did not answer our own query. */
export type EmbeddedStatus = {
  state: 'absent' | 'stopped' | 'running' | 'unresponsive'
  folder: string | null
  port: number | null
  pid: number | null
  /** Somebody stopped it by hand and means it: nothing restarts it until the next start. */
  stoppedOnPurpose: boolean
}

/** What is known about the embedded server of this folder. Starts nothing, changes nothing. */
export async function embeddedStatus(dataDir: string): Promise<EmbeddedStatus> {
  const places = placesOf(dataDir)
  const state = await readState(places)
  const nothing = { folder: null, port: null, pid: null, stoppedOnPurpose: false }
  if (!state) return { state: 'absent', ...nothing }
  const folder = clusterFolder(places, state)
  const stoppedOnPurpose = await exists(places.stoppedFile)
  const postmaster = await runningPostmaster(folder)
  if (!postmaster) return { ...nothing, state: 'stopped', folder, stoppedOnPurpose }
  const { pid, port } = postmaster
  const answer = await probe(embeddedUrl({ ...state, port }, 'app'))
  return {
    state: answer === 'answers' ? 'running' : 'unresponsive',
    ...{ folder, port, pid, stoppedOnPurpose },
  }
}

/**
 * The port of the server's process; `null` when there is none, `'meant'` when somebody stopped it
 * on purpose. Reads two files and asks the system about one process: cheap enough for every second.
 */
export async function runningPort(dataDir: string): Promise<number | null | 'meant'> {
  const places = placesOf(dataDir)
  const state = await readState(places)
  if (!state) return null
  const postmaster = await runningPostmaster(clusterFolder(places, state))
  if (postmaster) return postmaster.port
  return (await exists(places.stoppedFile)) ? 'meant' : null
}

/**
 * Stops the embedded server cleanly; `false` when it was not running. With `unlessUsed` it is left
 * alone (`false`) while anybody else is connected, and a supervisor may start it again; without,
 * supervisors of other processes are told to leave it stopped.
 */
export async function stopEmbedded(
  dataDir: string,
  options: { unlessUsed?: boolean } = {},
): Promise<boolean> {
  const places = placesOf(dataDir)
  if (!(await readState(places))) return false
  return withFileLock(places.lockFile, LOCK_PATIENCE_MS, async () => {
    const { state, cluster } = await openPlaces(places)
    const postmaster = await runningPostmaster(cluster.folder)
    if (!postmaster) return false
    const actual = { ...state, port: postmaster.port }
    if (options.unlessUsed && (await isUsed(embeddedUrl(actual, 'admin', 'postgres')))) return false
    if (!options.unlessUsed) await writeFile(places.stoppedFile, '', { mode: 0o600 })
    try {
      await stopServer(cluster)
    } catch (error) {
      await rm(places.stoppedFile, { force: true })
      throw error
    }
    return true
  })
}

async function isUsed(adminUrl: string): Promise<boolean> {
  const sql = oneConnection(adminUrl, 3)
  try {
    const [row] = await sql`
      select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()`
    return Number(row?.others) > 0
  } catch {
    return true
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

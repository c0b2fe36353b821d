import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refused } from '@/lib/core/errors'
import { bootstrapServer } from './bootstrap'
import { type Cluster, initialiseCluster, removeUnfinished, startServer } from './cluster'
import { embeddedUrl, type Probe, probe } from './connection'
import { withFileLock } from './file-lock'
import { serverIdentity } from './identity'
import { makeFolder, openPlaces } from './place'
import { chooseFreePort, isPortFree } from './port'
import { removeStalePostmasterFile, runningPostmaster } from './postmaster-file'
import {
  clusterFolder,
  type EmbeddedState,
  type Places,
  placesOf,
  readState,
  writeState,
} from './state'

/** Addresses of the server; `adopted` when it was running already. */
export type Embedded = { url: string; adminUrl: string; adopted: boolean }

const LOCK_PATIENCE_MS = 300_000
const START_PATIENCE_MS = 180_000
const POLL_MS = 100

/**
 * Makes sure that the PostgreSQL server of this data folder runs, and says how to reach it.
 * A running one is adopted after a query with our own password proved it; otherwise it is started,
 * on first use created. Any number of processes may call this at once. The port stays the same over
 * restarts as long as nobody else takes it. Throws `refused` with a sentence for people.
 */
export async function ensureEmbedded(dataDir: string): Promise<Embedded> {
  const places = placesOf(dataDir)
  const running = await adopt(places)
  if (running) return running
  await makeFolder(dataDir, await serverIdentity(join(dataDir, 'postgres')))
  return withFileLock(places.lockFile, LOCK_PATIENCE_MS, async () => {
    await rm(places.stoppedFile, { force: true })
    return (await adopt(places)) ?? (await start(places))
  })
}

/** The fast path, without a lock. `null` when there is work to do. */
async function adopt(places: Places): Promise<Embedded | null> {
  const state = await readState(places)
  if (!state) return null
  const postmaster = await runningPostmaster(clusterFolder(places, state))
  if (!postmaster?.ready) return null
  const actual = { ...state, port: postmaster.port }
  if ((await probe(embeddedUrl(actual, 'app'))) !== 'answers') return null
  return addresses(actual, true)
}

function addresses(state: EmbeddedState, adopted: boolean): Embedded {
  return { url: embeddedUrl(state, 'app'), adminUrl: embeddedUrl(state, 'admin'), adopted }
}

async function start(places: Places): Promise<Embedded> {
  const { state, cluster, isNew } = await openPlaces(places)
  await removeUnfinished(cluster.folder)
  if (isNew) {
    await writeState(places, state)
    await initialiseCluster(cluster, state.adminPassword)
  }
  const deadline = Date.now() + START_PATIENCE_MS
  let { port } = state
  while (Date.now() < deadline) {
    const running = await runningPostmaster(cluster.folder)
    if (!running) {
      const started = await startOn(cluster, port)
      port = started.port
      if (!started.done) continue
    } else {
      port = running.port
    }
    const actual = { ...state, port, created: true }
    if ((await proveAdmin(actual)) === 'answers') {
      if (state.port !== port || !state.created) await writeState(places, actual)
      await bootstrapServer(actual)
      return addresses(actual, running !== null)
    }
    await sleep(POLL_MS)
  }
  const pid = (await runningPostmaster(cluster.folder))?.pid
  return refused(
    pid === undefined
      ? `The built-in database in ${cluster.folder} cannot start while processes of its last run remain. End them, then start again.`
      : `The built-in database in ${cluster.folder} runs (process ${pid}) but does not answer. End that process, then start again.`,
  )
}

async function startOn(cluster: Cluster, wanted: number): Promise<{ done: boolean; port: number }> {
  await removeStalePostmasterFile(cluster.folder)
  const port = (await isPortFree(wanted)) ? wanted : await chooseFreePort()
  const result = await startServer(cluster, port)
  if (result === 'started') return { done: true, port }
  await sleep(POLL_MS)
  // Where the port was taken in between, the next round finds it so and chooses another.
  return { done: false, port }
}

async function proveAdmin(state: EmbeddedState): Promise<Probe> {
  const answer = await probe(embeddedUrl(state, 'admin', 'postgres'))
  if (answer !== 'wrong-password') return answer
  return refused(
    'The built-in database does not accept the password in postgres.json: the file belongs to another database. Restore both from the same backup.',
  )
}

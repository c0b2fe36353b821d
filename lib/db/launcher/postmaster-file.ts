import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { mayServe } from './process-status'

/** The lines of `postmaster.pid` that matter here (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_*). */
export type Postmaster = { pid: number; port: number; ready: boolean }

/** Reads the server's own lock file; `null` when there is none or it is being written. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' }
}

/** The server that may be running in this folder now; `null` when certainly none is. */
export async function runningPostmaster(cluster: string): Promise<Postmaster | null> {
  const found = await readPostmaster(cluster)
  return found && (await mayServe(found.pid, cluster)) ? found : null
}

/**
 * Removes the lock file of a server that is certainly gone: PostgreSQL itself would refuse to start
 * beside a zombie or a reused process id. Its second guard, the shared memory block keyed by the
 * folder, still refuses while a backend of the old server lives.
 */
export async function removeStalePostmasterFile(cluster: string): Promise<void> {
  if (await runningPostmaster(cluster)) return
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

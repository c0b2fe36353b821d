import { open, readFile, rm, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { refused } from '@/lib/core/errors'
import { processStatus } from './process-status'

type Holder = { pid: number; startedAt: string | null }

const POLL_MS = 50
/** A lock file without readable content is one being written; after this it is a dead one. */
const HALF_WRITTEN_MS = 10_000
const BREAKING_MS = 10_000

/**
 * Runs `work` while this process alone holds the file at `path`. A lock whose holder is dead (by
 * process id and start time, so a reused number does not keep it) is broken. Not re-entrant.
 * Throws `refused`, naming the holder, after `patienceMs`.
 */
export async function withFileLock<T>(
  path: string,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + patienceMs
  while (!(await acquire(path))) {
    if (await isStale(path)) {
      await breakLock(path)
      continue
    }
    if (Date.now() > deadline) {
      const holder = await readHolder(path)
      return refused(
        `Another process (${holder?.pid ?? 'unknown'}) has been starting or stopping the database for a long time. End it, then try again. Its lock is ${path}.`,
      )
    }
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string): Promise<boolean> {
  const own = await processStatus(process.pid)
  const holder: Holder = { pid: process.pid, startedAt: own.alive ? own.startedAt : null }
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(holder))
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC') {
      return refused(
        `${path} cannot be written (${code}). Free its folder for writing, then try again.`,
      )
    }
    throw error
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof value !== 'object' || value === null || !('pid' in value)) return null
    const startedAt = 'startedAt' in value ? value.startedAt : null
    return {
      pid: Number(value.pid),
      startedAt: typeof startedAt === 'string' ? startedAt : null,
    }
  } catch {
    return null
  }
}

async function isStale(path: string): Promise<boolean> {
  const holder = await readHolder(path)
  if (!holder) return (await ageMs(path)) > HALF_WRITTEN_MS
  const status = await processStatus(holder.pid)
  if (!status.alive) return true
  return (
    holder.startedAt !== null && status.startedAt !== null && holder.startedAt !== status.startedAt
  )
}

async function ageMs(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs
  } catch {
    return 0
  }
}

/**
 * Two waiters may see the same dead lock; the slower one must not remove the lock that the faster
 * one took since. So breaking has a (very short) lock of its own, and looks again inside it.
 */
async function breakLock(path: string): Promise<void> {
  const breaking = `${path}.breaking`
  try {
    await (await open(breaking, 'wx', 0o600)).close()
  } catch {
    if ((await ageMs(breaking)) > BREAKING_MS) await rm(breaking, { force: true })
    await sleep(POLL_MS)
    return
  }
  try {
    if (await isStale(path)) await rm(path, { force: true })
  } finally {
    await rm(breaking, { force: true })
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withFileLock } from './file-lock'
import { processStatus } from './process-status'

let folder: string
let lock: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-lock-'))
  lock = join(folder, 'the.lock')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lockOf = (holder: { pid: number; startedAt: string | null }) =>
  writeFile(lock, JSON.stringify(holder))

/** A process that has ended and was reaped: its number belongs to nobody. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid!
}

describe('withFileLock', () => {
  it('lets one holder in at a time', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(20)
      inside -= 1
    }
    await Promise.all([1, 2, 3, 4, 5].map(() => withFileLock(lock, 10_000, work)))
    expect(most).toBe(1)
  })

  it('is free again after the work failed', async () => {
    await expect(withFileLock(lock, 1_000, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    )
    await expect(access(lock)).rejects.toThrow()
  })

  it('breaks the lock of a process that died', async () => {
    await lockOf({ pid: await deadPid(), startedAt: 'long ago' })
    expect(await withFileLock(lock, 1_000, async () => 'in')).toBe('in')
  })

  it('breaks the lock of a dead process whose number another process has now', async () => {
    await lockOf({ pid: process.ppid, startedAt: 'another start' })
    expect(await withFileLock(lock, 1_000, async () => 'in')).toBe('in')
  })

  it('waits for a living holder, then names it', async () => {
    const parent = await processStatus(process.ppid)
    await lockOf({ pid: process.ppid, startedAt: parent.alive ? parent.startedAt : null })
    await expect(withFileLock(lock, 200, async () => 'in')).rejects.toThrow(String(process.ppid))
    expect(JSON.parse(await readFile(lock, 'utf8')).pid).toBe(process.ppid)
  })

  it('does not break a lock that is being written, and breaks one that never was finished', async () => {
    await writeFile(lock, '')
    await expect(withFileLock(lock, 200, async () => 'in')).rejects.toThrow('unknown')
    await utimes(lock, new Date(0), new Date(0))
    expect(await withFileLock(lock, 1_000, async () => 'in')).toBe('in')
  })

  it('lets one holder in at a time when many find the same dead lock', async () => {
    await lockOf({ pid: await deadPid(), startedAt: null })
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(5)
      inside -= 1
    }
    await Promise.all(Array.from({ length: 12 }, () => withFileLock(lock, 20_000, work)))
    expect(most).toBe(1)
  })
})

describe('processStatus', () => {
  it('tells the living from the dead', async () => {
    expect((await processStatus(process.pid)).alive).toBe(true)
    expect((await processStatus(await deadPid())).alive).toBe(false)
    expect((await processStatus(0)).alive).toBe(false)
    expect((await processStatus(-1)).alive).toBe(false)
  })

  it.skipIf(process.platform !== 'linux')('counts a zombie as dead', async () => {
    // A shell that becomes a program which never waits leaves its ended child as a zombie.
    const shell = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'])
    try {
      const [line] = (await once(shell.stdout, 'data')) as [Buffer]
      const zombie = Number(line.toString())
      await sleep(300)
      expect(await readFile(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ')
      expect(process.kill(zombie, 0)).toBe(true)
      expect((await processStatus(zombie)).alive).toBe(false)
    } finally {
      shell.kill('SIGKILL')
    }
  })
})

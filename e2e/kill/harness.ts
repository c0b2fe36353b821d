import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { stopEmbedded } from '@/lib/db/launcher/control'
import { ensureEmbedded } from '@/lib/db/launcher/ensure'

export const ROOT = resolve(import.meta.dirname, '../..')
const LOAD = join(ROOT, 'e2e/fixtures/load.mjs')

/** A process of the product under test, and how it ended: a signal, or `code n` with its words. */
export type Driven = {
  process: ChildProcess
  /** Resolves when it has opened the database (or ended). */
  begun: Promise<void>
  ended: Promise<string>
}

/** An installation of its own: embedded database, people, workspaces, all below one folder. */
export type Place = {
  dataDir: string
  drive: (args: string[], fault?: string) => Driven
  worker: () => Driven
  /** An administrator's connection, opened for one look. */
  look: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>
  remove: () => Promise<void>
}

export async function aPlace(): Promise<Place> {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const dataDir = mkdtempSync(join(ROOT, '.cache', 'kill-'))
  const start = (args: string[], mark: string, fault = '') =>
    driven(
      spawn(process.execPath, args, {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          CHANCERY_DATA: dataDir,
          CHANCERY_FAULT: fault,
          DATABASE_URL: undefined,
        },
      }),
      mark,
    )
  const place: Place = {
    dataDir,
    drive: (args, fault) =>
      start(['--import', LOAD, 'e2e/kill/driver.ts', ...args], 'begun', fault),
    worker: () => start(['lib/cli/chancery.mjs', 'worker'], 'running'),
    look: async (work) => {
      const { adminUrl } = await ensureEmbedded(dataDir)
      const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
      return work(sql).finally(() => sql.end({ timeout: 5 }))
    },
    remove: async () => {
      await stopEmbedded(dataDir).catch(() => false)
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  const made = await place.drive(['set-up']).ended
  if (made !== 'code 0') throw new Error(`The installation was not made: ${made}`)
  return place
}

function driven(child: ChildProcess, mark: string): Driven {
  let said = ''
  let hear = () => undefined as undefined
  const heard = new Promise<void>((done) => {
    hear = () => void done()
  })
  const take = (chunk: Buffer) => {
    said += chunk.toString()
    if (said.includes(mark)) hear()
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  const ended = new Promise<string>((done) => {
    child.once('close', (code, signal) => {
      done(signal ?? (code === 0 ? 'code 0' : `code ${code}: ${said.slice(-1_500)}`))
    })
  })
  return { process: child, ended, begun: Promise.race([heard, ended.then(() => undefined)]) }
}

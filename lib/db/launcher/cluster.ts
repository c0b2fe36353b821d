import { chown, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ChanceryError, refused } from '@/lib/core/errors'
import type { Binaries } from './binaries'
import type { Identity } from './identity'
import { runProgram } from './run-program'
import { syncFolder } from './state'

/** The superuser of the embedded server: migrations and role management only. */
export const ADMIN_ROLE = 'chancery_admin'

export type Cluster = { folder: string; binaries: Binaries; identity: Identity }

const START_SECONDS = 120
const LOG_TAIL = 4_000

/** Settings of every start, on the command line so that no edited file can open the server up. */
const LOOPBACK_ONLY = ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
/** Defaults written once; an administrator may change them. Durability keeps PostgreSQL's own. */
const INITIAL_SETTINGS = [
  'timezone=UTC',
  'log_timezone=UTC',
  'logging_collector=on',
  'log_directory=log',
  'log_filename=postgresql-%a.log',
  'log_truncate_on_rotation=on',
  'log_rotation_age=1d',
  'log_checkpoints=off',
]

/** Whether the folder holds a database that this server can open. Throws `refused` if not. */
export async function clusterExists(cluster: Cluster): Promise<boolean> {
  const version = await readFile(join(cluster.folder, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) {
    const content = await readdir(cluster.folder).catch(() => [])
    if (content.length === 0) return false
    return refused(
      `The folder ${cluster.folder} holds files but no database. Move it away, or restore it from a backup.`,
    )
  }
  const major = Number.parseInt(version, 10)
  if (major > cluster.binaries.major) {
    return refused(
      `The database in ${cluster.folder} was written by PostgreSQL ${major}, and this Chancery brings version ${cluster.binaries.major}. Start the newer Chancery that wrote it.`,
    )
  }
  if (major < cluster.binaries.major) {
    return refused(
      `The database in ${cluster.folder} was written by PostgreSQL ${major}, and this Chancery brings version ${cluster.binaries.major}. Export it with the Chancery that wrote it, then import it here.`,
    )
  }
  return true
}

/**
 * Creates the database folder beside its place and renames it there when complete: a folder that
 * exists is whole, whenever the machine stopped. Callers hold the launcher's lock.
 */
export async function initialiseCluster(cluster: Cluster, adminPassword: string): Promise<void> {
  const { folder, binaries, identity } = cluster
  const beside = `${folder}.init-${process.pid}`
  const passwordFile = `${beside}.password`
  await mkdir(beside, { mode: 0o700 })
  try {
    const file = await open(passwordFile, 'wx', 0o600)
    await file.writeFile(`${adminPassword}\n`)
    await file.close()
    if (identity) {
      await chown(beside, identity.uid, identity.gid)
      await chown(passwordFile, identity.uid, identity.gid)
    }
    const { code, output } = await runProgram(
      binaries.initdb,
      [
        ...['-D', beside, '-U', ADMIN_ROLE, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'],
        ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        '--no-instructions',
        ...INITIAL_SETTINGS.flatMap((setting) => ['-c', setting]),
      ],
      identity,
    )
    if (code !== 0) throw startFailure('The built-in database could not be created', output)
    // Left by a volume that was mounted, or a folder that was made beforehand.
    await rmdir(folder).catch(() => undefined)
    await rename(beside, folder)
    await syncFolder(dirname(folder))
  } finally {
    await rm(passwordFile, { force: true })
    await rm(beside, { recursive: true, force: true })
  }
}

/**
 * Clears away creations that were interrupted. A program of theirs may still be writing there: what
 * cannot be removed now is removed at a later start.
 */
export async function removeUnfinished(folder: string): Promise<void> {
  const siblings = await readdir(dirname(folder)).catch(() => [])
  for (const name of siblings) {
    if (!name.startsWith(`${basename(folder)}.init-`)) continue
    await rm(join(dirname(folder), name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** `wait`: an old server is still leaving, or recovery takes long; look again. */
export type StartResult = 'started' | 'port-taken' | 'wait'

/**
 * Starts the server on the port and waits until it accepts connections (crash recovery included).
 * It outlives this process by design. Throws `refused` with the server's own last words.
 */
export async function startServer(cluster: Cluster, port: number): Promise<StartResult> {
  const options = [`-p ${port}`, ...LOOPBACK_ONLY.map((setting) => `-c ${setting}`)].join(' ')
  const log = join(cluster.folder, 'server.log')
  const before = await logSizes(cluster.folder)
  const { code, output } = await runProgram(
    cluster.binaries.pgCtl,
    [
      ...['start', '-D', cluster.folder, '-w', '-t', String(START_SECONDS)],
      ...['-l', log, '-o', options],
    ],
    cluster.identity,
  )
  if (code === 0) return 'started'
  const words = `${output}\n${await logSince(cluster.folder, before)}`
  if (/Address already in use|could not bind/i.test(words)) return 'port-taken'
  if (/pre-existing shared memory|lock file ".*" already exists|in time/i.test(words)) return 'wait'
  throw startFailure('The built-in database did not start', words)
}

/** Stops the server cleanly (open transactions are rolled back) and waits for it. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const { code, output } = await runProgram(
    cluster.binaries.pgCtl,
    ['stop', '-D', cluster.folder, '-m', 'fast', '-w', '-t', String(START_SECONDS)],
    cluster.identity,
  )
  if (code !== 0) throw startFailure('The built-in database did not stop', output)
}

const TELLING = /LOG:|FATAL:|PANIC:|ERROR:|HINT:|DETAIL:|error|denied|cannot|could not|No such/
const LOG_PREFIX = /^\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] /

/** A refusal that carries the server's own last words, without the noise around them. */
function startFailure(what: string, words: string): ChanceryError {
  const lines = words.split('\n').map((line) => line.trim().replace(LOG_PREFIX, ''))
  const telling = lines.filter((line) => TELLING.test(line))
  const said = (telling.length > 0 ? telling : lines.filter((line) => line !== '')).slice(-4)
  return new ChanceryError('refused', `${what}. PostgreSQL said: ${said.join(' ') || 'nothing'}`)
}

async function logFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'log')).catch(() => [])
  return [join(folder, 'server.log'), ...names.map((name) => join(folder, 'log', name))]
}

async function logSizes(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const file of await logFiles(folder)) {
    const handle = await open(file, 'r').catch(() => null)
    if (!handle) continue
    sizes.set(file, (await handle.stat()).size)
    await handle.close()
  }
  return sizes
}

async function logSince(folder: string, before: Map<string, number>): Promise<string> {
  const parts: string[] = []
  for (const file of await logFiles(folder)) {
    const content = await readFile(file).catch(() => Buffer.alloc(0))
    parts.push(
      content
        .subarray(before.get(file) ?? 0)
        .toString('utf8')
        .slice(-LOG_TAIL),
    )
  }
  return parts.join('\n')
}

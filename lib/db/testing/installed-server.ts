import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverIdentity } from '../launcher/identity'
import { chooseFreePort } from '../launcher/port'
import { runProgram } from '../launcher/run-program'
import { OLDEST_SERVER } from '../migrate'

const PLACES = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt']

/** A throw-away server of the oldest PostgreSQL that is installed here and that we support. */
export type InstalledServer = { version: number; adminUrl: string; stop: () => Promise<void> }

/** Folder with the programs of the oldest supported PostgreSQL on this machine, or `null`. */
export async function installedPostgres(): Promise<{ version: number; bin: string } | null> {
  const found: { version: number; bin: string }[] = []
  for (const place of PLACES) {
    for (const name of await readdir(place).catch(() => [])) {
      const version = Number(/^(?:postgresql@)?(\d+)$/.exec(name)?.[1])
      const bin = join(place, name, 'bin')
      const programs = await readdir(bin).catch((): string[] => [])
      if (version >= OLDEST_SERVER && programs.includes('initdb')) found.push({ version, bin })
    }
  }
  return found.sort((a, b) => a.version - b.version)[0] ?? null
}

/** Starts one in a temporary folder, as an operator would run it, on a free loopback port. */
export async function startInstalledServer(): Promise<InstalledServer | null> {
  const installed = await installedPostgres()
  if (!installed) return null
  const folder = await mkdtemp(join(tmpdir(), 'chancery-installed-'))
  const identity = await serverIdentity(join(folder, 'none'))
  if (identity) await chown(folder, identity.uid, identity.gid)
  const data = join(folder, 'data')
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o644 })
  const port = await chooseFreePort()
  const run = async (program: string, args: string[]) => {
    const { code, output } = await runProgram(join(installed.bin, program), args, identity)
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${output}`)
  }
  await run('initdb', [
    '-D',
    data,
    '-U',
    'root_of_it',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
  ])
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  await run('pg_ctl', ['start', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options])
  return {
    version: installed.version,
    adminUrl: `postgres://root_of_it:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await run('pg_ctl', ['stop', '-D', data, '-m', 'immediate', '-w'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

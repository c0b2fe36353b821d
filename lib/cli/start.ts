import 'server-only'
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { siteUrl } from '@/lib/auth/site'
import { invalid } from '@/lib/core/errors'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { databaseConfig } from '@/lib/db/config'
import { stopEmbedded } from '@/lib/db/launcher/control'
import { projectRoot } from '@/lib/db/project-root'
import { ensureSetupToken } from '@/lib/people/setup'
import { buildIfNeeded } from './build'
import { type CliCommand, EXIT, type ExitCode, readArguments } from './terminal'

const READY_MS = 60_000

/** `chancery start`: the whole product in one command, until a signal. */
export const start: CliCommand = (argv) => serve(argv, 'start')
/** `chancery dev`: the same with live reload. */
export const dev: CliCommand = (argv) => serve(argv, 'dev')

async function serve(argv: readonly string[], mode: 'start' | 'dev'): Promise<ExitCode> {
  readArguments(argv, {})
  const host = process.env.HOST ?? '127.0.0.1'
  const port = portOf(process.env.PORT)
  process.env.PORT = String(port)
  await refuseBusyPort(host, port)
  if (mode === 'start' && !(await buildIfNeeded())) return EXIT.toolError
  const opened = await openDatabase()
  for (const sentence of opened.unenforced) console.log(`Note: ${sentence}`)
  const link = await ensureSetupToken()
  await shutDatabase()
  const child = next(mode, host, port)
  const ended = endOf(child)
  const up = await Promise.race([answers(port), ended.then(() => false)])
  if (up) greet(link)
  const code = await ended
  await stopDatabase()
  return code === 0 ? EXIT.ok : EXIT.toolError
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? '3000')
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  return invalid(`PORT is "${text}". Set it to a number from 1 to 65535, or unset it to use 3000.`)
}

async function refuseBusyPort(host: string, port: number): Promise<void> {
  const free = await new Promise<boolean>((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, host, () => probe.close(() => done(true)))
  })
  if (!free) invalid(`Port ${port} on ${host} is in use. End what uses it, or set PORT to another.`)
}

function next(mode: 'start' | 'dev', host: string, port: number): ChildProcess {
  const root = projectRoot()
  const program = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [program, mode, '-H', host, '-p', String(port)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NEXTAUTH_URL: siteUrl(),
      CHANCERY_DATA: absoluteData(),
      NEXT_TELEMETRY_DISABLED: '1',
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return child
}

/** The web process runs in the project folder, so a relative data folder must be made absolute. */
function absoluteData(): string | undefined {
  const config = databaseConfig()
  return config.kind === 'embedded' ? config.dataDir : process.env.CHANCERY_DATA
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    child.once('error', () => done(1))
    // A signal that we passed on is a clean end.
    child.once('exit', (code, signal) => done(signal ? 0 : (code ?? 1)))
  })
}

async function answers(port: number): Promise<boolean> {
  const until = Date.now() + READY_MS
  while (Date.now() < until) {
    const reply = await fetch(`http://127.0.0.1:${port}/login`, { redirect: 'manual' }).catch(
      () => null,
    )
    if (reply) return true
    await sleep(150)
  }
  return false
}

function greet(link: string | null): void {
  console.log(`\nChancery is running at ${siteUrl()}`)
  if (link !== null) {
    console.log('Nobody has an account yet. Open this one-time link to make the first one:')
    console.log(`  ${siteUrl()}${link}`)
  }
  console.log('End it with Ctrl+C.\n')
}

/** Stops the built-in server on a clean end, unless somebody else still uses it. */
async function stopDatabase(): Promise<void> {
  const config = databaseConfig()
  if (config.kind === 'embedded') await stopEmbedded(config.dataDir, { unlessUsed: true })
}

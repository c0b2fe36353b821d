import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')

export type Server = {
  url: string
  port: number
  dataDir: string
  /** The one-time link; null when somebody has an account already. */
  setupLink: string | null
  pid: number
  /** Everything it printed so far. */
  output: () => string
  /** A clean end, as Ctrl+C. */
  stop: () => Promise<void>
  /** kill -9 of the command and the web process below it. */
  kill: () => Promise<void>
}

/** Starts the production build the way the README says, on a data folder of its own. */
export async function startServer(
  options: { dataDir?: string; port?: number; env?: Record<string, string> } = {},
): Promise<Server> {
  const dataDir = options.dataDir ?? newDataFolder()
  const port = options.port ?? (await freePort())
  const child = spawn(process.execPath, ['lib/cli/chancery.mjs', 'start'], {
    cwd: ROOT,
    // A process group of its own, so that a kill reaches the web process as well.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env, CHANCERY_DATA: dataDir, PORT: String(port) },
  })
  let printed = ''
  child.stdout?.on('data', (chunk) => {
    printed += String(chunk)
  })
  child.stderr?.on('data', (chunk) => {
    printed += String(chunk)
  })
  await ready(child, () => printed)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    setupLink: /https?:\/\/\S+\/setup\?token=\S+/.exec(printed)?.[0] ?? null,
    pid: child.pid ?? 0,
    output: () => printed,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

/** Runs one `chancery` command to its end on a data folder. */
export function chancery(
  dataDir: string,
  args: string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['lib/cli/chancery.mjs', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CHANCERY_DATA: dataDir },
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.on('data', (chunk) => {
      stdout += String(chunk)
    })
    child.stderr?.on('data', (chunk) => {
      stderr += String(chunk)
    })
    child.once('exit', (code) => done({ code: code ?? -1, stdout, stderr }))
  })
}

export function newDataFolder(): string {
  return mkdtempSync(join(ROOT, '.cache', 'data-'))
}

export async function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function ready(child: ChildProcess, printed: () => string): Promise<void> {
  const started = Date.now()
  for (;;) {
    const text = printed()
    if (text.includes('Chancery is running at')) return
    if (child.exitCode !== null) throw new Error(`The server ended:\n${text}`)
    // The first start after a change builds the console, which takes minutes on a slow machine.
    const minutes = text.includes('Building the console') ? 12 : 2
    if (Date.now() - started > minutes * 60_000) {
      throw new Error(`The server did not answer within ${minutes} minutes:\n${text}`)
    }
    await new Promise((go) => setTimeout(go, 100))
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal)
  await gone
}

import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { embeddedStatus, stopEmbedded } from '../launcher/control'
import { projectRoot } from '../project-root'

let folders = 0

/** A data folder of its own for one test of the launcher; `remove` also stops its server. */
export function embeddedFolder(): { dataDir: string; remove: () => Promise<void> } {
  folders += 1
  const dataDir = join(projectRoot(), '.cache', `launcher-${process.pid}-${folders}`)
  return {
    dataDir,
    remove: async () => {
      await stopEmbedded(dataDir).catch(() => killServer(dataDir))
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** SIGKILL for the server and, with `whole`, for every process of it. Resolves when they are gone. */
export async function killServer(dataDir: string, whole = true): Promise<void> {
  const { pid } = await embeddedStatus(dataDir)
  if (pid === null) return
  const victims = whole ? [pid, ...(await childrenOf(pid))] : [pid]
  for (const victim of victims) process.kill(victim, 'SIGKILL')
  while ((await embeddedStatus(dataDir)).pid === pid) await sleep(10)
}

async function childrenOf(parent: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const ppid = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (Number(ppid) === parent) found.push(Number(name))
  }
  return found
}

/** Starts a TypeScript module text in a process of its own. */
export function spawnProcess(source: string, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    cwd: projectRoot(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs a TypeScript module text to its end; what it printed, and how it ended. */
export function runProcess(
  source: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawnProcess(source, env)
  let output = ''
  let errors = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, output: output.trim(), errors }))
  })
}

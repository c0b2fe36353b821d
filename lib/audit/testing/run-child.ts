import { spawn } from 'node:child_process'
import { join } from 'node:path'

export type ChildEnd = { signal: NodeJS.Signals | null; code: number | null; answer: unknown }
export type Child = { pid: number; end: Promise<ChildEnd>; stop: () => void; kill: () => void }

const SCRIPT = join(import.meta.dirname, 'child.ts')

/** Starts `child.ts` in a process of its own; `fault` makes it kill itself at that fault point. */
export function runChild(
  args: readonly string[],
  place: { url: string; dataDir: string; fault?: string },
): Child {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', SCRIPT, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        DATABASE_URL: place.url,
        CHANCERY_DATA: place.dataDir,
        CHANCERY_FAULT: place.fault ?? '',
      },
    },
  )
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  const end = new Promise<ChildEnd>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code !== 0 && signal === null) return reject(new Error(`Child ended: ${errors}`))
      resolve({ signal, code, answer: output === '' ? null : JSON.parse(output) })
    })
  })
  return {
    pid: child.pid ?? 0,
    end,
    stop: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  }
}

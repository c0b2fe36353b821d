import { spawn } from 'node:child_process'
import type { Identity } from './identity'

export type ProgramResult = { code: number; output: string }

const OUTPUT_LIMIT = 16_000
const KEPT_VARIABLES = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'] as const

/**
 * Runs one of PostgreSQL's programs to its end as `identity`, with an environment of its own: what
 * the server inherits holds none of our secrets and no `PG…` variable that would redirect it.
 * Never throws for an exit code; a program that cannot be executed is code 127.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  identity: Identity,
): Promise<ProgramResult> {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC' }
  for (const name of KEPT_VARIABLES) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      env,
      // Our own working folder may be closed to the other user.
      cwd: process.platform === 'win32' ? undefined : '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(identity ? { uid: identity.uid, gid: identity.gid } : {}),
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    // 'exit', not 'close': a server that outlives pg_ctl may hold the pipes open.
    child.on('exit', (code) => {
      setImmediate(() => {
        child.stdout.destroy()
        child.stderr.destroy()
        resolve({ code: code ?? 1, output: output.trim() })
      })
    })
  })
}

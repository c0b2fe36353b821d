import 'server-only'
import { spawn } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MAX_TOOL_OUTPUT } from '@/lib/core/limits'
import type { GatedCommand } from './model'
import { holdFolder } from './safe-folder'
import { refusedGit } from './tools/gated'

/** `unknown`: it was started and nobody can say how it ended. `refused`: it was never started. */
export type Performed =
  | { kind: 'exited'; exitCode: number; output: string }
  | { kind: 'refused'; output: string }
  | { kind: 'unknown'; output: string }

const DEADLINE_MS = 120_000

/** Who a commit is by: the agent and its run, so that the repository tells the same as the log. */
export type OnBehalf = { agent: string; run: number }

/**
 * Carries out one approved command in the real workspace, exactly as it was approved: an argument
 * list, no shell, no hooks, an environment with nothing but PATH and HOME. Must be recorded as
 * intended before it is called, and is never called twice for one approval. Bytes of output are
 * bounded; after two minutes it is killed and its outcome is unknown.
 */
export async function performOperation(
  root: string,
  command: GatedCommand,
  by: OnBehalf,
): Promise<Performed> {
  const refusal = refusedGit(command)
  if (refusal !== null) return { kind: 'refused', output: refusal }
  const answer = await holdFolder(root, command.cwd, false)
  if (answer.kind !== 'held') {
    return { kind: 'refused', output: `The folder ${command.cwd} is not there (${answer.kind}).` }
  }
  try {
    const env = { ...environment(by), ...(await ownRepositoryOnly(root)) }
    return await start(answer.folder.at('.'), command, env)
  } finally {
    await answer.folder.close()
  }
}

/** Settings that keep git from starting programs that the approved argv does not name. */
const GIT_SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'protocol.ext.allow=never',
  'safe.bareRepository=explicit',
].flatMap((setting) => ['-c', setting])

function argumentsOf(argv: readonly string[]): string[] {
  const [program = '', ...rest] = argv
  if (program === 'git') return [...GIT_SETTINGS, ...rest]
  if (program === 'npm' || program === 'pnpm') return [...rest, '--ignore-scripts']
  return rest
}

function environment(by: OnBehalf): NodeJS.ProcessEnv {
  const name = `${by.agent} (Chancery run ${by.run})`
  const email = `run-${by.run}@chancery.invalid`
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: process.env.HOME ?? '/nonexistent',
    LANG: 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  }
}

/**
 * Git looks for a repository upwards. A workspace that is none, inside a folder that is one, must
 * not write into that one.
 */
async function ownRepositoryOnly(root: string): Promise<Record<string, string>> {
  return { GIT_CEILING_DIRECTORIES: dirname(await realpath(root)) }
}

function start(cwd: string, command: GatedCommand, env: NodeJS.ProcessEnv): Promise<Performed> {
  return new Promise((resolve) => {
    const child = spawn(command.argv[0] ?? '', argumentsOf(command.argv), {
      cwd,
      env,
      stdio: 'pipe',
      shell: false,
    })
    let output = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, DEADLINE_MS)
    const take = (chunk: Buffer) => {
      if (output.length < MAX_TOOL_OUTPUT) output += chunk.toString('utf8')
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.stdin.on('error', () => undefined)
    const settle = (performed: Performed) => {
      clearTimeout(timer)
      resolve(performed)
    }
    child.on('error', (error) => settle({ kind: 'refused', output: startFailure(error, command) }))
    child.on('close', (code) => {
      const text = output.replaceAll('\u0000', '\ufffd').slice(0, MAX_TOOL_OUTPUT)
      if (code === null || late) settle({ kind: 'unknown', output: text })
      else settle({ kind: 'exited', exitCode: code, output: text })
    })
    child.stdin.end(command.stdin ?? '')
  })
}

function startFailure(error: Error, command: GatedCommand): string {
  return 'code' in error && error.code === 'ENOENT'
    ? `${command.argv[0]} is not installed where Chancery runs.`
    : `${command.argv[0]} could not be started.`
}

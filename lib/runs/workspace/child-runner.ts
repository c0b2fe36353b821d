import 'server-only'
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import {
  KB,
  MAX_OVERLAY_BYTES,
  MAX_OVERLAY_FILES,
  MAX_TOOL_OUTPUT,
  MAX_WORKSPACE_FILE_BYTES,
  MB,
  SHELL_DEADLINE_MS,
  TOOL_HEAP_MB,
} from '@/lib/core/limits'
import { projectRoot } from '@/lib/db/project-root'
import { GATED_PROGRAMS } from '../tools/gated'
import { type ToolAnswer, type ToolLimits, type ToolRequest, toolAnswer } from './protocol'

export type { ToolAnswer } from './protocol'

const LIMITS: ToolLimits = {
  fileBytes: MAX_WORKSPACE_FILE_BYTES,
  memoryBytes: 64 * MB,
  overlayBytes: MAX_OVERLAY_BYTES,
  overlayFiles: MAX_OVERLAY_FILES,
  outputCharacters: MAX_TOOL_OUTPUT,
  stdinBytes: 64 * KB,
  deadlineMs: SHELL_DEADLINE_MS,
}
// Next's types insist on NODE_ENV; the child is given nothing at all.
const NO_ENVIRONMENT = {} as NodeJS.ProcessEnv
/** Base64 of the largest overlay, its JSON, and room for the output. */
const MAX_ANSWER_BYTES = 2 * MAX_OVERLAY_BYTES

/** A call to run: the snapshot's tree, what was withheld, the overlay so far, the parsed call. */
export type ToolJob = Pick<
  ToolRequest,
  'root' | 'withheld' | 'changes' | 'tool' | 'args' | 'permits'
> & {
  deadlineMs?: number
  /** Ends the call at once; its answer is then of no use to anybody. */
  signal?: AbortSignal
}

/**
 * Runs one tool call in a child process of its own and returns its answer. Never throws for what
 * the call does: a call that never ends is killed after `SHELL_DEADLINE_MS`, one that fills its heap
 * dies alone, and both come back as `failed` with a sentence. Nothing of a failed call is kept.
 */
export async function runTool(job: ToolJob): Promise<ToolAnswer> {
  const { deadlineMs = SHELL_DEADLINE_MS, signal, ...rest } = job
  const request: ToolRequest = {
    ...rest,
    // Under the permission model a path is compared as it resolves, so links are followed here.
    root: realpathSync(job.root),
    gated: GATED_PROGRAMS.map(({ name, only }) => ({ name, only: only ?? null })),
    limits: { ...LIMITS, deadlineMs },
  }
  const ended = await runChild(request, { deadlineMs, signal })
  if (ended.kind === 'stopped') return failed(`${job.tool} was stopped.`)
  if (ended.kind === 'late') {
    const seconds = deadlineMs / 1000
    return failed(`${job.tool} was stopped after ${seconds} seconds. Nothing of it was kept.`)
  }
  if (ended.kind === 'large')
    return failed(`${job.tool} produced too much. Nothing of it was kept.`)
  const parsed = toolAnswer.safeParse(parseJson(ended.output))
  if (parsed.success) return parsed.data
  return failed(`${job.tool} used up its memory and was stopped. Nothing of it was kept.`)
}

function failed(output: string): ToolAnswer {
  return { kind: 'failed', output }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type Ended =
  | { kind: 'ended'; output: string }
  | { kind: 'late' }
  | { kind: 'large' }
  | { kind: 'stopped' }
type Until = { deadlineMs: number; signal: AbortSignal | undefined }

function runChild(request: ToolRequest, until: Until): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [program, args] = childCommand(request.root)
    const child = spawn(program, args, { env: NO_ENVIRONMENT, cwd: request.root, stdio: 'pipe' })
    const chunks: Buffer[] = []
    let size = 0
    let verdict: Ended | null = null
    const kill = (why: Ended) => {
      verdict ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => kill({ kind: 'late' }), until.deadlineMs)
    const stop = () => kill({ kind: 'stopped' })
    until.signal?.addEventListener('abort', stop, { once: true })
    if (until.signal?.aborted) stop()
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_ANSWER_BYTES) kill({ kind: 'large' })
      else chunks.push(chunk)
    })
    child.stderr.resume()
    // A child that dies early closes its input; what it left on standard output decides.
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', () => {
      clearTimeout(timer)
      until.signal?.removeEventListener('abort', stop)
      resolve(verdict ?? { kind: 'ended', output: Buffer.concat(chunks).toString('utf8') })
    })
    child.stdin.end(JSON.stringify(request))
  })
}

/**
 * The command line of the child. Node's permission model takes away writing files, starting
 * programs and threads; `ulimit` does the same in the kernel and ends an orphan that spins.
 * `entry` is what it runs: the child's own file.
 */
export function childCommand(root: string, entry?: string): [string, string[]] {
  // Found by path and not by import: the child stays a file of its own when Next bundles the rest.
  const home = realpathSync(projectRoot())
  const node = [
    process.execPath,
    permissionFlag(),
    '--no-warnings',
    `--allow-fs-read=${join(home, 'lib', 'runs', '*')}`,
    `--allow-fs-read=${join(home, 'node_modules', '*')}`,
    `--allow-fs-read=${join(home, 'package.json')}`,
    `--allow-fs-read=${join(root, '*')}`,
    `--max-old-space-size=${TOOL_HEAP_MB}`,
    entry ?? join(home, 'lib', 'runs', 'workspace', 'child.mjs'),
  ]
  if (process.platform === 'win32') return [process.execPath, node.slice(1)]
  const seconds = Math.ceil(SHELL_DEADLINE_MS / 1000) * 2
  const limits = `ulimit -c 0; ulimit -f 0; ulimit -t ${seconds}; exec "$0" "$@"`
  return ['/bin/sh', ['-c', limits, ...node]]
}

function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
}

// @ts-check
import { posix } from 'node:path'
import { Bash, decodeBytesToUtf8, defineCommand } from 'just-bash'
import { ToolRefusal } from './file-tools.mjs'
import { MOUNT, workspacePath } from './paths.mjs'

/** @import { ChangeFs } from './change-fs.mjs' */
/** @import { GatedCommand } from '../model' */
/** @import { ToolLimits, ToolRequest } from './protocol' */

const MB = 1024 * 1024
const MAX_GATED = 50

/**
 * One try of a script. `attempt` stops it at the first gated command without a permit; `preview`
 * lets every gated command succeed in silence, to list all that the script would start.
 * @typedef {object} Try
 * @property {'attempt' | 'preview'} mode
 * @property {string} command
 * @property {ToolRequest['gated']} gated
 * @property {readonly GatedCommand[]} permits
 * @property {ToolLimits} limits
 */

/**
 * @typedef {object} Ran
 * @property {string} output
 * @property {boolean} isError
 * @property {GatedCommand[]} used permits that were used, in order
 * @property {GatedCommand[]} met gated commands without a permit, in order
 */

/**
 * Runs a script on the overlay. Gated programs do not exist here: in their place stand recorders,
 * so every spelling that reaches one is caught with its arguments expanded, whatever the text of
 * the script looks like. A used permit does nothing but stand in the list of operations.
 * @param {ChangeFs} fs
 * @param {Try} attempt
 * @returns {Promise<Ran>}
 */
export async function runScript(fs, attempt) {
  const stop = new AbortController()
  /** @type {{ used: GatedCommand[], met: GatedCommand[], refusal: string | null }} */
  const record = { used: [], met: [], refusal: null }
  const bash = new Bash({
    fs,
    cwd: MOUNT,
    env: { HOME: MOUNT, LANG: 'C.UTF-8', USER: 'agent' },
    executionLimitProfile: 'hardened',
    // More input than the profile allows, or a search of a large workspace stops halfway. The
    // limits on loops stay as they are: they are what ends a script that never ends.
    executionLimits: {
      maxInputBytes: 256 * MB,
      maxLiveBytes: 128 * MB,
      maxTraversalEntries: 200_000,
      maxTraversalWork: 400_000,
      maxGlobOperations: 400_000,
      maxOutputSize: 2 * MB,
      maxExecutionTimeMs: attempt.limits.deadlineMs,
    },
    customCommands: recorders(attempt, record, stop),
  })
  fs.seal()
  try {
    const result = await bash.exec(attempt.command, { signal: stop.signal, rawScript: true })
    if (record.refusal !== null) throw new ToolRefusal(record.refusal)
    const output = [result.stdout, result.stderr].filter((part) => part !== '').join('\n')
    const code = result.exitCode
    const text = code === 0 ? output : `${output}\n(exit code ${code})`.trimStart()
    return { output: text, isError: code !== 0, used: record.used, met: record.met }
  } catch (error) {
    if (record.refusal !== null) throw new ToolRefusal(record.refusal)
    // A redirect to a refused place comes out of exec() as an exception, not as an exit code.
    if (record.met.length > 0) return { output: '', isError: true, ...record }
    if (error instanceof ToolRefusal) throw error
    const why = messageOf(error).replace(/\.+$/, '')
    throw new ToolRefusal(`The script stopped: ${why}. Nothing of it was kept.`)
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/**
 * @param {Try} attempt
 * @param {{ used: GatedCommand[], met: GatedCommand[], refusal: string | null }} record
 * @param {AbortController} stop
 */
function recorders(attempt, record, stop) {
  const permits = attempt.permits.map((permit) => keyOf(permit))
  return attempt.gated.map(({ name, only }) =>
    defineCommand(name, async (args, ctx) => {
      if (only !== null && !only.includes(args.find((arg) => !arg.startsWith('-')) ?? '')) {
        const stderr = `${name}: not available in the workspace shell\n`
        return { stdout: '', stderr, exitCode: 127 }
      }
      const stdin = decodeBytesToUtf8(ctx.stdin)
      const refusal = unshowable(name, [...args, stdin], stdin.length > attempt.limits.stdinBytes)
      if (refusal !== null) {
        record.refusal = refusal
        stop.abort()
        return { stdout: '', stderr: '', exitCode: 126 }
      }
      /** @type {GatedCommand} */
      const command = {
        argv: [name, ...args],
        cwd: workspacePath(posix.normalize(ctx.cwd)) ?? '.',
        stdin: stdin === '' ? null : stdin,
      }
      const permit = permits.indexOf(keyOf(command))
      if (permit !== -1) {
        permits.splice(permit, 1)
        record.used.push(command)
        return { stdout: '', stderr: '', exitCode: 0 }
      }
      record.met.push(command)
      if (attempt.mode === 'attempt' || record.met.length >= MAX_GATED) stop.abort()
      return { stdout: '', stderr: '', exitCode: attempt.mode === 'attempt' ? 126 : 0 }
    }),
  )
}

/**
 * Why a gated command could not be put before people as it is; null when it can.
 * @param {string} name
 * @param {string[]} texts
 * @param {boolean} long
 */
function unshowable(name, texts, long) {
  if (long) return `${name} was given more input than can be shown to an approver.`
  const whole = texts.join('')
  const same = Buffer.from(whole, 'utf8').toString('utf8') === whole && !whole.includes('\u0000')
  return same ? null : `${name} was given bytes that cannot be shown to an approver.`
}

/** @param {GatedCommand} command */
export function keyOf(command) {
  return JSON.stringify([command.argv, command.cwd, command.stdin])
}

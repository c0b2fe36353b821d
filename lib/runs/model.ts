import { z } from 'zod'
import { MAX_MESSAGE } from '@/lib/core/limits'

export const RUN_STATES = [
  'queued',
  'ready',
  'suspended',
  'succeeded',
  'failed',
  'cancelled',
] as const
export type RunState = (typeof RUN_STATES)[number]

/** Why a suspended run waits: for people, or for a model provider that asked us to come back. */
export const WAITING_FOR = ['tool_call', 'change_set', 'outcome', 'provider'] as const
export type WaitingFor = (typeof WAITING_FOR)[number]

/**
 * A call's life. Decided (`approved`, `rejected`, `expired`) and delivered (`succeeded`, `failed`,
 * `denied`) are different states: with one name for both a run would never move on.
 */
export const CALL_STATES = [
  'proposed',
  'denied_by_policy',
  'awaiting_approval',
  'approved',
  'rejected',
  'expired',
  'executing',
  'succeeded',
  'failed',
  'denied',
  'outcome_unknown',
] as const
export type CallState = (typeof CALL_STATES)[number]

export const CHANGE_SET_STATES = [
  'proposed',
  'approved',
  'rejected',
  'applying',
  'applied',
  'conflicted',
] as const
export type ChangeSetState = (typeof CHANGE_SET_STATES)[number]

/** What an approved gated command became. Only `executing` can turn into `outcome_unknown`. */
export const OPERATION_STATES = [
  'pending',
  'executing',
  'succeeded',
  'failed',
  'outcome_unknown',
] as const
export type OperationState = (typeof OPERATION_STATES)[number]

/**
 * How a call may be repeated after a crash. Part of the tool's registration, never chosen by the
 * model: pure and overlay run again, probe looks first, keyed repeats its key, external never.
 */
export const EFFECTS = ['pure', 'overlay', 'probe', 'keyed', 'external'] as const
export type Effect = (typeof EFFECTS)[number]

export const VERDICTS = ['allowed', 'held', 'denied'] as const
export type GateVerdict = (typeof VERDICTS)[number]

export const FILE_CHANGES = ['create', 'modify', 'delete', 'none'] as const

/** Modes as git writes them: only the kind and the executable bit are ours to change. */
export const FILE_MODE = 0o100644
export const EXECUTABLE_MODE = 0o100755
export const DIRECTORY_MODE = 0o040000

/** One file of a change-set, without its bytes. `path` is relative to the workspace, with `/`. */
export type FileChange = {
  path: string
  change: 'create' | 'modify' | 'delete'
  /** `FILE_MODE`, `EXECUTABLE_MODE` or `DIRECTORY_MODE`; for `delete` the mode it had. */
  mode: number
  /** SHA-256 in the snapshot and now; null where there is no file. */
  baseDigest: string | null
  newDigest: string | null
}

/** The same with the new bytes in base64: what travels to and from the child process. */
export type OverlayChange = FileChange & { content: string | null }

/** One gated command exactly as a script would have started it. `cwd` is relative, `.` the root. */
export type GatedCommand = { argv: string[]; cwd: string; stdin: string | null }

/** An approved gated command, performed after the files of the change-set. */
export type Operation = GatedCommand & {
  callId: string
  state: OperationState
  exitCode: number | null
  output: string | null
}

export type UsageFacts = {
  provider: string
  model: string
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
}

export const startRunInput = z.strictObject({
  agentId: z.uuid(),
  workspaceId: z.uuid(),
  task: z.string().trim().min(1, 'Say what the agent should do.').max(MAX_MESSAGE),
  /** `rehearsal`, or `provider/model` of a configured connection. */
  model: z.string().min(1).max(200).default('rehearsal'),
})

export const stopRunInput = z.strictObject({
  runId: z.uuid(),
  reason: z.string().trim().max(MAX_MESSAGE).default(''),
})

/** What a person found out about a command whose outcome was lost. */
export const answerOutcomeInput = z.strictObject({
  runId: z.uuid(),
  /** Position in the change-set's list of operations. */
  operation: z.int().min(0).max(1_000),
  answer: z.enum(['happened', 'did_not_happen', 'retry']),
  reason: z.string().trim().min(1, 'Say how you know.').max(MAX_MESSAGE),
})

export const registerWorkspaceInput = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens.')
    .max(64),
  rootPath: z.string().min(1).max(1_000),
  departmentId: z.uuid(),
})

/** The six words of the interface for a run, with their shape's name. */
export const RUN_WORDS = ['Running', 'Held', 'Parked', 'Finished', 'Failed', 'Stopped'] as const
export type RunWord = (typeof RUN_WORDS)[number]

/** The word that a person reads for a run's state (look.md section 4). */
export function runWord(state: RunState, waitingFor: string | null): RunWord {
  switch (state) {
    case 'queued':
    case 'ready':
      return 'Running'
    case 'suspended':
      return waitingFor === 'provider' ? 'Parked' : 'Held'
    case 'succeeded':
      return 'Finished'
    case 'failed':
      return 'Failed'
    case 'cancelled':
      return 'Stopped'
  }
}

/** True when nothing will ever move this run again. */
export function isOver(state: RunState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled'
}

/** True when the call's result has been handed to the model: nothing more happens to it. */
export function isDelivered(state: CallState): boolean {
  return (
    state === 'succeeded' ||
    state === 'failed' ||
    state === 'denied' ||
    state === 'denied_by_policy'
  )
}

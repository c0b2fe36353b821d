import { daysBetween, type LocalDate } from '@/lib/core/time'
import {
  type CallState,
  type ChangeSetState,
  isDelivered,
  isOver,
  type Operation,
  type RunState,
} from './model'

/** Attempts at one step before a run is given up: a step that kills its worker must not loop. */
export const MAX_ATTEMPTS = 5
/** Days that a review may be overdue before new runs are refused. */
export const REVIEW_GRACE_DAYS = 14

/** What the engine must know to choose the next move. Times in milliseconds. */
export type Situation = {
  state: RunState
  waitingFor: string | null
  step: number
  attempt: number
  /** Working time so far: models and tools, without waiting for people. */
  workedMs: number
  lastRole: 'user' | 'assistant' | 'tool' | null
  /** Calls of the current step, in order. */
  calls: readonly { id: string; state: CallState }[]
  changeSet: { state: ChangeSetState; operations: readonly Operation[] } | null
}

export type Limits = { steps: number; minutes: number }

export type Move =
  | { kind: 'wait' }
  | { kind: 'begin' }
  | { kind: 'ask' }
  | { kind: 'execute' | 'deny'; callId: string }
  | { kind: 'conclude' }
  | { kind: 'intend' }
  | { kind: 'apply' }
  | { kind: 'perform' | 'unknown'; operation: number }
  | { kind: 'finish'; outcome: 'applied' | 'rejected' }
  | { kind: 'fail'; code: string; sentence: string }

/**
 * The one next move of a run: a pure function of its rows, so that any worker that picks it up after
 * any crash goes on in the same way. Calls are taken in order, a held one stops those behind it, and
 * a model is asked only when every call of its last answer has a result.
 */
export function nextMove(run: Situation, limits: Limits): Move {
  if (isOver(run.state)) return { kind: 'wait' }
  if (run.state === 'suspended' && run.waitingFor !== 'provider') return { kind: 'wait' }
  if (run.attempt > MAX_ATTEMPTS) {
    const sentence = `Step ${run.step} was tried ${MAX_ATTEMPTS} times and never finished.`
    return { kind: 'fail', code: 'attempts', sentence }
  }
  if (run.state === 'queued') return { kind: 'begin' }
  if (run.changeSet !== null) return moveOfChangeSet(run.changeSet)
  const call = run.calls.find(({ state }) => !isDelivered(state))
  if (call !== undefined) return moveOfCall(call)
  if (run.lastRole === 'assistant') return { kind: 'conclude' }
  return overLimit(run, limits) ?? { kind: 'ask' }
}

function moveOfCall(call: { id: string; state: CallState }): Move {
  switch (call.state) {
    case 'proposed':
    case 'approved':
      return { kind: 'execute', callId: call.id }
    case 'rejected':
    case 'expired':
      return { kind: 'deny', callId: call.id }
    case 'executing': {
      const sentence = 'A call was interrupted, and nobody knows whether it happened.'
      return { kind: 'fail', code: 'call_lost', sentence }
    }
    default:
      return { kind: 'wait' }
  }
}

function moveOfChangeSet(changeSet: {
  state: ChangeSetState
  operations: readonly Operation[]
}): Move {
  switch (changeSet.state) {
    case 'approved':
      return { kind: 'intend' }
    case 'applying':
      return { kind: 'apply' }
    case 'rejected':
      return { kind: 'finish', outcome: 'rejected' }
    case 'applied':
      return moveOfOperations(changeSet.operations)
    default:
      return { kind: 'wait' }
  }
}

/** In order; one that failed stops those behind it, one whose end nobody knows waits for people. */
function moveOfOperations(operations: readonly Operation[]): Move {
  const at = operations.findIndex((operation) => operation.state !== 'succeeded')
  const operation = operations[at]
  if (operation === undefined) return { kind: 'finish', outcome: 'applied' }
  switch (operation.state) {
    case 'executing':
      return { kind: 'unknown', operation: at }
    case 'pending':
      return { kind: 'perform', operation: at }
    case 'failed': {
      const sentence = `${operation.argv.slice(0, 2).join(' ')} failed. Nothing after it was started.`
      return { kind: 'fail', code: 'operation_failed', sentence }
    }
    default:
      return { kind: 'wait' }
  }
}

function overLimit(run: Situation, limits: Limits): Move | null {
  if (run.step >= limits.steps) {
    return { kind: 'fail', code: 'steps', sentence: `The run reached its ${limits.steps} steps.` }
  }
  if (run.workedMs >= limits.minutes * 60_000) {
    const sentence = `The run worked for its ${limits.minutes} minutes.`
    return { kind: 'fail', code: 'minutes', sentence }
  }
  return null
}

/** Why runs are refused because of a review; null while it is not, or within the days of grace. */
export function whyReviewStops(dueOn: LocalDate | null, today: LocalDate): string | null {
  if (dueOn === null) return null
  const late = daysBetween(dueOn, today)
  return late > REVIEW_GRACE_DAYS
    ? `Its review is ${late} days overdue. Complete the review, then start the run.`
    : null
}

/** Pause before the next attempt at a step: 2 s, doubled each time, a minute at most. */
export function pauseBeforeAttempt(attempt: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.max(1, attempt))
}

import 'server-only'
import { ChanceryError } from '@/lib/core/errors'
import { faultPoint } from '@/lib/core/fault'
import { MAX_RUN_MINUTES, MAX_RUN_STEPS } from '@/lib/core/limits'
import { transaction } from '@/lib/db/transaction'
import { type ConnectModel, connectModel } from './models/resolve'
import { applyChangeSet, intendToApply } from './moves/apply'
import { ask } from './moves/ask'
import { begin } from './moves/begin'
import { conclude } from './moves/conclude'
import { failRun, finishRun } from './moves/end'
import { denyCall, executeCall } from './moves/execute'
import {
  claimRun,
  keepLease,
  type Lease,
  pauseRun,
  returnRun,
  stalledRuns,
  wakeRun,
} from './moves/lease'
import { markUnknown, performNext } from './moves/perform'
import { callCount, type RunState, readRunState } from './queries/state'
import { type Move, nextMove, pauseBeforeAttempt } from './rules'

const LIMITS = { steps: MAX_RUN_STEPS, minutes: MAX_RUN_MINUTES }

/**
 * The task `run.advance`: makes the one next move of a run and commits it, or does nothing when
 * another worker holds the run or people must decide. One move is one transaction (two around a
 * command that leaves the workspace), fenced by the lease, so it may be called by any number of
 * workers at any time, and again after any crash. Never throws for what happens to a run; a move
 * that fails is tried again after a pause, five times, then the run fails. `connect` gives the model
 * that a run is pinned to.
 */
export async function advanceRun(
  runId: string,
  connect: ConnectModel = connectModel,
): Promise<void> {
  const lease = await claimRun(runId)
  if (lease === null) return
  const kept = keepLease(lease)
  try {
    const state = await readRunState(runId)
    faultPoint('run.claimed')
    const move = moveOf(state, lease)
    if (move.kind === 'wait') await returnRun(lease, state.run.state)
    else await make(move, { lease, state, signal: kept.signal, connect })
  } catch (error) {
    // Fenced: another worker or a person was faster, and their move is the one that counts.
    if (error instanceof ChanceryError && error.code === 'conflict') {
      await returnRun(lease, null)
      return
    }
    console.error(`[run ${runId}] attempt ${lease.attempt}:`, error)
    await pauseRun(lease, pauseBeforeAttempt(lease.attempt))
  } finally {
    kept.end()
  }
}

const SWEEP = 200

/**
 * The task `run.sweep`, every minute: no run is stuck. A run that could move and that no worker has
 * held for a lease gets a job again, whatever happened to the jobs it had.
 */
export async function wakeStalledRuns(): Promise<void> {
  for (const runId of await stalledRuns(SWEEP)) {
    await transaction((tx) => wakeRun(tx, runId, null))
  }
}

function moveOf(state: RunState, lease: Lease): Move {
  const { run, calls, messages, changeSet, workedMs } = state
  return nextMove(
    {
      state: run.state,
      waitingFor: run.waitingFor,
      step: run.step,
      attempt: lease.attempt,
      workedMs,
      lastRole: messages.at(-1)?.role ?? null,
      calls,
      changeSet,
    },
    LIMITS,
  )
}

type At = { lease: Lease; state: RunState; signal: AbortSignal; connect: ConnectModel }

async function make(move: Exclude<Move, { kind: 'wait' }>, at: At): Promise<void> {
  switch (move.kind) {
    case 'begin':
      return begin(at)
    case 'ask':
      return ask(at)
    case 'execute':
      return executeCall(at, move.callId)
    case 'deny':
      return denyCall(at, move.callId)
    case 'conclude':
      return conclude(at)
    case 'intend':
      return intendToApply(at)
    case 'apply':
      return applyChangeSet(at)
    case 'perform':
      return performNext(at, move.operation)
    case 'unknown':
      return markUnknown(at, move.operation)
    case 'finish':
      return finishRun(at, move.outcome, await callCount(at.state.run.id))
    case 'fail':
      return failRun(at, move)
  }
}

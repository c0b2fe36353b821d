import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { runLease } from '@/drizzle/schema/runs'
import type { Fact } from '@/lib/audit/catalogue'
import { WORKER } from '@/lib/auth/actor'
import { command } from '@/lib/command/command'
import { conflict } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { isOver } from '../model'
import { lockRunOf, type RunRow } from '../queries/lock'
import { type Lease, wakeRun } from './lease'

/** What a move writes with. `run` is the locked row; every governed row carries `event`. */
export type MovePart = { tx: Tx; now: Date; event: string; run: RunRow }

/**
 * How the run goes on after a move: at once, when people have decided, never, or after a pause (then
 * the attempts already made still count). `held`: this worker goes on itself and keeps its lease.
 */
export type Next = 'now' | 'people' | 'over' | 'held' | { at: Date }
export type Moved = { facts: readonly [Fact, ...Fact[]]; next: Next }

const fence = z.strictObject({ runId: z.uuid(), token: z.uuid(), step: z.int(), state: z.string() })

/**
 * Commits one move of a run through the one door: message, calls, approvals, overlay, state and
 * facts in a single transaction, fenced by the lease's token and by the step and state that the move
 * started from. Throws `conflict` when another worker or a person was faster; then nothing of the
 * move was written.
 */
export async function commitMove(
  from: { lease: Lease; run: Pick<RunRow, 'step' | 'state'> },
  write: (part: MovePart) => Promise<Moved>,
): Promise<void> {
  const { lease, run } = from
  const advance = command({
    name: 'run.advance',
    permission: 'run.advance',
    input: fence,
    subject: async ({ tx, input }) => {
      const row = await lockRunOf(tx, input.runId)
      const [held] = await tx
        .select({ token: runLease.token })
        .from(runLease)
        .where(eq(runLease.runId, input.runId))
        .for('update')
      const same = held?.token === input.token && row.step === input.step
      if (!same || row.state !== input.state || isOver(row.state)) {
        conflict('Somebody else moved this run on. Nothing was written.')
      }
      return row
    },
    run: async ({ tx, now, event, subject }) => {
      const moved = await write({ tx, now, event, run: subject })
      await release(tx, lease, moved.next)
      return { value: null, fact: moved.facts }
    },
  })
  const { runId, token } = lease
  await advance.execute(WORKER, { runId, token, step: run.step, state: run.state })
}

async function release(tx: Tx, lease: Lease, next: Next): Promise<void> {
  if (next === 'held') return
  const pause = typeof next === 'object' ? next.at : null
  await tx
    .update(runLease)
    .set({
      leaseUntil: sql`now()`,
      nextAttemptAt: pause,
      ...(pause === null ? { attempt: 0 } : {}),
    })
    .where(and(eq(runLease.runId, lease.runId), eq(runLease.token, lease.token)))
  if (next === 'now') await wakeRun(tx, lease.runId, null)
  else if (pause !== null) await wakeRun(tx, lease.runId, pause)
}

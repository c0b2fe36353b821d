import 'server-only'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { run } from '@/drizzle/schema/runs'
import { dataFolder } from '@/lib/db/config'
import { neededSnapshots, type RunState } from '../queries/state'
import { dropSnapshots } from '../workspace/snapshot'
import { commitMove, type Moved, type MovePart } from './commit'
import { aboutRun, tokenOf } from './facts'
import type { Lease } from './lease'

/** Where snapshots lie: beside the database's folder, by digest. */
export function snapshotStore(): string {
  return join(dataFolder(), 'snapshots')
}

/** Ends a run as failed: `code` for the log, `sentence` for people. */
export async function failRun(
  at: { lease: Lease; state: RunState },
  why: { code: string; sentence: string },
): Promise<void> {
  await commitMove({ lease: at.lease, run: at.state.run }, (part) => writeFailure(part, why))
  await tidySnapshots()
}

/** The failure as part of another move. */
export async function writeFailure(
  part: MovePart,
  why: { code: string; sentence: string },
): Promise<Moved> {
  await part.tx
    .update(run)
    .set({
      state: 'failed',
      waitingFor: null,
      error: why.sentence,
      finishedAt: part.now,
      auditEventId: part.event,
    })
    .where(eq(run.id, part.run.id))
  const data = { step: part.run.step, code: tokenOf(why.code) }
  return {
    facts: [{ ...aboutRun(part.run), action: 'run.failed', outcome: 'error', data }],
    next: 'over',
  }
}

/** Ends a run as finished. `outcome`: what became of its changes. */
export async function finishRun(
  at: { lease: Lease; state: RunState },
  outcome: 'applied' | 'rejected' | 'no_changes',
  calls: number,
): Promise<void> {
  await commitMove({ lease: at.lease, run: at.state.run }, async (part) => {
    await part.tx
      .update(run)
      .set({
        state: 'succeeded',
        waitingFor: null,
        outcome,
        finishedAt: part.now,
        auditEventId: part.event,
      })
      .where(eq(run.id, part.run.id))
    const data = { steps: part.run.step, calls, outcome }
    return { facts: [{ ...aboutRun(part.run), action: 'run.finished', data }], next: 'over' }
  })
  await tidySnapshots()
}

/** Removes what no run needs any more. Losing the race or the disk costs space, never a run. */
export async function tidySnapshots(): Promise<void> {
  try {
    await dropSnapshots(snapshotStore(), await neededSnapshots())
  } catch (error) {
    console.error('[run] snapshots were not tidied:', error)
  }
}

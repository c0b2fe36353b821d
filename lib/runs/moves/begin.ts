import 'server-only'
import { eq } from 'drizzle-orm'
import { run, runMessage } from '@/drizzle/schema/runs'
import { ChanceryError } from '@/lib/core/errors'
import { faultPoint } from '@/lib/core/fault'
import { sha256 } from '@/lib/core/sha256'
import type { RunState } from '../queries/state'
import { snapshotWorkspace } from '../workspace/snapshot'
import { commitMove } from './commit'
import { failRun, snapshotStore } from './end'
import { aboutRun } from './facts'
import type { Lease } from './lease'

/**
 * The first move: pins the workspace as it is now and puts the task in front of the model. The
 * definition's bytes are hashed once more, so that what runs is what was approved.
 */
export async function begin(at: { lease: Lease; state: RunState }): Promise<void> {
  const { lease, state } = at
  if (sha256(state.definition) !== state.run.digest) {
    const sentence = 'The stored definition is not the one that was approved. Run the log check.'
    return failRun(at, { code: 'digest_mismatch', sentence })
  }
  const pinned = await pin(state.workspace.rootPath)
  if (!pinned.ok) return failRun(at, { code: 'workspace', sentence: pinned.sentence })
  faultPoint('run.begin.pinned')
  await commitMove({ lease, run: state.run }, async ({ tx, now, event, run: row }) => {
    await tx.insert(runMessage).values({
      runId: row.id,
      ordinal: 0,
      role: 'user',
      body: JSON.stringify({ role: 'user', content: row.task }),
      at: now,
      auditEventId: event,
    })
    await tx
      .update(run)
      .set({
        state: 'ready',
        startedAt: now,
        snapshotDigest: pinned.digest,
        auditEventId: event,
      })
      .where(eq(run.id, row.id))
    const data = { digest: row.digest, attempt: lease.attempt }
    return { facts: [{ ...aboutRun(row), action: 'run.started', data }], next: 'now' }
  })
}

async function pin(
  root: string,
): Promise<{ ok: true; digest: string } | { ok: false; sentence: string }> {
  try {
    const { digest } = await snapshotWorkspace(root, snapshotStore())
    return { ok: true, digest }
  } catch (error) {
    if (error instanceof ChanceryError) return { ok: false, sentence: error.message }
    throw error
  }
}

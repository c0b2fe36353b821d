import 'server-only'
import { eq } from 'drizzle-orm'
import { changeSet } from '@/drizzle/schema/runs'
import type { Fact } from '@/lib/audit/catalogue'
import { faultPoint } from '@/lib/core/fault'
import { type Applied, applyChanges } from '../applier'
import type { FileChange } from '../model'
import { approvalStanding, type ChangeSetRow, type RunState, readOverlay } from '../queries/state'
import { changeSetDigest } from '../workspace/change-set'
import { commitMove, type Moved, type MovePart } from './commit'
import { failRun, tidySnapshots, writeFailure } from './end'
import { aboutPart } from './facts'
import type { Lease } from './lease'
import { withWorkspaceLock } from './workspace-lock'

type At = { lease: Lease; state: RunState; signal: AbortSignal }

/** Records that the change-set is going to be applied: from here on the real files may differ. */
export async function intendToApply({ lease, state }: At): Promise<void> {
  const set = state.changeSet
  if (set === null) return
  await commitMove({ lease, run: state.run }, async (part) => {
    await part.tx
      .update(changeSet)
      .set({ state: 'applying', auditEventId: part.event })
      .where(eq(changeSet.id, set.id))
    return {
      facts: [{ ...about(part, set), action: 'change_set.applying', data: { digest: set.digest } }],
      next: 'now',
    }
  })
  faultPoint('run.apply.intent')
}

/**
 * Writes the approved files into the workspace. Checks first that the overlay still is what was
 * signed. Safe to do again after any crash: what is done already is recognised by its bytes.
 */
export async function applyChangeSet(at: At): Promise<void> {
  const { lease, state, signal } = at
  const set = state.changeSet
  if (set === null) return
  const overlay = await readOverlay(state.run.id)
  const standing = set.approvalId === null ? null : await approvalStanding(set.approvalId)
  const signed = changeSetDigest(overlay, set.operations) === set.digest
  const approved = overlay.length === 0 || standing?.state === 'approved'
  if (!signed || !approved || (standing !== null && standing.digest !== set.digest)) {
    const sentence = 'The change-set is not the one that was approved. Nothing was written.'
    return failRun(at, { code: 'change_set_mismatch', sentence })
  }
  const result = await withWorkspaceLock(state.workspace.id, async () =>
    signal.aborted ? null : applyChanges(state.workspace.rootPath, overlay),
  )
  if (result === null) return
  faultPoint('run.apply.files')
  await commitMove({ lease, run: state.run }, (part) =>
    result.kind === 'applied' ? writeApplied(part, set) : writeConflict(part, set, result),
  )
  if (result.kind === 'conflict') await tidySnapshots()
}

function about(part: MovePart, set: ChangeSetRow) {
  return aboutPart(part.run, { t: 'change_set', id: set.id, sha256: set.digest })
}

async function writeApplied(part: MovePart, set: ChangeSetRow): Promise<Moved> {
  await part.tx
    .update(changeSet)
    .set({ state: 'applied', appliedAt: part.now, auditEventId: part.event })
    .where(eq(changeSet.id, set.id))
  const files = (set.files as FileChange[]).length
  const data = { digest: set.digest, files, operations: set.operations.length }
  return { facts: [{ ...about(part, set), action: 'change_set.applied', data }], next: 'now' }
}

/** The workspace moved under the run. Nothing was changed where it did; the run ends by saying so. */
async function writeConflict(
  part: MovePart,
  set: ChangeSetRow,
  result: Extract<Applied, { kind: 'conflict' }>,
): Promise<Moved> {
  const list = result.conflicts.slice(0, 10).map(({ path, sentence }) => `${path}: ${sentence}`)
  const error = `${list.join('\n')}\nStart the run again on the files as they are now.`
  await part.tx
    .update(changeSet)
    .set({ state: 'conflicted', error, auditEventId: part.event })
    .where(eq(changeSet.id, set.id))
  const sentence = `${result.conflicts.length} of the files changed since the run began. ${error}`
  const failure = await writeFailure(part, { code: 'conflict', sentence })
  const fact: Fact = {
    ...about(part, set),
    action: 'change_set.conflicted',
    outcome: 'error',
    data: { digest: set.digest, files: result.conflicts.length },
  }
  return { facts: [fact, ...failure.facts], next: 'over' }
}

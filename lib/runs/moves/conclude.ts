import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { changeSet, run } from '@/drizzle/schema/runs'
import { openApproval } from '@/lib/approvals/commands'
import { plainItem, ruleFor } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import { approvalRules } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { newId } from '@/lib/core/ids'
import { DIRECTORY_MODE, type FileChange, type Operation, type OverlayChange } from '../model'
import { approvedCommands, callCount, type RunState, readOverlay } from '../queries/state'
import { changeSetDigest } from '../workspace/change-set'
import { type LineCount, lineCounts } from '../workspace/line-counts'
import { snapshotFolder, treeOf } from '../workspace/snapshot'
import { commitMove, type Moved, type MovePart } from './commit'
import { finishRun, snapshotStore } from './end'
import { aboutPart, aboutRun } from './facts'
import { riskOfCommands } from './hold'
import type { Lease } from './lease'
import { keepBytes } from './overlay'

/** One file as a change-set row keeps it. */
export type ChangeSetFile = FileChange & LineCount

type Proposal = {
  state: RunState
  changes: OverlayChange[]
  files: ChangeSetFile[]
  operations: Operation[]
  bases: { digest: string; bytes: Buffer }[]
  digest: string
}

/**
 * The model is done. With nothing changed the run is finished; with changed files they become a
 * change-set that people decide on; with approved commands alone nothing is left to sign, and they
 * are carried out as they were approved.
 */
export async function conclude(at: { lease: Lease; state: RunState }): Promise<void> {
  const { lease, state } = at
  const changes = await readOverlay(state.run.id)
  const operations = (await approvedCommands(state.run.id)).flatMap(({ callId, commands }) =>
    commands.map((command): Operation => {
      return { ...command, callId, state: 'pending', exitCode: null, output: null }
    }),
  )
  if (changes.length === 0 && operations.length === 0) {
    return finishRun(at, 'no_changes', await callCount(state.run.id))
  }
  const { files, bases } = await compareWithBase(state, changes)
  const digest = changeSetDigest(changes, operations)
  const proposal = { state, changes, files, operations, bases, digest }
  await commitMove({ lease, run: state.run }, (part) => propose(part, proposal))
}

/** Line counts, and the bytes of the base: the snapshot goes one day, the evidence must not. */
async function compareWithBase(
  state: RunState,
  changes: readonly OverlayChange[],
): Promise<Pick<Proposal, 'files' | 'bases'>> {
  const tree = treeOf(snapshotFolder(snapshotStore(), state.run.snapshotDigest ?? ''))
  const files: ChangeSetFile[] = []
  const bases: Proposal['bases'] = []
  for (const { content, ...change } of changes) {
    const base = change.baseDigest === null ? null : await readFile(join(tree, change.path))
    if (base !== null && change.baseDigest !== null) {
      bases.push({ digest: change.baseDigest, bytes: base })
    }
    const after = content === null ? null : Buffer.from(content, 'base64')
    files.push({ ...change, ...lineCounts(base, after) })
  }
  return { files, bases }
}

async function propose(part: MovePart, proposal: Proposal): Promise<Moved> {
  const { tx, now, event } = part
  const { files, operations, digest } = proposal
  for (const base of proposal.bases) await keepBytes(part, base.digest, base.bytes)
  const id = newId<'change_set'>(now.getTime())
  const signed = files.length === 0
  const item = signed ? null : await openItem(part, id, proposal)
  await tx.insert(changeSet).values({
    ...{ id, runId: part.run.id, digest, files, operations },
    state: signed ? 'approved' : 'proposed',
    approvalId: item?.id ?? null,
    createdAt: now,
    auditEventId: event,
  })
  const total = (key: 'added' | 'removed') => files.reduce((sum, file) => sum + file[key], 0)
  const proposed: Fact = {
    ...aboutPart(part.run, { t: 'change_set', id, sha256: digest }),
    action: 'change_set.proposed',
    data: {
      digest,
      files: files.length,
      added: total('added'),
      removed: total('removed'),
      operations: operations.length,
    },
  }
  if (item === null) return { facts: [proposed], next: 'now' }
  await tx
    .update(run)
    .set({ state: 'suspended', waitingFor: 'change_set', auditEventId: event })
    .where(eq(run.id, part.run.id))
  const suspended: Fact = {
    ...aboutRun(part.run),
    action: 'run.suspended',
    data: { step: part.run.step, waiting_for: 'change_set' },
  }
  return { facts: [proposed, item.fact, suspended], next: 'people' }
}

async function openItem(part: MovePart, id: string, proposal: Proposal) {
  const { state, files, operations, digest } = proposal
  const riskTier = operations.length > 0 ? riskOfCommands(operations) : 'medium'
  const count = files.filter((file) => file.mode !== DIRECTORY_MODE).length
  return openApproval(part, {
    kind: 'change_set',
    subjectId: id,
    digest,
    title: `Changes ${count} file${count === 1 ? '' : 's'} in ${state.workspace.slug}`,
    riskTier,
    departmentId: part.run.departmentId,
    agentId: part.run.agentId,
    runId: part.run.id,
    rule: ruleFor(approvalRules(await currentRulebook(part.tx)), {
      ...plainItem('change_set', riskTier),
    }),
    requestedBy: part.run.startedBy,
    excluded: [part.run.startedBy],
    summary: {
      agent: state.agent.slug,
      run: part.run.number,
      to: state.version,
      workspace: state.workspace.slug,
      files: count,
      added: files.reduce((sum, file) => sum + file.added, 0),
      removed: files.reduce((sum, file) => sum + file.removed, 0),
      operations: operations.length,
    },
  })
}

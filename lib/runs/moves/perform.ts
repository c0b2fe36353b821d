import 'server-only'
import { eq } from 'drizzle-orm'
import { changeSet, run, toolCall } from '@/drizzle/schema/runs'
import type { Fact } from '@/lib/audit/catalogue'
import { faultPoint } from '@/lib/core/fault'
import { sha256 } from '@/lib/core/sha256'
import { storableText } from '@/lib/core/storable'
import type { CallState, Operation } from '../model'
import { type Performed, performOperation } from '../operations'
import type { CallRow, ChangeSetRow, RunState } from '../queries/state'
import { readCall } from '../queries/state'
import { commitMove, type Moved, type MovePart } from './commit'
import { aboutPart, aboutRun, callData } from './facts'
import type { Lease } from './lease'
import { withWorkspaceLock } from './workspace-lock'

type At = { lease: Lease; state: RunState; signal: AbortSignal }
type Subject = { set: ChangeSetRow; call: CallRow; at: number }

/**
 * Carries out one approved command: first the intent is committed, then it is started, then its
 * result is committed. Killed in between, it is found as `executing` and never started again.
 */
export async function performNext(at: At, index: number): Promise<void> {
  const { lease, state, signal } = at
  const subject = await subjectOf(state, index)
  const operation = state.changeSet?.operations[index]
  if (subject === null || operation === undefined) return
  await withWorkspaceLock(state.workspace.id, async () => {
    if (signal.aborted) return
    await commitMove({ lease, run: state.run }, (part) => writeIntent(part, subject, lease))
    faultPoint('run.operation.intent')
    const by = { agent: state.agent.slug, run: state.run.number }
    const started = performance.now()
    const performed = await performOperation(state.workspace.rootPath, operation, by)
    faultPoint('run.operation.done')
    const durationMs = Math.round(performance.now() - started)
    await commitMove({ lease, run: state.run }, (part) =>
      performed.kind === 'unknown'
        ? writeUnknown(part, subject, performed.output)
        : writePerformed(part, subject, { performed, durationMs }),
    )
  })
}

/** An operation that was found executing: its worker died. Nobody knows, so people are asked. */
export async function markUnknown({ lease, state }: At, index: number): Promise<void> {
  const subject = await subjectOf(state, index)
  if (subject === null) return
  await commitMove({ lease, run: state.run }, (part) => writeUnknown(part, subject, ''))
}

async function subjectOf(state: RunState, index: number): Promise<Subject | null> {
  const set = state.changeSet
  const operation = set?.operations[index]
  if (set === null || operation === undefined) return null
  return { set, call: await readCall(operation.callId), at: index }
}

async function writeIntent(part: MovePart, subject: Subject, lease: Lease): Promise<Moved> {
  await save(part, subject, { state: 'executing' }, 'executing')
  const fact: Fact = {
    ...aboutCall(part, subject),
    action: 'tool_call.executing',
    data: { ...callData(subject.call), attempt: lease.attempt },
  }
  // The effect follows at once in this process; the job for later only guards against its death.
  return { facts: [fact], next: 'held' }
}

async function writePerformed(
  part: MovePart,
  subject: Subject,
  done: { performed: Exclude<Performed, { kind: 'unknown' }>; durationMs: number },
): Promise<Moved> {
  const { performed, durationMs } = done
  const exitCode = performed.kind === 'exited' ? performed.exitCode : null
  const result = exitCode === 0 ? ('succeeded' as const) : ('failed' as const)
  const output = storableText(performed.output)
  await save(part, subject, { state: result, exitCode, output }, result)
  const data = { result, output: sha256(output), duration_ms: durationMs }
  const fact: Fact = {
    ...aboutCall(part, subject),
    action: 'tool_call.executed',
    data: { ...callData(subject.call), ...data },
  }
  return { facts: [fact], next: 'now' }
}

async function writeUnknown(part: MovePart, subject: Subject, output: string): Promise<Moved> {
  await save(
    part,
    subject,
    { state: 'outcome_unknown', output: storableText(output) },
    'outcome_unknown',
  )
  await part.tx
    .update(run)
    .set({ state: 'suspended', waitingFor: 'outcome', auditEventId: part.event })
    .where(eq(run.id, part.run.id))
  const unknown: Fact = {
    ...aboutCall(part, subject),
    action: 'tool_call.outcome_unknown',
    outcome: 'error',
    data: callData(subject.call),
  }
  const suspended: Fact = {
    ...aboutRun(part.run),
    action: 'run.suspended',
    data: { step: part.run.step, waiting_for: 'outcome' },
  }
  return { facts: [unknown, suspended], next: 'people' }
}

function aboutCall(part: MovePart, { call }: Subject) {
  return aboutPart(part.run, { t: 'tool_call', id: call.id })
}

async function save(
  part: Pick<MovePart, 'tx' | 'event'>,
  { set, call, at }: Subject,
  values: Partial<Operation>,
  callState: CallState,
): Promise<void> {
  const operations = set.operations.map((operation, index) =>
    index === at ? { ...operation, ...values } : operation,
  )
  await part.tx
    .update(changeSet)
    .set({ operations, auditEventId: part.event })
    .where(eq(changeSet.id, set.id))
  await part.tx
    .update(toolCall)
    .set({ state: callState, auditEventId: part.event })
    .where(eq(toolCall.id, call.id))
}

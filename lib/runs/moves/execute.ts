import 'server-only'
import { eq } from 'drizzle-orm'
import { toolCall } from '@/drizzle/schema/runs'
import type { Fact } from '@/lib/audit/catalogue'
import { ChanceryError } from '@/lib/core/errors'
import { faultPoint } from '@/lib/core/fault'
import { sha256 } from '@/lib/core/sha256'
import { storable, storableText } from '@/lib/core/storable'
import type { Definition } from '@/lib/definition/model'
import type { GateDecision } from '../gate'
import type { GatedCommand, OverlayChange } from '../model'
import { approvalStanding, type CallRow, type RunState, readOverlay } from '../queries/state'
import { changeSetDigest, commandDigest, verifyChanges } from '../workspace/change-set'
import { runTool, type ToolAnswer } from '../workspace/child-runner'
import { type Manifest, openSnapshot, snapshotFolder, treeOf } from '../workspace/snapshot'
import { commitMove, type Moved, type MovePart } from './commit'
import { deliverResults } from './deliver'
import { snapshotStore } from './end'
import { aboutPart, callData } from './facts'
import { holdCall, type Tried } from './hold'
import { heldCallDigest, judge, readDefinition } from './judge'
import type { Lease } from './lease'
import { saveOverlay } from './overlay'

type At = { lease: Lease; state: RunState; signal: AbortSignal }

/**
 * Executes one allowed or approved call on the overlay and commits its result. Pure and overlay
 * tools leave nothing outside the transaction, so a crash before the commit only means that the call
 * runs again. The gate decides once more with what is known now; a script that comes to a gated
 * command is held (or denied) and nothing of it is kept.
 */
export async function executeCall(at: At, callId: string): Promise<void> {
  const { lease, state } = at
  const call = state.calls.find((row) => row.id === callId)
  if (call === undefined) return
  const definition = readDefinition(state.definition, state.fileName)
  const before = await readOverlay(state.run.id)
  const overlayDigest = changeSetDigest(before)
  const permits = await permitsOf({ state, call, definition, overlayDigest })
  const started = performance.now()
  const { answer, decided } = await tryCall({
    ...{ state, call, definition, before, permits },
    signal: at.signal,
  })
  if (at.signal.aborted) return
  faultPoint('run.tool.ran')
  const durationMs = Math.round(performance.now() - started)
  const tried = { state, call, before, overlayDigest, durationMs }
  await commitMove({ lease, run: state.run }, (part) => {
    if (decided.verdict === 'denied') return writeDenial(part, tried, decided)
    if (answer.kind === 'gated') {
      return holdCall(part, tried, { decided, commands: answer.commands })
    }
    return writeResult(part, tried, answer)
  })
  faultPoint('run.tool.committed')
}

/** The commands that an approval of exactly this call, these arguments and this overlay permits. */
async function permitsOf(given: {
  state: RunState
  call: CallRow
  definition: Definition
  overlayDigest: string
}): Promise<GatedCommand[]> {
  const { state, call, definition, overlayDigest } = given
  const gated = (call.gated ?? []) as GatedCommand[]
  if (call.approvalId === null || gated.length === 0) return []
  const decided = judge(definition, { tool: call.tool, input: inputOf(call), gated })
  if (decided.verdict !== 'held') return []
  const digest = heldCallDigest({
    runId: state.run.id,
    callId: call.id,
    definitionDigest: state.run.digest,
    tool: call.tool,
    argsDigest: call.argsDigest,
    overlayDigest,
    gated,
    rule: decided.rule,
    ruleVersion: decided.ruleVersion,
  })
  const standing = await approvalStanding(call.approvalId)
  return standing?.state === 'approved' && standing.digest === digest ? gated : []
}

function inputOf(call: CallRow): unknown {
  return JSON.parse(call.effectiveArgs)
}

async function tryCall(given: {
  state: RunState
  call: CallRow
  definition: Definition
  before: OverlayChange[]
  permits: GatedCommand[]
  signal: AbortSignal
}): Promise<{ answer: ToolAnswer; decided: GateDecision }> {
  const { state, call, definition, before, permits } = given
  const input = inputOf(call)
  const decide = (gated: readonly GatedCommand[]) =>
    judge(definition, { tool: call.tool, input, gated })
  const first = decide([])
  if (first.verdict !== 'allowed') return { answer: failed(''), decided: first }
  const digest = state.run.snapshotDigest ?? ''
  const folder = snapshotFolder(snapshotStore(), digest)
  const manifest = await openSnapshot(folder, digest)
  const withheld = manifest.withheld.map((entry) => entry.path)
  const answer = await runTool({
    ...{ root: treeOf(folder), withheld, changes: before, permits },
    ...{ tool: call.tool, args: input, signal: given.signal },
  })
  if (answer.kind === 'gated') {
    const shown = JSON.stringify(storable(answer.commands)) === JSON.stringify(answer.commands)
    if (shown) return { answer, decided: decide(answer.commands) }
    return { answer: failed('The commands hold bytes that cannot be shown.'), decided: first }
  }
  return { answer: checked(answer, manifest, permits), decided: first }
}

/** An answer that does not hold what it says, or not what was approved, becomes a failure. */
function checked(answer: ToolAnswer, manifest: Manifest, permits: GatedCommand[]): ToolAnswer {
  if (answer.kind !== 'done') return answer
  try {
    if (answer.changes !== null) verifyChanges(answer.changes, manifest)
  } catch (error) {
    if (error instanceof ChanceryError) return failed(error.message)
    throw error
  }
  const came = answer.operations.map(commandDigest).join()
  if (came === permits.map(commandDigest).join()) return answer
  return failed('The script did not do what was approved. Nothing of it was kept.')
}

function failed(output: string): ToolAnswer {
  return { kind: 'failed', output }
}

type Finished = Exclude<ToolAnswer, { kind: 'gated' }>

async function writeResult(part: MovePart, tried: Tried, answer: Finished): Promise<Moved> {
  const { call } = tried
  const done = answer.kind === 'done'
  const failed = !done || answer.isError
  const after = done && answer.changes !== null ? answer.changes : tried.before
  await saveOverlay(part, tried.before, after)
  const result = storableText(resultText(answer))
  await finishCall(part, tried, {
    state: failed ? 'failed' : 'succeeded',
    result,
    resultIsError: failed ? 1 : 0,
    overlayDigest: changeSetDigest(after),
  })
  const fact: Fact = {
    ...aboutPart(part.run, { t: 'tool_call', id: call.id }),
    action: 'tool_call.executed',
    data: {
      ...callData(call),
      result: failed ? 'failed' : 'succeeded',
      output: sha256(result),
      duration_ms: tried.durationMs,
    },
  }
  return { facts: [fact], next: 'now' }
}

function resultText(answer: Finished): string {
  if (answer.kind === 'failed' || answer.operations.length === 0) return answer.output
  const list = answer.operations.map(({ argv }) => `- ${argv.join(' ')}`).join('\n')
  const note = answer.isError
    ? 'The script failed, so none of these approved commands will be carried out:'
    : 'Approved; carried out after your change-set, with no output until then:'
  return `${answer.output}\n${note}\n${list}`.trimStart()
}

async function writeDenial(part: MovePart, tried: Tried, decided: GateDecision): Promise<Moved> {
  const { call } = tried
  const sentence = storableText(decided.sentence)
  await finishCall(part, tried, {
    state: 'denied_by_policy',
    verdict: 'denied',
    ruleId: decided.rule,
    ruleSentence: sentence,
    result: `Denied: ${sentence}`,
    resultIsError: 1,
  })
  const data = { ...callData({ ...call, ruleId: decided.rule }), step: call.step }
  const fact: Fact = {
    ...aboutPart(part.run, { t: 'tool_call', id: call.id }),
    action: 'tool_call.denied',
    outcome: 'denied',
    data: { ...data, because: 'rule' },
  }
  return { facts: [fact], next: 'now' }
}

/** Writes a call's final state and, when it was the last of its step, hands over the results. */
async function finishCall(
  part: MovePart,
  tried: Tried,
  values: Partial<typeof toolCall.$inferInsert>,
): Promise<void> {
  await part.tx
    .update(toolCall)
    .set({
      ...values,
      finishedAt: part.now,
      durationMs: tried.durationMs,
      auditEventId: part.event,
    })
    .where(eq(toolCall.id, tried.call.id))
  await deliverResults(part, tried.call.step)
}

/** Tells the model that people said no, or that nobody answered in time. */
export async function denyCall(at: At, callId: string): Promise<void> {
  const { lease, state } = at
  const call = state.calls.find((row) => row.id === callId)
  if (call === undefined) return
  await commitMove({ lease, run: state.run }, async (part) => {
    const expired = call.state === 'expired'
    const result = call.result ?? (expired ? 'Denied: nobody decided in time.' : 'Denied.')
    await part.tx
      .update(toolCall)
      .set({
        state: 'denied',
        result,
        resultIsError: 1,
        finishedAt: part.now,
        auditEventId: part.event,
      })
      .where(eq(toolCall.id, call.id))
    await deliverResults(part, call.step)
    const data = { ...callData(call), step: call.step }
    const fact: Fact = {
      ...aboutPart(part.run, { t: 'tool_call', id: call.id }),
      action: 'tool_call.denied',
      outcome: 'denied',
      data: { ...data, because: expired ? 'expired' : 'person' },
    }
    return { facts: [fact], next: 'now' }
  })
}

import 'server-only'
import type { ModelMessage } from 'ai'
import { eq } from 'drizzle-orm'
import { run, runMessage, toolCall } from '@/drizzle/schema/runs'
import type { Fact } from '@/lib/audit/catalogue'
import { faultPoint } from '@/lib/core/fault'
import { newId } from '@/lib/core/ids'
import { MAX_CALLS_PER_STEP } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { storableText } from '@/lib/core/storable'
import { capabilitiesOf } from '@/lib/definition/capabilities'
import type { Definition } from '@/lib/definition/model'
import { callModel, type ModelOutcome, type ProposedCall } from '../models/client'
import type { ConnectModel } from '../models/resolve'
import { type RunState, usedCallIds } from '../queries/state'
import { MAX_ATTEMPTS, pauseBeforeAttempt } from '../rules'
import { isTool, parseCall, registration } from '../tools/register'
import { openSnapshot, snapshotFolder } from '../workspace/snapshot'
import { commitMove, type Moved, type MovePart } from './commit'
import { deliverResults } from './deliver'
import { failRun, snapshotStore, writeFailure } from './end'
import { aboutPart, aboutRun, callData } from './facts'
import { judge, readDefinition } from './judge'
import type { Lease } from './lease'
import { offeredTools, systemPrompt } from './prompt'

type At = { lease: Lease; state: RunState; signal: AbortSignal; connect: ConnectModel }
type Answer = Extract<ModelOutcome, { kind: 'answer' }>

/**
 * Asks the model once and commits its whole answer: the message as text, every call with the gate's
 * verdict, the usage, the step. An answer that breaks off leaves nothing behind but a pause.
 */
export async function ask(at: At): Promise<void> {
  const { lease, state } = at
  const model = at.connect(state.run)
  if (model === null) {
    const sentence = `The connection ${state.run.provider} is not there. Nothing else was used instead.`
    return failRun(at, { code: 'provider_missing', sentence })
  }
  const definition = readDefinition(state.definition, state.fileName)
  const digest = state.run.snapshotDigest ?? ''
  const manifest = await openSnapshot(snapshotFolder(snapshotStore(), digest), digest)
  const started = performance.now()
  const outcome = await callModel({
    model,
    system: systemPrompt(definition, manifest),
    messages: state.messages.map(({ body }) => JSON.parse(body) as ModelMessage),
    tools: offeredTools(capabilitiesOf(definition)),
    signal: at.signal,
  })
  faultPoint('run.model.answered')
  if (outcome.kind === 'cancelled') return
  if (outcome.kind === 'failed') {
    return failRun(at, { code: outcome.code, sentence: outcome.reason })
  }
  if (outcome.kind === 'retry') return waitForProvider(at, outcome)
  const used = await usedCallIds(
    state.run.id,
    outcome.calls.map((call) => call.callId),
  )
  if (used.length > 0 || hasTwins(outcome.calls)) {
    const sentence = 'The model named two calls alike, so their results could not be told apart.'
    return failRun(at, { code: 'model_protocol', sentence })
  }
  const durationMs = Math.round(performance.now() - started)
  await commitMove({ lease, run: state.run }, (part) =>
    writeAnswer(part, { state, definition, answer: outcome, durationMs }),
  )
  faultPoint('run.model.committed')
}

function hasTwins(calls: readonly ProposedCall[]): boolean {
  return new Set(calls.map((call) => call.callId)).size !== calls.length
}

/** The provider asked for a pause, or could not be reached: the run parks and comes back by itself. */
async function waitForProvider(
  { lease, state }: At,
  outcome: Extract<ModelOutcome, { kind: 'retry' }>,
): Promise<void> {
  await commitMove({ lease, run: state.run }, async (part) => {
    if (lease.attempt >= MAX_ATTEMPTS) {
      const sentence = `${outcome.reason} It was tried ${MAX_ATTEMPTS} times.`
      return writeFailure(part, { code: 'provider', sentence })
    }
    const pause = outcome.afterMs ?? pauseBeforeAttempt(lease.attempt)
    await part.tx
      .update(run)
      .set({
        state: 'suspended',
        waitingFor: 'provider',
        error: outcome.reason,
        auditEventId: part.event,
      })
      .where(eq(run.id, part.run.id))
    const data = { step: part.run.step, waiting_for: 'provider' as const }
    return {
      facts: [{ ...aboutRun(part.run), action: 'run.suspended', data }],
      next: { at: new Date(Date.now() + pause) },
    }
  })
}

type Given = { state: RunState; definition: Definition; answer: Answer; durationMs: number }
type NewCall = typeof toolCall.$inferInsert

async function writeAnswer(part: MovePart, given: Given): Promise<Moved> {
  const { tx, now, event } = part
  const { state, answer, durationMs } = given
  const step = part.run.step + 1
  const ordinal = state.messages.length
  const body = JSON.stringify(answer.message)
  const tied = { auditEventId: event }
  await tx.insert(runMessage).values({
    ...{ runId: part.run.id, ordinal, role: 'assistant', body, usage: answer.usage },
    ...{ durationMs, at: now, ...tied },
  })
  const calls = answer.calls.map((call, index) => newCall(part, given, { call, index, step }))
  if (calls.length > 0) await tx.insert(toolCall).values(calls)
  await tx
    .update(run)
    .set({ state: 'ready', waitingFor: null, error: null, step, ...tied })
    .where(eq(run.id, part.run.id))
  const results = calls.length > 0 ? await deliverResults(part, step) : 0
  const fact: Fact = {
    ...aboutRun(part.run),
    action: 'run.advanced',
    data: {
      step,
      messages: ordinal + 1 + results,
      calls: calls.length,
      conversation: sha256([...state.messages.map((m) => sha256(m.body)), sha256(body)].join('\n')),
      tokens_in: answer.usage.inputTokens,
      tokens_out: answer.usage.outputTokens,
    },
  }
  return { facts: [fact, ...calls.map((call) => callFact(part, call))], next: 'now' }
}

function newCall(
  part: MovePart,
  { definition }: Given,
  made: { call: ProposedCall; index: number; step: number },
): NewCall {
  const { call, index, step } = made
  const args = JSON.stringify(call.input ?? null)
  const parsed = parseCall(call.tool, call.input)
  const effectiveArgs = parsed.ok ? JSON.stringify(parsed.call.args) : args
  const excess = index >= MAX_CALLS_PER_STEP
  const decided = judge(definition, { tool: call.tool, input: call.input, gated: [] })
  const denied = excess || decided.verdict === 'denied'
  const sentence = excess
    ? `One answer may make ${MAX_CALLS_PER_STEP} calls. Ask for this one again.`
    : storableText(decided.sentence)
  return {
    id: newId<'tool_call'>(part.now.getTime()),
    runId: part.run.id,
    step,
    ordinal: index,
    callId: call.callId,
    tool: storableText(call.tool.slice(0, 200)),
    effect: isTool(call.tool) ? registration(call.tool).effect : 'pure',
    args,
    effectiveArgs,
    argsDigest: sha256(effectiveArgs),
    verdict: denied ? 'denied' : 'allowed',
    ruleId: excess ? 'calls-per-step' : decided.rule,
    ruleSentence: sentence,
    state: denied ? 'denied_by_policy' : 'approved',
    ...(denied ? { result: `Denied: ${sentence}`, resultIsError: 1, finishedAt: part.now } : {}),
    requestedAt: part.now,
    decidedAt: part.now,
    auditEventId: part.event,
  }
}

function callFact(part: MovePart, call: NewCall): Fact {
  const about = aboutPart(part.run, { t: 'tool_call', id: call.id })
  const data = { ...callData(call), step: call.step }
  if (call.verdict !== 'denied') return { ...about, action: 'tool_call.allowed', data }
  const because = call.ruleId === 'tool-known' ? ('invalid' as const) : ('rule' as const)
  return { ...about, action: 'tool_call.denied', outcome: 'denied', data: { ...data, because } }
}

import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import { changeSet, run, toolCall } from '@/drizzle/schema/runs'
import type { Fact } from '@/lib/audit/catalogue'
import { command } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { answerOutcomeInput, type Operation, type OperationState } from '../model'
import { aboutPart, aboutRun, callData } from '../moves/facts'
import { wakeRun } from '../moves/lease'
import { lockRunOf } from '../queries/lock'

const STATE: Record<'happened' | 'did_not_happen' | 'retry', OperationState> = {
  happened: 'succeeded',
  did_not_happen: 'failed',
  retry: 'pending',
}

/**
 * A person says what became of a command whose worker died while carrying it out: it happened, it
 * did not (the run then ends), or it is to be tried again. Recorded with how they know. Only they
 * can say; the engine never repeats such a command by itself.
 */
export const answerOutcome = command({
  name: 'run.answer_outcome',
  permission: 'approval.decide',
  input: answerOutcomeInput,
  subject: ({ tx, input }) => lockRunOf(tx, input.runId),
  run: async ({ tx, actor, input, subject: row, event }) => {
    if (actor.kind !== 'person') refused('Only a person can say what happened.')
    if (actor.id === row.startedBy) refused('You started this run. Someone else must say.')
    if (row.state !== 'suspended' || row.waitingFor !== 'outcome') {
      conflict(`Run ${row.number} does not wait for this any more.`)
    }
    const [set] = await tx
      .select()
      .from(changeSet)
      .where(eq(changeSet.runId, row.id))
      .orderBy(desc(changeSet.createdAt))
      .limit(1)
    const operations = (set?.operations ?? []) as Operation[]
    const operation = operations[input.operation]
    if (!set || operation?.state !== 'outcome_unknown') {
      conflict('The outcome of this command is known. Load the page again.')
    }
    const [call] = await tx.select().from(toolCall).where(eq(toolCall.id, operation.callId))
    if (!call) notFound('This tool call')
    const state = STATE[input.answer]
    const changed = operations.map((entry, index) =>
      index === input.operation ? { ...entry, state } : entry,
    )
    const tied = { auditEventId: event }
    await tx
      .update(changeSet)
      .set({ operations: changed, ...tied })
      .where(eq(changeSet.id, set.id))
    await tx
      .update(toolCall)
      .set({ state: state === 'failed' ? 'failed' : 'succeeded', ...tied })
      .where(and(eq(toolCall.id, call.id), eq(toolCall.runId, row.id)))
    await tx
      .update(run)
      .set({ state: 'ready', waitingFor: null, ...tied })
      .where(eq(run.id, row.id))
    await wakeRun(tx, row.id, null)
    const settled: Fact = {
      ...aboutPart(row, { t: 'tool_call', id: call.id }),
      action: 'tool_call.outcome_settled',
      data: { ...callData(call), answer: input.answer },
      private: { reason: input.reason },
    }
    const data = { step: row.step, attempt: 1 }
    const resumed: Fact = { ...aboutRun(row), action: 'run.resumed', data }
    return { value: { runId: row.id, number: row.number }, fact: [settled, resumed] as const }
  },
})

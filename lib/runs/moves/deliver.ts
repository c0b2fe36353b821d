import 'server-only'
import type { ToolModelMessage } from 'ai'
import { and, asc, eq, max } from 'drizzle-orm'
import { runMessage, toolCall } from '@/drizzle/schema/runs'
import { isDelivered } from '../model'
import type { MovePart } from './commit'

/**
 * When every call of a step has its result, hands them to the model as one message, in order: a
 * provider refuses a conversation in which a call has none. Returns the number of messages added.
 */
export async function deliverResults(part: MovePart, step: number): Promise<0 | 1> {
  const { tx, now, event, run } = part
  const calls = await tx
    .select({
      state: toolCall.state,
      toolCallId: toolCall.callId,
      toolName: toolCall.tool,
      result: toolCall.result,
      isError: toolCall.resultIsError,
    })
    .from(toolCall)
    .where(and(eq(toolCall.runId, run.id), eq(toolCall.step, step)))
    .orderBy(asc(toolCall.ordinal))
  if (!calls.every((call) => isDelivered(call.state))) return 0
  const message: ToolModelMessage = {
    role: 'tool',
    content: calls.map(({ toolCallId, toolName, result, isError }) => ({
      type: 'tool-result',
      toolCallId,
      toolName,
      output: { type: isError === 1 ? 'error-text' : 'text', value: result ?? '' },
    })),
  }
  const [last] = await tx
    .select({ ordinal: max(runMessage.ordinal) })
    .from(runMessage)
    .where(eq(runMessage.runId, run.id))
  await tx.insert(runMessage).values({
    runId: run.id,
    ordinal: (last?.ordinal ?? -1) + 1,
    role: 'tool',
    body: JSON.stringify(message),
    at: now,
    auditEventId: event,
  })
  return 1
}

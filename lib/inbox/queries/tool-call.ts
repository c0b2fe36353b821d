import 'server-only'
import { eq } from 'drizzle-orm'
import { toolCall } from '@/drizzle/schema/runs'
import { notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { payloadOf } from '../rules/payload'
import type { ItemHead, SubjectReading } from './item'
import { gatedOf, modelWords, runFacts, similarCalls } from './run'

/** A held call: its exact arguments, what the register says it does, and how such calls ended. */
export async function toolCallSubject(tx: Tx, head: ItemHead): Promise<SubjectReading> {
  const [row] = await tx
    .select({
      tool: toolCall.tool,
      step: toolCall.step,
      effectiveArgs: toolCall.effectiveArgs,
      gated: toolCall.gated,
      ruleSentence: toolCall.ruleSentence,
      runId: toolCall.runId,
    })
    .from(toolCall)
    .where(eq(toolCall.id, head.subjectId))
  if (!row) return notFound('This tool call')
  const facts = await runFacts(tx, row.runId)
  const explanation = await modelWords(tx, row.runId, row.step)
  const similar = await similarCalls(tx, head)
  const call = { tool: row.tool, effectiveArgs: row.effectiveArgs, gated: gatedOf(row.gated) }
  return {
    barred: new Map([[facts.startedBy.id, 'starter']]),
    build: async () => ({
      kind: 'tool_call',
      tool: row.tool,
      step: row.step,
      ruleSentence: row.ruleSentence,
      run: facts,
      explanation,
      similar,
      ...payloadOf(call),
    }),
  }
}

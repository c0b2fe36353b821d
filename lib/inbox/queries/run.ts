import 'server-only'
import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { person } from '@/drizzle/schema/people'
import { run, runMessage, toolCall, workspace } from '@/drizzle/schema/runs'
import { notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { spokenText } from '@/lib/runs/spoken'
import type { RunFacts, SimilarCall } from '../model'
import { callLine } from '../rules/payload'
import type { ItemHead } from './item'

/** What a person must know of the run that asks. */
export async function runFacts(tx: Tx, runId: string | null): Promise<RunFacts> {
  const [row] = await tx
    .select({
      id: run.id,
      number: run.number,
      state: run.state,
      version: version.number,
      digest: run.digest,
      startedById: person.id,
      startedByName: person.name,
      task: run.task,
      workspace: workspace.slug,
      step: run.step,
    })
    .from(run)
    .innerJoin(version, eq(version.id, run.versionId))
    .innerJoin(person, eq(person.id, run.startedBy))
    .innerJoin(workspace, eq(workspace.id, run.workspaceId))
    .where(eq(run.id, runId ?? ''))
  if (!row) return notFound('The run of this approval')
  const { startedById, startedByName, ...facts } = row
  return { ...facts, startedBy: { id: startedById, name: startedByName } }
}

/**
 * What the model wrote with this step, or without one at the end of the run; null when it wrote
 * nothing. A claim. Every step begins with one answer of the model. Index: run_message_key.
 */
export async function modelWords(
  tx: Tx,
  runId: string,
  step: number | null,
): Promise<string | null> {
  const answers = tx
    .select({ body: runMessage.body })
    .from(runMessage)
    .where(and(eq(runMessage.runId, runId), eq(runMessage.role, 'assistant')))
    .limit(1)
  const [row] = await (step === null
    ? answers.orderBy(desc(runMessage.ordinal))
    : answers.orderBy(asc(runMessage.ordinal)).offset(Math.max(0, step - 1)))
  return row ? spokenText(row.body) : null
}

const DAYS = 90

/** The last three calls of this agent that the same rule held and that are decided, 90 days back. */
export async function similarCalls(tx: Tx, head: ItemHead): Promise<SimilarCall[]> {
  if (head.agentId === null) return []
  // Index: approval_agent.
  const rows = await tx
    .select({
      id: approval.id,
      run: run.number,
      tool: toolCall.tool,
      args: toolCall.effectiveArgs,
      gated: toolCall.gated,
      state: approval.state,
      at: approval.settledAt,
      by: sql<string | null>`(
        select p.name from decision d join person p on p.id = d.person_id
        where d.approval_id = ${approval.id} and d.dismissed_at is null
        order by d.decided_at desc limit 1)`,
    })
    .from(approval)
    .innerJoin(toolCall, eq(toolCall.id, approval.subjectId))
    .leftJoin(run, eq(run.id, approval.runId))
    .where(
      and(
        eq(approval.agentId, head.agentId),
        eq(approval.kind, 'tool_call'),
        eq(approval.ruleId, head.ruleId),
        ne(approval.id, head.id),
        inArray(approval.state, ['approved', 'rejected', 'expired']),
        sql`${approval.settledAt} > now() - make_interval(days => ${DAYS})`,
      ),
    )
    .orderBy(desc(approval.settledAt))
    .limit(3)
  return rows.map(({ tool, args, gated, at, ...row }) => ({
    ...row,
    line: callLine({ tool, effectiveArgs: args, gated: gatedOf(gated) }),
    at: (at ?? new Date(0)).toISOString(),
  }))
}

/** The gated commands of a call or the operations of a change-set as they are stored. */
export function gatedOf(stored: unknown): { argv: string[]; cwd: string; stdin: string | null }[] {
  if (!Array.isArray(stored)) return []
  return stored.map((entry: { argv?: unknown; cwd?: unknown; stdin?: unknown }) => ({
    argv: Array.isArray(entry.argv) ? entry.argv.map(String) : [],
    cwd: typeof entry.cwd === 'string' ? entry.cwd : '.',
    stdin: typeof entry.stdin === 'string' ? entry.stdin : null,
  }))
}

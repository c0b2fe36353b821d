import 'server-only'
import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { agent, definition, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import {
  blob,
  changeSet,
  run,
  runMessage,
  runOverlay,
  toolCall,
  workspace,
} from '@/drizzle/schema/runs'
import { notFound } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { GatedCommand, Operation, OverlayChange } from '../model'
import type { RunRow } from './lock'

export type CallRow = typeof toolCall.$inferSelect
export type ChangeSetRow = Omit<typeof changeSet.$inferSelect, 'operations'> & {
  operations: Operation[]
}

/** Everything that the engine needs to make one move, read without locks; commits are fenced. */
export type RunState = {
  run: RunRow
  agent: { slug: string; riskTier: 'low' | 'medium' | 'high' | 'critical' }
  version: string
  workspace: { id: string; slug: string; rootPath: string }
  definition: Uint8Array
  fileName: string
  messages: { ordinal: number; role: 'user' | 'assistant' | 'tool'; body: string }[]
  /** Calls of the current step, in order. */
  calls: CallRow[]
  /** Milliseconds of models and tools so far. */
  workedMs: number
  changeSet: ChangeSetRow | null
}

/** Reads a run with all that belongs to its next move. Throws `not_found`. */
export async function readRunState(runId: string): Promise<RunState> {
  const [head] = await db()
    .select({ run, agent, version: version.number, workspace, definition: definition.bytes })
    .from(run)
    .innerJoin(agent, eq(agent.id, run.agentId))
    .innerJoin(version, eq(version.id, run.versionId))
    .innerJoin(workspace, eq(workspace.id, run.workspaceId))
    .innerJoin(definition, eq(definition.digest, run.digest))
    .where(eq(run.id, runId))
  if (!head) return notFound('This run')
  const [messages, calls, sets, worked] = await Promise.all([
    db()
      .select({ ordinal: runMessage.ordinal, role: runMessage.role, body: runMessage.body })
      .from(runMessage)
      .where(eq(runMessage.runId, runId))
      .orderBy(asc(runMessage.ordinal)),
    db()
      .select()
      .from(toolCall)
      .where(and(eq(toolCall.runId, runId), eq(toolCall.step, head.run.step)))
      .orderBy(asc(toolCall.ordinal)),
    db()
      .select()
      .from(changeSet)
      .where(eq(changeSet.runId, runId))
      .orderBy(desc(changeSet.createdAt))
      .limit(1),
    workedMs(runId),
  ])
  const { slug, riskTier, fileName } = head.agent
  return {
    run: head.run,
    agent: { slug, riskTier },
    version: head.version,
    workspace: head.workspace,
    definition: head.definition,
    fileName,
    messages,
    calls,
    workedMs: worked,
    changeSet: sets[0] ? { ...sets[0], operations: sets[0].operations as Operation[] } : null,
  }
}

async function workedMs(runId: string): Promise<number> {
  const rows = await db().execute<{ ms: number }>(sql`
    select (coalesce((select sum(duration_ms) from run_message where run_id = ${runId}), 0)
          + coalesce((select sum(duration_ms) from tool_call where run_id = ${runId}), 0))::float8
      as ms`)
  return rows[0]?.ms ?? 0
}

/** The overlay of a run with its bytes, in path order. Index: run_overlay_key. */
export async function readOverlay(runId: string): Promise<OverlayChange[]> {
  const rows = await db()
    .select({
      path: runOverlay.path,
      change: runOverlay.change,
      mode: runOverlay.mode,
      baseDigest: runOverlay.baseDigest,
      newDigest: runOverlay.newDigest,
      bytes: blob.bytes,
    })
    .from(runOverlay)
    .leftJoin(blob, eq(blob.digest, runOverlay.newDigest))
    .where(and(eq(runOverlay.runId, runId), ne(runOverlay.change, 'none')))
  return rows
    .map(({ bytes, change, ...row }) => ({
      ...row,
      change: change as OverlayChange['change'],
      content: bytes === null ? null : Buffer.from(bytes).toString('base64'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** The gated commands that people approved and that scripts then came to, in the order of the run. */
export async function approvedCommands(
  runId: string,
): Promise<{ callId: string; commands: GatedCommand[] }[]> {
  const rows = await db()
    .select({ callId: toolCall.id, gated: toolCall.gated })
    .from(toolCall)
    .innerJoin(approval, eq(approval.id, toolCall.approvalId))
    .where(
      and(
        eq(toolCall.runId, runId),
        eq(toolCall.state, 'succeeded'),
        eq(approval.state, 'approved'),
      ),
    )
    .orderBy(asc(toolCall.step), asc(toolCall.ordinal))
  return rows.map(({ callId, gated }) => ({ callId, commands: (gated ?? []) as GatedCommand[] }))
}

/** What an approval stands for and what became of it. */
export async function approvalStanding(
  approvalId: string,
): Promise<{ state: string; digest: string } | null> {
  const [row] = await db()
    .select({ state: approval.state, digest: approval.digest })
    .from(approval)
    .where(eq(approval.id, approvalId))
  return row ?? null
}

/** Which of these call ids the run has used already. Index: tool_call_unique. */
export async function usedCallIds(runId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db()
    .select({ callId: toolCall.callId })
    .from(toolCall)
    .where(and(eq(toolCall.runId, runId), inArray(toolCall.callId, [...ids])))
  return rows.map((row) => row.callId)
}

/** Digests of the snapshots that runs still need. Index: run_open. */
export async function neededSnapshots(): Promise<Set<string>> {
  const rows = await db().execute<{ digest: string }>(sql`
    select distinct snapshot_digest as digest from run
    where state in ('queued', 'ready', 'suspended') and snapshot_digest is not null`)
  return new Set(rows.map((row) => row.digest))
}

/** Calls that the run made, of any outcome. */
export async function callCount(runId: string): Promise<number> {
  const rows = await db().execute<{ n: number }>(sql`
    select count(*)::int as n from tool_call where run_id = ${runId}`)
  return rows[0]?.n ?? 0
}

/** One call. Throws `not_found`. */
export async function readCall(callId: string): Promise<CallRow> {
  const [row] = await db().select().from(toolCall).where(eq(toolCall.id, callId))
  return row ?? notFound('This tool call')
}

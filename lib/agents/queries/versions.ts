import 'server-only'
import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { agent, importedHistory, proposal, version } from '@/drizzle/schema/agents'
import { decision } from '@/drizzle/schema/approvals'
import { person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import type { FindingCounts } from '../rules'
import { visibleTo } from './scope'

const VERSIONS_PER_PAGE = 25

/** One person's live agreement to exactly the bytes of a version. */
export type Signature = { name: string; at: string; reason: string }

/** Who agreed to exactly these bytes, in a query over `proposal`. */
export const SIGNATURES = sql<Signature[]>`coalesce((
  select json_agg(json_build_object(
      'name', ${person.name}, 'at', ${decision.decidedAt}, 'reason', ${decision.reason}
    ) order by ${decision.decidedAt})
  from ${decision} join ${person} on ${person.id} = ${decision.personId}
  where ${decision.approvalId} = ${proposal.approvalId}
    and ${decision.dismissedAt} is null and ${decision.verdict} = 'approve'
), '[]')`

const AUTHOR = sql<string>`(select ${person.name} from ${person} where ${person.id} = ${version.authorId})`

export type VersionRow = {
  id: string
  ordinal: number
  number: string
  digest: string
  message: string
  author: string
  publishedAt: string
  proposalNumber: number
  approvalId: string
  signatures: Signature[]
  /** Findings when it was published, under the rulebook of that day, and what waivers excused. */
  findings: FindingCounts & {
    constitution: string
    checker: string
    /** Absent in versions from before there were waivers. */
    excused?: { waiver: string; rule: string; until: string }[]
  }
  fact: string
}

/**
 * Published versions of an agent, newest first, starting below `beforeOrdinal` (null: the newest).
 * Index: version_ordinal. The author's own signature is never among them: the database refuses it.
 */
export async function versionsTable(
  actor: Actor,
  agentId: string,
  beforeOrdinal: number | null,
): Promise<{ rows: VersionRow[]; next: number | null }> {
  const found = await db()
    .select({
      id: version.id,
      ordinal: version.ordinal,
      number: version.number,
      digest: version.digest,
      message: version.message,
      author: AUTHOR,
      publishedAt: version.publishedAt,
      proposalNumber: proposal.number,
      approvalId: proposal.approvalId,
      signatures: SIGNATURES,
      findings: version.findings,
      fact: version.auditEventId,
    })
    .from(version)
    .innerJoin(agent, eq(agent.id, version.agentId))
    .innerJoin(proposal, eq(proposal.id, version.proposalId))
    .where(
      and(
        visibleTo(actor),
        eq(version.agentId, agentId),
        beforeOrdinal === null ? undefined : lt(version.ordinal, beforeOrdinal),
      ),
    )
    .orderBy(desc(version.ordinal))
    .limit(VERSIONS_PER_PAGE + 1)
  const rows = found.slice(0, VERSIONS_PER_PAGE).map((row) => ({
    ...row,
    publishedAt: row.publishedAt.toISOString(),
    findings: row.findings as VersionRow['findings'],
  }))
  const last = found.length > VERSIONS_PER_PAGE ? rows.at(-1) : undefined
  return { rows, next: last?.ordinal ?? null }
}

export type ImportedRow = {
  digest: string
  version: string
  date: string
  change: string
  approvedBy: string
}

/**
 * What imported files claim about their own past: shown beside ours, never trusted. Only the rows
 * of the newest import that carried any. Index: imported_history_row.
 */
export async function importedRows(actor: Actor, agentId: string): Promise<ImportedRow[]> {
  const newest = sql`(select h.digest from ${importedHistory} h
    where h.agent_id = ${agentId} order by h.id desc limit 1)`
  return db()
    .select({
      digest: importedHistory.digest,
      version: importedHistory.version,
      date: importedHistory.date,
      change: importedHistory.change,
      approvedBy: importedHistory.approvedBy,
    })
    .from(importedHistory)
    .innerJoin(agent, eq(agent.id, importedHistory.agentId))
    .where(
      and(
        visibleTo(actor),
        eq(importedHistory.agentId, agentId),
        eq(importedHistory.digest, newest),
      ),
    )
    .orderBy(asc(importedHistory.ordinal))
}

/** Number of published versions of an agent the caller may see. Index: version_ordinal. */
export async function countVersions(agentId: string): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)::int` })
    .from(version)
    .where(eq(version.agentId, agentId))
  return row?.count ?? 0
}

/** Signatures on an open proposal so far. Index: decision_live. */
export async function signaturesOn(approvalId: string): Promise<Signature[]> {
  const rows = await db()
    .select({ name: person.name, at: decision.decidedAt, reason: decision.reason })
    .from(decision)
    .innerJoin(person, eq(person.id, decision.personId))
    .where(
      and(
        eq(decision.approvalId, approvalId),
        isNull(decision.dismissedAt),
        eq(decision.verdict, 'approve'),
      ),
    )
    .orderBy(decision.decidedAt)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

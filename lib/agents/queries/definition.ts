import 'server-only'
import { and, eq, or, sql } from 'drizzle-orm'
import {
  agent,
  draft,
  draftRevision,
  importedHistory,
  proposal,
  version,
} from '@/drizzle/schema/agents'
import type { Actor } from '@/lib/auth/actor'
import { isDigest } from '@/lib/core/digest'
import { notFound } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { storedBytes } from './check'
import { visibleTo } from './scope'

/** Which of an agent's definitions: what speaks for it now, its draft, a version, or a digest. */
export type WhichDefinition =
  | { kind: 'current' }
  | { kind: 'draft' }
  | { kind: 'version'; number: string }
  | { kind: 'digest'; digest: string }

export type StoredDefinition = {
  bytes: Uint8Array
  digest: string
  /** The name under which the file is exported. */
  fileName: string
}

/**
 * The exact bytes of one of an agent's definitions. A digest is found only when it belongs to this
 * agent (version, draft revision, proposal or import), so knowing a digest opens nothing. Throws
 * `not_found` otherwise, and for a foreign department.
 */
export async function agentDefinition(
  actor: Actor,
  slug: string,
  which: WhichDefinition,
): Promise<StoredDefinition> {
  const [row] = await db()
    .select({ id: agent.id, digest: agent.digest, fileName: agent.fileName })
    .from(agent)
    .where(and(visibleTo(actor), eq(agent.slug, slug)))
  if (!row) return notFound('This agent')
  const digest = which.kind === 'current' ? row.digest : await digestOf(row.id, which)
  const bytes = digest === null ? null : await storedBytes(digest)
  if (digest === null || bytes === null) return notFound('This definition')
  return { bytes, digest, fileName: row.fileName }
}

async function digestOf(
  agentId: string,
  which: Exclude<WhichDefinition, { kind: 'current' }>,
): Promise<string | null> {
  if (which.kind === 'version') {
    const [row] = await db()
      .select({ digest: version.digest })
      .from(version)
      .where(and(eq(version.agentId, agentId), eq(version.number, which.number)))
    return row?.digest ?? null
  }
  if (which.kind === 'draft') {
    const [row] = await db()
      .select({ digest: draft.digest })
      .from(draft)
      .innerJoin(agent, eq(agent.draftId, draft.id))
      .where(and(eq(agent.id, agentId), or(eq(draft.state, 'open'), eq(draft.state, 'proposed'))))
    return row?.digest ?? null
  }
  return (await belongs(agentId, which.digest)) ? which.digest : null
}

/** Indexes: version_ordinal, draft_agent with draft_revision_key, proposal_agent, imported_history_row. */
async function belongs(agentId: string, digest: string): Promise<boolean> {
  if (!isDigest(digest)) return false
  const rows = await db().execute<{ found: boolean }>(sql`
    select exists (select from ${version} v where v.agent_id = ${agentId} and v.digest = ${digest})
      or exists (select from ${draft} d join ${draftRevision} r on r.draft_id = d.id
        where d.agent_id = ${agentId} and r.digest = ${digest})
      or exists (select from ${proposal} p where p.agent_id = ${agentId} and p.digest = ${digest})
      or exists (select from ${importedHistory} h
        where h.agent_id = ${agentId} and h.digest = ${digest}) as found`)
  return rows[0]?.found === true
}

import 'server-only'
import { and, desc, eq, inArray } from 'drizzle-orm'
import {
  agent,
  definition,
  draft,
  importedHistory,
  proposal,
  version,
} from '@/drizzle/schema/agents'
import { waiver } from '@/drizzle/schema/constitution'
import { notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'

export type AgentRow = typeof agent.$inferSelect
export type DraftRow = typeof draft.$inferSelect
export type ProposalRow = typeof proposal.$inferSelect

/** The agent, locked: every change of an agent, its draft and its proposal takes this lock first. */
export async function lockAgent(tx: Tx, id: string): Promise<AgentRow> {
  const [row] = await tx.select().from(agent).where(eq(agent.id, id)).for('update')
  return row ?? notFound('This agent')
}

/** A draft with its agent, both locked (agent first, so that two commands cannot dead-lock). */
export async function lockDraft(tx: Tx, id: string): Promise<{ draft: DraftRow; agent: AgentRow }> {
  const [found] = await tx.select({ agentId: draft.agentId }).from(draft).where(eq(draft.id, id))
  if (!found) notFound('This draft')
  const locked = await lockAgent(tx, found.agentId)
  const [row] = await tx.select().from(draft).where(eq(draft.id, id)).for('update')
  return { draft: row ?? notFound('This draft'), agent: locked }
}

/** A proposal with its agent and draft, all locked. */
export async function lockProposal(tx: Tx, id: string) {
  const [found] = await tx.select().from(proposal).where(eq(proposal.id, id))
  if (!found) notFound('This proposal')
  const both = await lockDraft(tx, found.draftId)
  const [row] = await tx.select().from(proposal).where(eq(proposal.id, id)).for('update')
  return { ...both, proposal: row ?? notFound('This proposal') }
}

/** The open proposal of a draft, or null. The caller holds the agent's lock. */
export async function openProposalOf(tx: Tx, draftId: string): Promise<ProposalRow | null> {
  const [row] = await tx
    .select()
    .from(proposal)
    .where(and(eq(proposal.draftId, draftId), eq(proposal.state, 'open')))
  return row ?? null
}

/** The exact bytes under a digest. Throws when the store lost them, which `verify` would report. */
export async function bytesOf(tx: Tx, digest: string): Promise<Uint8Array> {
  const [row] = await tx
    .select({ bytes: definition.bytes })
    .from(definition)
    .where(eq(definition.digest, digest))
  return row?.bytes ?? notFound('This definition')
}

/** Published numbers of an agent and the numbers that its imported histories claim. */
export async function knownVersions(tx: Tx, agentId: string) {
  const published = await tx
    .select({
      id: version.id,
      number: version.number,
      ordinal: version.ordinal,
      digest: version.digest,
    })
    .from(version)
    .where(eq(version.agentId, agentId))
    .orderBy(desc(version.ordinal))
  const claimed = await tx
    .select({ version: importedHistory.version })
    .from(importedHistory)
    .where(eq(importedHistory.agentId, agentId))
  return { published, claimed: claimed.map((row) => row.version) }
}

/** The live draft of an agent, or null. Index: draft_live. */
export async function liveDraft(tx: Tx, agentId: string): Promise<DraftRow | null> {
  const [row] = await tx
    .select()
    .from(draft)
    .where(and(eq(draft.agentId, agentId), inArray(draft.state, ['open', 'proposed'])))
  return row ?? null
}

/** A waiver with its agent, both locked. */
export async function lockWaiver(tx: Tx, id: string) {
  const [found] = await tx.select({ agentId: waiver.agentId }).from(waiver).where(eq(waiver.id, id))
  if (!found) notFound('This waiver')
  const locked = await lockAgent(tx, found.agentId)
  const [row] = await tx.select().from(waiver).where(eq(waiver.id, id)).for('update')
  return { agent: locked, waiver: row ?? notFound('This waiver') }
}

import 'server-only'
import { eq } from 'drizzle-orm'
import { agent, definition, definitionCheck, draftRevision } from '@/drizzle/schema/agents'
import { storable } from '@/lib/core/storable'
import type { Tx } from '@/lib/db/transaction'
import type { DraftRow } from '../queries/lock'
import { type Assessment, catalogColumns } from '../rules'

/** Parts of commands: they run inside the caller's transaction and carry the caller's event. */
export type Part = { tx: Tx; now: Date; event: string }

/** Keeps the bytes under their digest (once) and what the checker says of them. */
export async function storeDefinition(
  part: Part,
  bytes: Uint8Array,
  assessed: Assessment,
): Promise<void> {
  const digest = assessed.definition.digest
  await part.tx
    .insert(definition)
    .values({ digest, bytes, size: bytes.length, createdAt: part.now, auditEventId: part.event })
    .onConflictDoNothing()
  await part.tx
    .insert(definitionCheck)
    .values({
      digest,
      constitutionHash: assessed.constitutionHash,
      checkerVersion: assessed.checkerVersion,
      scope: assessed.scope,
      findings: storable(assessed.findings),
      capabilities: storable(assessed.capabilities),
      riskTier: assessed.riskTier,
      ...assessed.counts,
      checkedAt: part.now,
    })
    .onConflictDoNothing()
}

/** One saved state of a draft. */
export async function storeRevision(
  part: Part,
  row: Pick<DraftRow, 'id' | 'revision' | 'digest' | 'editedBy'>,
): Promise<void> {
  await part.tx.insert(draftRevision).values({
    draftId: row.id,
    revision: row.revision,
    digest: row.digest,
    editedBy: row.editedBy,
    savedAt: part.now,
    auditEventId: part.event,
  })
}

/** Brings the derived columns of the catalog up to the definition that now speaks for the agent. */
export async function refreshCatalog(
  part: Part,
  row: { id: string; slug: string },
  assessed: Assessment,
): Promise<void> {
  await part.tx
    .update(agent)
    .set({
      ...catalogColumns(assessed, row.slug),
      updatedAt: part.now,
      auditEventId: part.event,
    })
    .where(eq(agent.id, row.id))
}

import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { catalogFinding } from '@/drizzle/schema/constitution'
import type { Actor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import type { Finding } from '@/lib/constitution/model'
import { db } from '@/lib/db/client'

/**
 * What the rules between files say of an agent, worst first as they were kept. They name agents of any
 * department, so only who reads all of them is told. Index: catalog_finding_key.
 */
export async function findingsBetween(actor: Actor, agentId: string): Promise<Finding[]> {
  if (!can(actor, 'catalog.read', null)) return []
  const rows = await db()
    .select({ finding: catalogFinding.finding })
    .from(catalogFinding)
    .where(eq(catalogFinding.agentId, agentId))
    .orderBy(asc(catalogFinding.ordinal))
  return rows.map((row) => row.finding as Finding)
}

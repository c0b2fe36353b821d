import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import { agent, proposal, version } from '@/drizzle/schema/agents'
import { person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import type { CapabilityChange, CapabilityRow } from '@/lib/definition/model'
import { visibleTo } from './scope'
import { SIGNATURES, type Signature } from './versions'

/** Versions that are looked through, from the newest. */
const MAX_VERSIONS = 500
const MAX_ENTRIES = 200

/** When a capability came, went or changed, in which version, and who agreed to exactly that. */
export type FieldEntry = CapabilityRow & {
  number: string
  ordinal: number
  publishedAt: string
  author: string
  signatures: Signature[]
  approvalId: string
}
export type FieldHistory = {
  entries: FieldEntry[]
  /** Every name that ever changed, by name. */
  names: { name: string; count: number }[]
  /** True when older entries are not shown. */
  cut: boolean
}

/**
 * The history of what an agent may do, newest first, from the changes that people approved: nothing
 * is computed again, so it says what was signed. `name` narrows it to one capability. Index:
 * version_ordinal.
 */
export async function fieldHistory(
  actor: Actor,
  agentId: string,
  name: string | null,
): Promise<FieldHistory> {
  const rows = await db()
    .select({
      ...{ number: version.number, ordinal: version.ordinal, publishedAt: version.publishedAt },
      ...{ change: proposal.change, author: person.name, approvalId: proposal.approvalId },
      signatures: SIGNATURES,
    })
    .from(version)
    .innerJoin(agent, eq(agent.id, version.agentId))
    .innerJoin(proposal, eq(proposal.id, version.proposalId))
    .innerJoin(person, eq(person.id, version.authorId))
    .where(and(visibleTo(actor), eq(version.agentId, agentId)))
    .orderBy(desc(version.ordinal))
    .limit(MAX_VERSIONS)
  const all = rows.flatMap(({ change, publishedAt, ...row }) =>
    (change as CapabilityChange).rows.map((one) => ({
      ...one,
      ...row,
      publishedAt: publishedAt.toISOString(),
    })),
  )
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one.name, (counts.get(one.name) ?? 0) + 1)
  const entries = name === null ? all : all.filter((one) => one.name === name)
  return {
    entries: entries.slice(0, MAX_ENTRIES),
    names: [...counts]
      .map(([each, count]) => ({ name: each, count }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    cut: entries.length > MAX_ENTRIES || rows.length === MAX_VERSIONS,
  }
}

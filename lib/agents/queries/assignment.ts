import 'server-only'
import { and, asc, eq } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { MAX_PAGE_SIZE } from '@/lib/core/limits'
import { db } from '@/lib/db/client'
import { visibleTo } from './scope'

export type Assignment = {
  id: string
  slug: string
  ownerId: string | null
  sponsorId: string | null
  departmentId: string
}

/** Who answers for an agent now; null when it is absent or foreign. Index: agent_slug_unique. */
export async function assignmentOf(actor: Actor, slug: string): Promise<Assignment | null> {
  const [row] = await db()
    .select({
      id: agent.id,
      slug: agent.slug,
      ownerId: agent.ownerId,
      sponsorId: agent.sponsorId,
      departmentId: agent.departmentId,
    })
    .from(agent)
    .where(and(visibleTo(actor), eq(agent.slug, slug)))
  return row ?? null
}

/** People who can be named: active, by name. Index: person_name. */
export async function peopleToName(): Promise<{ id: string; name: string }[]> {
  return db()
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(eq(person.state, 'active'))
    .orderBy(asc(person.name), asc(person.id))
    .limit(MAX_PAGE_SIZE)
}

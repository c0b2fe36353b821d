import 'server-only'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { groupMember, person, reviewerGroup } from '@/drizzle/schema/people'
import type { PersonActor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'

export type GroupRow = {
  id: string
  slug: string
  name: string
  members: { id: string; name: string; active: boolean }[]
}

/** Every group with its members, by name. Nothing for who may not read people everywhere. */
export async function listGroups(actor: PersonActor): Promise<GroupRow[]> {
  if (!can(actor, 'people.read', null)) return []
  const rows = await db()
    .select({
      ...{ id: reviewerGroup.id, slug: reviewerGroup.slug, name: reviewerGroup.name },
      ...{ personId: person.id, person: person.name, state: person.state },
    })
    .from(reviewerGroup)
    .leftJoin(
      groupMember,
      and(eq(groupMember.groupId, reviewerGroup.id), isNull(groupMember.removedAt)),
    )
    .leftJoin(person, eq(person.id, groupMember.personId))
    .orderBy(asc(reviewerGroup.name), asc(person.name))
  const groups = new Map<string, GroupRow>()
  for (const row of rows) {
    const group = groups.get(row.id) ?? { id: row.id, slug: row.slug, name: row.name, members: [] }
    if (row.personId !== null && row.person !== null) {
      group.members.push({ id: row.personId, name: row.person, active: row.state === 'active' })
    }
    groups.set(row.id, group)
  }
  return [...groups.values()]
}

/** Active people who may be put into a group, by name. */
export async function groupCandidates(actor: PersonActor): Promise<{ id: string; name: string }[]> {
  if (!can(actor, 'role.grant', null)) return []
  return db()
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(eq(person.state, 'active'))
    .orderBy(asc(person.name))
    .limit(MAX_CANDIDATES)
}

const MAX_CANDIDATES = 500

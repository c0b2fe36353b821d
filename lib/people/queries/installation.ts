import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { can, scopeOf } from '@/lib/auth/permissions'
import { secretHash } from '@/lib/auth/sessions'
import { databaseCapabilities, type Protection } from '@/lib/db/capabilities'
import { db } from '@/lib/db/client'
import { invitationState } from '../rules'

export type Installation = { organisation: string; demo: boolean; createdAt: Date }

/** What this installation is; null before setup. */
export async function getInstallation(): Promise<Installation | null> {
  const [row] = await db().execute<{ organisation: string; demo: boolean; created_at: string }>(
    sql`select organisation, demo, created_at from installation`,
  )
  if (!row) return null
  const { organisation, demo, created_at } = row
  return { organisation, demo, createdAt: new Date(created_at) }
}

/** One protection of the database: what it is, and whether it holds. */
export type Enforced = Protection

/** What the database enforces, for who verifies the log or manages it; null for everybody else. */
export async function enforcedBy(actor: Actor): Promise<Enforced[] | null> {
  const may = can(actor, 'log.verify', null) || can(actor, 'installation.manage', null)
  return may ? databaseCapabilities() : null
}

export type DepartmentRow = {
  id: string
  slug: string
  name: string
  /** People who hold a role in just this department, not those who hold one everywhere. */
  people: number
}

/** The departments that the actor may read, by name. */
export async function listDepartments(actor: Actor): Promise<DepartmentRow[]> {
  const scope = scopeOf(actor, 'catalog.read')
  if (!scope.everywhere && scope.departments.length === 0) return []
  const places = sql.join(
    scope.departments.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  const rows = await db().execute<DepartmentRow>(sql`
    select d.id, d.slug, d.name,
      (select count(distinct g.person_id)::int from role_grant g
        join person p on p.id = g.person_id and p.state <> 'disabled'
        where g.department_id = d.id and g.revoked_at is null) as people
    from department d ${scope.everywhere ? sql`` : sql`where d.id in (${places})`}
    order by d.name, d.id`)
  return [...rows]
}

/** What a visitor with an invitation link is told before they are anybody. */
export type InvitationView =
  | { state: 'open'; name: string; email: string; joined: boolean; organisation: string }
  | { state: 'unknown' | 'used' | 'expired' }

/** The invitation behind a link. Tells nothing about anybody when the link is wrong. */
export async function viewInvitation(token: string): Promise<InvitationView> {
  const [row] = await db().execute<{
    name: string
    email: string
    state: string
    used_at: string | null
    expires_at: string
    now: string
    organisation: string | null
  }>(sql`
    select p.name, p.email, p.state, i.used_at, i.expires_at, now() as now,
      (select organisation from installation) as organisation
    from invitation i join person p on p.id = i.person_id
    where i.token_hash = ${secretHash(token)}`)
  if (!row || row.state === 'disabled') return { state: 'unknown' }
  const usedAt = row.used_at === null ? null : new Date(row.used_at)
  const state = invitationState({ usedAt, expiresAt: new Date(row.expires_at) }, new Date(row.now))
  if (state !== 'open') return { state }
  const { name, email, organisation } = row
  return { state, name, email, joined: row.state === 'active', organisation: organisation ?? '' }
}

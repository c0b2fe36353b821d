import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { can, type Role, scopeOf } from '@/lib/auth/permissions'
import { notFound } from '@/lib/core/errors'
import { isId } from '@/lib/core/ids'
import { PAGE_SIZE } from '@/lib/core/limits'
import { db } from '@/lib/db/client'
import type { PersonState } from '../model'

export type HeldRole = {
  grantId: string
  role: Role
  departmentId: string | null
  /** Name of the department; null: everywhere. */
  department: string | null
}
export type PersonRow = {
  id: string
  name: string
  email: string
  state: PersonState
  demo: boolean
  roles: HeldRole[]
  lastSeenAt: Date | null
  /** When the open invitation ends or ended; null when none was ever made or it was used. */
  invitedUntil: Date | null
}
export type PeoplePage = { rows: PersonRow[]; total: number; next: string | null }

type Raw = Omit<PersonRow, 'lastSeenAt' | 'invitedUntil'> & {
  last_seen_at: string | null
  invited_until: string | null
}

const COLUMNS = sql`
  p.id, p.name, p.email, p.state, p.demo,
  (select max(s.last_seen_at) from session s where s.person_id = p.id) as last_seen_at,
  (select max(i.expires_at) from invitation i
    where i.person_id = p.id and i.used_at is null) as invited_until,
  (select coalesce(json_agg(json_build_object('grantId', g.id, 'role', g.role,
      'departmentId', g.department_id, 'department', d.name)
      order by d.name nulls first, g.role), '[]')
    from role_grant g left join department d on d.id = g.department_id
    where g.person_id = p.id and g.revoked_at is null) as roles`

/** Whom the actor may see: themselves, and who holds a role where they may read people. */
function visibleTo(actor: Actor): SQL {
  const scope = scopeOf(actor, 'people.read')
  if (scope.everywhere) return sql`true`
  const self = actor.kind === 'person' ? sql`p.id = ${actor.id}` : sql`false`
  if (scope.departments.length === 0) return self
  const places = sql.join(
    scope.departments.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  return sql`(${self} or exists (
    select from role_grant g where g.person_id = p.id and g.revoked_at is null
      and (g.department_id is null or g.department_id in (${places}))))`
}

/**
 * One page of people in the order of their names. `text` matches name or e-mail anywhere;
 * `after` is the `next` of the page before.
 */
export async function listPeople(
  actor: Actor,
  filter: {
    text?: string | undefined
    state?: PersonState | undefined
    after?: string | undefined
  },
): Promise<PeoplePage> {
  const conditions = [visibleTo(actor)]
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(sql`(p.name ilike ${pattern} or p.email ilike ${pattern})`)
  }
  if (filter.state) conditions.push(sql`p.state = ${filter.state}`)
  const matching = sql.join(conditions, sql` and `)
  const [count] = await db().execute<{ total: number }>(
    sql`select count(*)::int as total from person p where ${matching}`,
  )
  const after = filter.after !== undefined && isId(filter.after) ? filter.after : null
  // Index: person_name (name, id).
  const rows = await db().execute<Raw>(sql`
    select ${COLUMNS} from person p
    where ${matching} and (${after}::uuid is null
      or (p.name, p.id) > (select a.name, a.id from person a where a.id = ${after}::uuid))
    order by p.name, p.id limit ${PAGE_SIZE + 1}`)
  const page = rows.slice(0, PAGE_SIZE).map(fromRaw)
  const next = rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null
  return { rows: page, total: count?.total ?? 0, next }
}

/** One person, or `not_found` when the actor may not see them. */
export async function getPerson(actor: Actor, id: string): Promise<PersonRow> {
  if (!isId(id)) return notFound('This person')
  const [row] = await db().execute<Raw>(
    sql`select ${COLUMNS} from person p where p.id = ${id} and ${visibleTo(actor)}`,
  )
  return row ? fromRaw(row) : notFound('This person')
}

/**
 * Whether the actor may shut this person out, let them in or renew their link: the same answer as
 * the commands give (`placeOfPerson`), from a person that was read already.
 */
export function mayManagePerson(actor: Actor, person: Pick<PersonRow, 'roles'>): boolean {
  if (can(actor, 'people.disable', null)) return true
  const { roles } = person
  return (
    roles.every((held) => held.departmentId !== null) &&
    roles.some((held) => can(actor, 'people.disable', held.departmentId))
  )
}

function fromRaw({ last_seen_at, invited_until, ...row }: Raw): PersonRow {
  const instant = (text: string | null) => (text === null ? null : new Date(text))
  return { ...row, lastSeenAt: instant(last_seen_at), invitedUntil: instant(invited_until) }
}

import 'server-only'
import { randomBytes } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Digest } from '@/lib/core/digest'
import { SESSION_IDLE_MS } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { db } from '@/lib/db/client'
import type { Grant, PersonActor } from './actor'

/** A fresh secret of 256 bits, base64url: a session's id, an invitation, the setup link. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
/** What the database keeps of a secret. At 256 bits a plain hash is enough (ASVS 6.5.2). */
export function secretHash(secret: string): Digest {
  return sha256(secret)
}

type PersonRow = {
  id: string
  name: string
  email: string
  grants: Grant[]
}
const LIVE_GRANTS = sql`(
  select coalesce(json_agg(json_build_object('role', g.role, 'departmentId', g.department_id)), '[]')
  from role_grant g where g.person_id = p.id and g.revoked_at is null)`

/**
 * The person behind a session id, with today's roles: one query on every request, so that ending a
 * session, disabling a person or revoking a role holds at once. Null when the session was ended,
 * idle for `SESSION_IDLE_MS`, past its absolute end, or the person is not active.
 */
export async function actorForSession(sessionId: string): Promise<PersonActor | null> {
  const hash = secretHash(sessionId)
  const [row] = await db().execute<
    PersonRow & { via: Exclude<PersonActor['via'], 'cli'>; stale: boolean }
  >(sql`
    select p.id, p.name, p.email, s.via, s.last_seen_at < now() - interval '1 minute' as stale,
      ${LIVE_GRANTS} as grants
    from session s join person p on p.id = s.person_id
    where s.id_hash = ${hash} and s.ended_at is null and s.expires_at > now()
      and s.last_seen_at > now() - ${SESSION_IDLE_MS}::float8 * interval '1 millisecond'
      and p.state = 'active'`)
  if (!row) return null
  if (row.stale) {
    await db().execute(sql`
      update session set last_seen_at = now()
      where id_hash = ${hash} and last_seen_at < now() - interval '1 minute'`)
  }
  return mint(row, row.via, hash)
}

/**
 * An active person by id or e-mail, for the command line and for the moment of signing in. The
 * caller has proven who asks; the actor belongs to no session yet.
 */
export async function actorForPerson(
  who: { id: string } | { email: string },
  via: PersonActor['via'],
): Promise<PersonActor | null> {
  const condition =
    'id' in who ? sql`p.id = ${who.id}` : sql`lower(p.email) = ${who.email.trim().toLowerCase()}`
  return mintWhere(sql`${condition} and p.state = 'active'`, via)
}

/**
 * The person that an open invitation (or recovery) link stands for. Whoever holds the link acts as
 * that person, for accepting it and nothing else: there is no session.
 */
export async function actorForInvitation(token: string): Promise<PersonActor | null> {
  return mintWhere(
    sql`p.state <> 'disabled' and exists (
      select from invitation i where i.person_id = p.id and i.token_hash = ${secretHash(token)}
        and i.used_at is null and i.expires_at > now())`,
    'invitation',
  )
}

/** The active person of a sign-on identity, which is issuer and subject, never an e-mail. */
export async function actorForIdentity(identity: {
  issuer: string
  subject: string
}): Promise<PersonActor | null> {
  return mintWhere(
    sql`p.state = 'active' and exists (
      select from identity i where i.person_id = p.id
        and i.issuer = ${identity.issuer} and i.subject = ${identity.subject})`,
    'oidc',
  )
}

async function mintWhere(condition: SQL, via: PersonActor['via']): Promise<PersonActor | null> {
  const [row] = await db().execute<PersonRow>(sql`
    select p.id, p.name, p.email, ${LIVE_GRANTS} as grants from person p where ${condition}`)
  return row ? mint(row, via, null) : null
}

function mint(row: PersonRow, via: PersonActor['via'], hash: Digest | null): PersonActor {
  const { id, name, email, grants } = row
  const sessionHash = hash === null ? null : hash.slice(0, 16)
  return { kind: 'person', id, name, email, via, sessionHash, grants }
}

import 'server-only'
import { sql } from 'drizzle-orm'
import type { PersonActor } from '@/lib/auth/actor'
import { SESSION_IDLE_MS } from '@/lib/core/limits'
import { db } from '@/lib/db/client'

export type OwnSession = {
  /** First 16 hex digits of the id's hash. */
  session: string
  via: string
  userAgent: string | null
  createdAt: Date
  lastSeenAt: Date
  current: boolean
}

/** The person's own live sessions, the one that asks first, then by last use. */
export async function ownSessions(actor: PersonActor): Promise<OwnSession[]> {
  // Index: session_person (person_id, created_at).
  const rows = await db().execute<{
    session: string
    via: string
    user_agent: string | null
    created_at: string
    last_seen_at: string
  }>(sql`
    select left(id_hash, 16) as session, via, user_agent, created_at, last_seen_at
    from session
    where person_id = ${actor.id} and ended_at is null and expires_at > now()
      and last_seen_at > now() - ${SESSION_IDLE_MS}::float8 * interval '1 millisecond'
    order by left(id_hash, 16) = ${actor.sessionHash ?? ''} desc, last_seen_at desc
    limit 100`)
  return rows.map((row) => ({
    session: row.session,
    via: row.via,
    userAgent: row.user_agent,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
    current: row.session === actor.sessionHash,
  }))
}

/** How the person can sign in. `issuers`: providers whose identity is linked. */
export type OwnWaysIn = { password: boolean; passwordChangedAt: Date | null; issuers: string[] }

export async function ownWaysIn(actor: PersonActor): Promise<OwnWaysIn> {
  const [row] = await db().execute<{ changed_at: string | null; issuers: string[] }>(sql`
    select (select w.changed_at from password w where w.person_id = ${actor.id}) as changed_at,
      (select coalesce(json_agg(i.issuer order by i.created_at), '[]') from identity i
        where i.person_id = ${actor.id}) as issuers`)
  const changedAt = row?.changed_at ?? null
  return {
    password: changedAt !== null,
    passwordChangedAt: changedAt === null ? null : new Date(changedAt),
    issuers: row?.issuers ?? [],
  }
}

import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { approval } from '@/drizzle/schema/approvals'
import type { PersonActor } from '@/lib/auth/actor'
import { within } from './scope'

export const iso = (at: Date) => sql`${at.toISOString()}::timestamptz`

/** Open and not late: the SQL of `effectiveState(…) = 'open'`. */
export const stillOpen = (now: Date) =>
  sql`${approval.state} = 'open' and (${approval.deadlineAt} is null or ${approval.deadlineAt} > ${iso(now)})`

const decidedBy = (personId: string) => sql`exists (
  select from decision d
  where d.approval_id = ${approval.id} and d.person_id = ${personId} and d.dismissed_at is null)`

const isExcluded = (personId: string) => sql`${personId}::uuid = any (${approval.excluded})`

/** Given to somebody else by this person, and not given back. Index: approval_handover_item. */
const handedOn = (personId: string) => sql`exists (
  select from approval_handover h
  where h.approval_id = ${approval.id} and h.from_id = ${personId}
    and (select l.to_id from approval_handover l where l.approval_id = ${approval.id}
      order by l.hop desc limit 1) <> ${personId}::uuid)`

const setAside = (personId: string, now: Date) => sql`exists (
  select from approval_snooze s
  where s.approval_id = ${approval.id} and s.person_id = ${personId} and s.until > ${iso(now)})`

/** The rule of `whyNotEligible`, as SQL, for whom it has not left for another place. */
function actorsTurn(actor: PersonActor): SQL {
  return sql`(${within(actor, 'approval.decide', approval.departmentId)}
    and not ${isExcluded(actor.id)} and not ${decidedBy(actor.id)} and not ${handedOn(actor.id)})`
}

/** May be decided by the actor, is neither decided, handed on nor set aside by them. */
export function needsActor(actor: PersonActor, now: Date): SQL {
  return sql`(${actorsTurn(actor)} and not ${setAside(actor.id, now)})`
}

/** Set aside by the actor, who would decide it otherwise. */
export function snoozedByActor(actor: PersonActor, now: Date): SQL {
  return sql`(${actorsTurn(actor)} and ${setAside(actor.id, now)})`
}

/**
 * Asked for, excluded from, signed or handed on by the actor: somebody else's turn. Whoever asked is
 * always among the excluded; the database refuses an approval without that.
 */
export function concernsActor(actor: PersonActor): SQL {
  return sql`(${isExcluded(actor.id)} or ${decidedBy(actor.id)} or ${handedOn(actor.id)})`
}

/** Everything that was ever the actor's to decide, or concerned them. */
export function actorsOwn(actor: PersonActor): SQL {
  return sql`(${within(actor, 'approval.decide', approval.departmentId)} or ${concernsActor(actor)})`
}

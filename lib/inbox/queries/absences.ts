import 'server-only'
import { and, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import { person, roleGrant } from '@/drizzle/schema/people'
import type { PersonActor } from '@/lib/auth/actor'
import { rolesWith, scopeOf } from '@/lib/auth/permissions'
import { transaction } from '@/lib/db/transaction'
import type { Named } from '../model'
import { standsInFor } from '../rules/absence'
import { type StandingAbsence, standingAbsences } from './arrange'

type OwnAbsence = { id: string; from: string; until: string; who: string }

/** When the person is away and who stands in; for whom they stand in now; whom they may name. */
export type Absences = { own: OwnAbsence[]; standsIn: OwnAbsence[]; colleagues: Named[] }

/** Index: absence_live, role_grant_person. Nobody can be named by whoever decides nothing. */
export async function ownAbsences(actor: PersonActor, now: Date): Promise<Absences> {
  const own = scopeOf(actor, 'approval.decide')
  return transaction(
    async (tx) => {
      const all = await standingAbsences(tx, now)
      const told = (one: StandingAbsence, who: string): OwnAbsence => ({
        ...{ id: one.id, who },
        ...{ from: one.from.toISOString(), until: one.until.toISOString() },
      })
      const colleagues =
        !own.everywhere && own.departments.length === 0
          ? []
          : await tx
              .selectDistinct({ id: person.id, name: person.name })
              .from(roleGrant)
              .innerJoin(person, eq(person.id, roleGrant.personId))
              .where(
                and(
                  inArray(roleGrant.role, [...rolesWith('approval.decide')]),
                  isNull(roleGrant.revokedAt),
                  eq(person.state, 'active'),
                  ne(person.id, actor.id),
                  own.everywhere
                    ? undefined
                    : or(
                        isNull(roleGrant.departmentId),
                        inArray(roleGrant.departmentId, [...own.departments]),
                      ),
                ),
              )
              .orderBy(person.name, person.id)
              .limit(200)
      return {
        own: all.filter((one) => one.personId === actor.id).map((one) => told(one, one.delegate)),
        standsIn: standsInFor(all, actor.id, now).map((one) => told(one, one.person)),
        colleagues,
      }
    },
    { readOnly: true },
  )
}

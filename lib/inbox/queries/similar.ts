import 'server-only'
import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import type { PersonActor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db/transaction'
import type { SimilarDecision } from '../model'
import type { ItemHead } from './item'
import { within } from './scope'

const DAYS = 180
const SHOWN = 3

/**
 * The last three settled items of the same kind: those of the same agent first, then those that the
 * same rule asked for. Held calls have a list of their own, with the command. Indexes:
 * approval_agent, approval_settled.
 */
export async function similarDecisions(
  tx: Tx,
  actor: PersonActor,
  head: ItemHead,
): Promise<SimilarDecision[]> {
  if (head.kind === 'tool_call') return []
  const sameAgent = head.agentId === null ? sql`false` : eq(approval.agentId, head.agentId)
  const rows = await tx
    .select({
      id: approval.id,
      title: approval.title,
      agent: agent.slug,
      sameAgent: sql<boolean>`coalesce(${sameAgent}, false)`,
      state: approval.state,
      at: approval.settledAt,
      by: sql<string | null>`(
        select p.name from decision d join person p on p.id = d.person_id
        where d.approval_id = ${approval.id} and d.dismissed_at is null
        order by d.decided_at desc limit 1)`,
    })
    .from(approval)
    .leftJoin(agent, eq(agent.id, approval.agentId))
    .where(
      and(
        eq(approval.kind, head.kind),
        ne(approval.id, head.id),
        inArray(approval.state, ['approved', 'rejected', 'changes_requested', 'expired']),
        or(sameAgent, eq(approval.ruleId, head.ruleId)),
        within(actor, 'catalog.read', approval.departmentId),
        sql`${approval.settledAt} > now() - make_interval(days => ${DAYS})`,
      ),
    )
    .orderBy(sql`coalesce(${sameAgent}, false) desc`, desc(approval.settledAt))
    .limit(SHOWN)
  return rows.map(({ at, ...row }) => ({ ...row, at: (at ?? new Date(0)).toISOString() }))
}

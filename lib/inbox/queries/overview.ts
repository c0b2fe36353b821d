import 'server-only'
import { sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import type { PersonActor } from '@/lib/auth/actor'
import { RULES } from '@/lib/constitution/check'
import { CHECKER_VERSION, type FindingSeverity } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import type { LocalDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import { within } from './scope'

const SHOWN_RULES = 6
const SHOWN_AGENTS = 3
const DAYS = 28

/** One rule that agents in force break under the rulebook of today. */
export type Drift = {
  rule: string
  title: string
  severity: FindingSeverity
  /** The first few by name, and how many there are. */
  agents: string[]
  count: number
}

/**
 * What the checker finds in agents that may run: they were published clean, so the rulebook or the
 * checker has moved since, or a warning was accepted. Worst first. Indexes: agent_by_state,
 * definition_check_key.
 */
export async function driftByRule(actor: PersonActor): Promise<{ rules: Drift[]; active: number }> {
  const visible = within(actor, 'catalog.read', agent.departmentId)
  const { hash } = await currentRulebook()
  const [inForce] = await db().execute<{ active: number }>(sql`
    select count(*)::int as active from ${agent}
    where ${agent.state} in ('active', 'suspended') and ${visible}`)
  const rows = await db().execute<{
    rule: string
    severity: FindingSeverity
    agents: string[]
    count: number
  }>(sql`
    select f ->> 'rule' as rule, f ->> 'severity' as severity,
      (array_agg(distinct ${agent.slug} order by ${agent.slug}))[1:${SHOWN_AGENTS}] as agents,
      count(distinct ${agent.id})::int as count
    from ${agent}
    join definition_check c on c.digest = ${agent.digest}
      and c.constitution_hash = ${hash} and c.checker_version = ${CHECKER_VERSION}
    cross join lateral jsonb_array_elements(c.findings) f
    where ${agent.state} in ('active', 'suspended') and ${agent.errors} + ${agent.warnings} > 0
      and ${visible}
      and f ->> 'severity' in ('blocking', 'error', 'warning')
    group by 1, 2
    order by array_position(array['blocking', 'error', 'warning'], f ->> 'severity'), 4 desc, 1
    limit ${SHOWN_RULES}`)
  const titles = new Map(RULES.map((rule) => [rule.id, rule.title]))
  return {
    rules: rows.map((row) => ({ ...row, title: titles.get(row.rule) ?? row.rule })),
    active: inForce?.active ?? 0,
  }
}

export type DecisionDay = { day: LocalDate; approved: number; changes: number; denied: number }
export type DecisionStats = {
  /** Every one of the last 28 days, oldest first, in the reader's zone. */
  days: DecisionDay[]
  /** Median time from opening to settling, in milliseconds, by kind; kinds without one are absent. */
  waits: { kind: 'proposal' | 'tool_call' | 'change_set'; ms: number; count: number }[]
}

/** What people decided in the last four weeks, and how long it took. Index: approval_settled. */
export async function decisionStats(actor: PersonActor, zone: string): Promise<DecisionStats> {
  const here = within(actor, 'catalog.read', approval.departmentId)
  const settled = sql`${approval.state} <> 'open' and ${approval.settledAt} > now() - interval '28 days'`
  const [days, waits] = await Promise.all([
    db().execute<DecisionDay>(sql`
      select to_char(day, 'YYYY-MM-DD') as day,
        count(*) filter (where s.verdict = 'approve')::int as approved,
        count(*) filter (where s.verdict = 'request_changes')::int as changes,
        count(*) filter (where s.verdict = 'reject')::int as denied
      from generate_series((now() at time zone ${zone})::date - ${DAYS - 1}::int,
        (now() at time zone ${zone})::date, interval '1 day') day
      left join (
        select d.verdict, (d.decided_at at time zone ${zone})::date as on_day
        from ${approval} join decision d on d.approval_id = ${approval.id}
        where ${settled} and ${here} and d.dismissed_at is null
      ) s on s.on_day = day::date
      group by day order by day`),
    db().execute<{ kind: 'proposal' | 'tool_call' | 'change_set'; ms: string; count: number }>(sql`
      select ${approval.kind} as kind, count(*)::int as count,
        percentile_cont(0.5) within group (
          order by extract(epoch from ${approval.settledAt} - ${approval.openedAt}) * 1000) as ms
      from ${approval}
      where ${settled} and ${here} and ${approval.state} in ('approved', 'rejected', 'changes_requested')
        and ${approval.kind} <> 'review' and ${approval.settledAt} >= ${approval.openedAt}
      group by ${approval.kind} order by ${approval.kind}`),
  ])
  return {
    days: [...days],
    waits: waits.map((row) => ({ ...row, ms: Math.round(Number(row.ms)) })),
  }
}

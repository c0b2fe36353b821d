import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import type { RiskTier } from '@/lib/definition/model'
import { type AgentState, MAX_REACH_ROWS, MAX_REACH_STEPS, type ReachSubject } from '../model'
import { visibleTo } from './scope'

export type ReachRow = {
  slug: string
  state: AgentState
  riskTier: RiskTier
  department: string
  /** 0: has it itself; n: starts, in n steps, an agent that has it. */
  steps: number
  /** Named in its definition, inherited with everything else, or through a sub-agent. */
  how: 'named' | 'inherited' | 'started'
  /** An agent one step nearer that it may start; null where it may start any. */
  through: string | null
}
type ReachCounts = { named: number; inherited: number; started: number; departments: number }
export type Reach = { rows: ReachRow[]; counts: ReachCounts }

/** Has it by name. Indexes: agent_by_tool, agent_by_mcp, agent_by_skill, agent_slug_unique. */
function names({ kind, name }: ReachSubject): SQL {
  switch (kind) {
    case 'tool':
      return sql`${agent.tools} @> array[${name}]::text[]`
    case 'mcp':
      return sql`${agent.mcpServers} @> array[${name}]::text[]`
    case 'skill':
      return sql`${agent.skills} @> array[${name}]::text[]`
    case 'agent':
      return sql`${agent.slug} = ${name}`
  }
}

/** Has it without naming it: who inherits every tool has this one, and those of every server. */
function inherits({ kind }: ReachSubject): SQL {
  return kind === 'tool' || kind === 'mcp' ? sql`${agent.tools} @> array['*']::text[]` : sql`false`
}

/**
 * The statement behind `reachOf`. Names of sub-agents are joined once; a pair (agent, distance) is
 * taken once and distances are bounded, so a circle ends. Who may start any agent is one step away
 * from everything. What the reader may not see is on no way.
 */
function affected(actor: Actor, subject: ReachSubject): SQL {
  const seen = and(visibleTo(actor), sql`${agent.state} <> 'retired'`)
  return sql`
    with recursive edge as materialized (
      select ${agent.id} as starter, unnest(${agent.subAgents}) as name
      from ${agent} where ${seen} and cardinality(${agent.subAgents}) > 0
    ), called (id, name) as (
      select ${agent.id}, ${agent.slug} from ${agent} where ${seen}
      union select ${agent.id}, ${agent.title} from ${agent} where ${seen}
    ), pair as materialized (
      select distinct e.starter, c.id as started
      from edge e join called c on c.name = e.name where c.id <> e.starter
    ), direct as materialized (
      select ${agent.id} as id, case when ${names(subject)} then 'named' else 'inherited' end as how
      from ${agent} where ${seen} and (${names(subject)} or ${inherits(subject)})
    ), reached (id, steps) as (
      select id, 0 from direct
      union all
      select starter, 1 from edge where name = '*' and exists (select from direct)
      union
      select p.starter, r.steps + 1 from reached r join pair p on p.started = r.id
      where r.steps < ${MAX_REACH_STEPS}::int
    ), nearest as materialized (
      select id, min(steps) as steps from reached group by id
    ), via as (
      select far.id, min(a.slug) as slug
      from pair p
      join nearest far on far.id = p.starter
      join nearest near on near.id = p.started and near.steps = far.steps - 1
      join agent a on a.id = near.id
      group by far.id
    ), found as materialized (
      select n.id, n.steps, coalesce(d.how, 'started') as how, via.slug as through
      from nearest n left join direct d on d.id = n.id left join via on via.id = n.id
      ${subject.kind === 'agent' ? sql`where n.steps > 0` : sql``}
    )`
}

/**
 * Which agents a tool, MCP server, skill or agent reaches: those that have it, then those that may
 * start one of them, each at its shortest distance, nearest and riskiest first. One statement.
 */
export async function reachOf(actor: Actor, subject: ReachSubject): Promise<Reach> {
  const found = await db().execute<ReachRow & ReachCounts>(sql`
    ${affected(actor, subject)}
    select ${agent.slug} as slug, ${agent.state} as state, ${agent.riskTier} as "riskTier",
      ${department.name} as department, found.steps, found.how, found.through, totals.*
    from found
    join ${agent} on ${agent.id} = found.id
    join ${department} on ${department.id} = ${agent.departmentId}
    cross join (
      select count(*) filter (where f.how = 'named')::int as named,
        count(*) filter (where f.how = 'inherited')::int as inherited,
        count(*) filter (where f.how = 'started')::int as started,
        count(distinct a.department_id)::int as departments
      from found f join agent a on a.id = f.id
    ) totals
    order by found.steps, found.how desc, ${agent.riskRank} desc, ${agent.slug}
    limit ${MAX_REACH_ROWS}`)
  const rows = found.map(({ named, inherited, started, departments, ...row }) => row)
  const { named = 0, inherited = 0, started = 0, departments = 0 } = found[0] ?? {}
  return { rows, counts: { named, inherited, started, departments } }
}

/** Tools, servers, skills and sub-agents that the visible agents name most: where to begin. */
export async function reachSubjects(actor: Actor): Promise<(ReachSubject & { agents: number })[]> {
  const most = (kind: ReachSubject['kind'], column: SQL) => sql`
    (select ${kind}::text as kind, one as name, count(*)::int as agents
      from ${agent}, unnest(${column}) one
      where ${visibleTo(actor)} and ${agent.state} <> 'retired' and one <> '*'
      group by one order by count(*) desc, one limit 12)`
  const rows = await db().execute<ReachSubject & { agents: number }>(sql`
    ${most('tool', sql`${agent.tools}`)} union all ${most('mcp', sql`${agent.mcpServers}`)}
    union all ${most('skill', sql`${agent.skills}`)}
    union all ${most('agent', sql`${agent.subAgents}`)}`)
  return [...rows]
}

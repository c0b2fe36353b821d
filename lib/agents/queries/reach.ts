import 'server-only'
import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
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

type Node = Omit<ReachRow, 'steps' | 'how' | 'through'> & {
  title: string
  subAgents: string[]
  riskRank: number
  /** How it has the thing itself; null when it does not. */
  has: 'named' | 'inherited' | null
}

/**
 * Which agents a tool, MCP server, skill or agent reaches: those that have it, then those that may
 * start one of them, each at its shortest distance, nearest and riskiest first. One statement reads
 * who has it and who starts anybody; the way is then walked here, because a recursive join over
 * names cannot be planned well and took seconds. What the reader may not see is on no way.
 */
export async function reachOf(actor: Actor, subject: ReachSubject): Promise<Reach> {
  const has = sql<Node['has']>`case when ${names(subject)} then 'named'
    when ${inherits(subject)} then 'inherited' end`
  const nodes: Node[] = await db()
    .select({
      slug: agent.slug,
      title: agent.title,
      state: agent.state,
      riskTier: agent.riskTier,
      riskRank: agent.riskRank,
      department: department.name,
      subAgents: agent.subAgents,
      has,
    })
    .from(agent)
    .innerJoin(department, eq(department.id, agent.departmentId))
    .where(
      and(
        visibleTo(actor),
        ne(agent.state, 'retired'),
        sql`(${names(subject)} or ${inherits(subject)} or cardinality(${agent.subAgents}) > 0)`,
      ),
    )
  return told(walk(nodes), subject)
}

type Found = { node: Node; steps: number; through: string | null }

/** Level by level: every agent is met once, at its shortest distance, so a circle ends. */
function walk(nodes: readonly Node[]): Found[] {
  const starters = startersByName(nodes)
  const found = new Map<string, Found>()
  let level = nodes.filter((node) => node.has !== null).sort(bySlug)
  for (const node of level) found.set(node.slug, { node, steps: 0, through: null })
  for (let steps = 1; steps <= MAX_REACH_STEPS && level.length > 0; steps += 1) {
    const next: Node[] = []
    const meet = (node: Node, through: string | null) => {
      if (found.has(node.slug)) return
      found.set(node.slug, { node, steps, through })
      next.push(node)
    }
    for (const nearer of level) {
      for (const name of new Set([nearer.slug, nearer.title])) {
        for (const node of starters.get(name) ?? []) meet(node, nearer.slug)
      }
    }
    // Who may start any agent is one step away from everything.
    if (steps === 1) for (const node of starters.get('*') ?? []) meet(node, null)
    level = next.sort(bySlug)
  }
  return [...found.values()]
}

const bySlug = (a: Node, b: Node) => (a.slug < b.slug ? -1 : 1)

function startersByName(nodes: readonly Node[]): ReadonlyMap<string, Node[]> {
  const starters = new Map<string, Node[]>()
  for (const node of nodes) {
    for (const name of node.subAgents) {
      const known = starters.get(name)
      if (known) known.push(node)
      else starters.set(name, [node])
    }
  }
  return starters
}

function told(found: readonly Found[], subject: ReachSubject): Reach {
  const all = found
    .filter((one) => subject.kind !== 'agent' || one.steps > 0)
    .map(({ node, steps, through }) => ({
      node,
      steps,
      through,
      how: node.has ?? ('started' as const),
    }))
    .sort(
      (a, b) =>
        a.steps - b.steps ||
        (a.how === b.how ? 0 : a.how > b.how ? -1 : 1) ||
        b.node.riskRank - a.node.riskRank ||
        bySlug(a.node, b.node),
    )
  const count = (how: ReachRow['how']) => all.filter((one) => one.how === how).length
  return {
    rows: all.slice(0, MAX_REACH_ROWS).map(({ node, steps, through, how }) => {
      const { slug, state, riskTier, department: place } = node
      return { slug, state, riskTier, department: place, steps, how, through }
    }),
    counts: {
      named: count('named'),
      inherited: count('inherited'),
      started: count('started'),
      departments: new Set(all.map((one) => one.node.department)).size,
    },
  }
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

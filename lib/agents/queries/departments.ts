import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department, person, roleGrant } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { type Role, scopeOf } from '@/lib/auth/permissions'
import type { DepartmentPolicy, PolicyVerdict } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { notFound } from '@/lib/core/errors'
import type { LocalDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import { DUE_DAYS } from './filter'

/** Tools of a department that are compared with its policy. */
const MOST_TOOLS = 200

export type DepartmentSummary = {
  id: string
  slug: string
  name: string
  agents: number
  active: number
  draft: number
  suspended: number
  low: number
  medium: number
  high: number
  critical: number
  errors: number
  warnings: number
  ownerless: number
  overdue: number
  due: number
  people: number
}

/** The departments that the actor may see, with what is open in each. Index: agent_by_department. */
export async function departmentSummaries(
  actor: Actor,
  today: LocalDate,
): Promise<DepartmentSummary[]> {
  return summaries(placesOf(actor), today)
}

async function summaries(where: SQL, today: LocalDate): Promise<DepartmentSummary[]> {
  const kept = (condition: SQL) => sql`count(${agent.id}) filter (where ${condition})::int`
  const state = (name: string) => kept(sql`${agent.state} = ${name}`)
  const risk = (name: string) => kept(sql`${agent.riskTier} = ${name}`)
  const rows = await db().execute<DepartmentSummary>(sql`
    select ${department.id} as id, ${department.slug} as slug, ${department.name} as name,
      count(${agent.id})::int as agents, ${state('active')} as active, ${state('draft')} as draft,
      ${state('suspended')} as suspended, ${risk('low')} as low, ${risk('medium')} as medium,
      ${risk('high')} as high, ${risk('critical')} as critical,
      coalesce(sum(${agent.errors}), 0)::int as errors,
      coalesce(sum(${agent.warnings}), 0)::int as warnings,
      ${kept(sql`${agent.ownerId} is null`)} as ownerless,
      ${kept(sql`${agent.nextReviewOn} < ${today}::date`)} as overdue,
      ${kept(sql`${agent.nextReviewOn} between ${today}::date and ${today}::date + ${DUE_DAYS}::int`)} as due,
      (select count(distinct g.person_id)::int from ${roleGrant} g
        join ${person} p on p.id = g.person_id and p.state <> 'disabled'
        where g.department_id = ${department.id} and g.revoked_at is null) as people
    from ${department}
    left join ${agent} on ${agent.departmentId} = ${department.id} and ${agent.state} <> 'retired'
    where ${where}
    group by ${department.id} order by ${department.name}, ${department.id}`)
  return [...rows]
}

function placesOf(actor: Actor): SQL {
  const scope = scopeOf(actor, 'catalog.read')
  if (scope.everywhere) return sql`true`
  if (scope.departments.length === 0) return sql`false`
  const ids = sql.join(
    scope.departments.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  return sql`${department.id} in (${ids})`
}

/** One tool of a department: what its policy says, how many of its agents name it, one of them. */
export type HeldTool = { tool: string; verdict: PolicyVerdict; listed: boolean; agents: number }
export type DepartmentPage = DepartmentSummary & {
  /** The row of the rulebook in force; null where it has none for this department. */
  policy: DepartmentPolicy | null
  label: string
  tools: HeldTool[]
  servers: { name: string; agents: number; listed: boolean }[]
  /** Agents that name no tools and so inherit every one. */
  inheriting: number
  roles: { id: string; name: string; roles: Role[] }[]
}

/** One department: its policy beside what its agents actually hold, and who has a role in it. */
export async function departmentPage(
  actor: Actor,
  slug: string,
  today: LocalDate,
): Promise<DepartmentPage> {
  const found = await summaries(
    and(placesOf(actor), eq(department.slug, slug)) ?? sql`false`,
    today,
  )
  const summary = found[0] ?? notFound('This department')
  const [rulebook, tools, servers, roles] = await Promise.all([
    currentRulebook(),
    namesHeld(summary.id, sql`${agent.tools}`),
    namesHeld(summary.id, sql`${agent.mcpServers}`),
    rolesIn(summary.id),
  ])
  const policy = rulebook.content.departments.find((one) => one.department === slug) ?? null
  const listed = new Map(Object.entries(policy?.tools ?? {}))
  const held = new Map(tools.map(({ name, agents }) => [name, agents]))
  const names = new Set([...held.keys(), ...listed.keys()])
  names.delete('*')
  return {
    ...summary,
    policy,
    label: rulebook.content.label,
    tools: [...names]
      .map((tool) => ({
        tool,
        verdict: listed.get(tool) ?? 'conditional',
        listed: listed.has(tool),
        agents: held.get(tool) ?? 0,
      }))
      .sort(worstFirst),
    servers: servers.map((one) => ({
      ...one,
      listed: policy?.mcpServers.some((known) => known.split('/')[0] === one.name) ?? false,
    })),
    inheriting: held.get('*') ?? 0,
    roles,
  }
}

const WORST: Record<PolicyVerdict, number> = { forbidden: 0, conditional: 1, allowed: 2 }

/** What is held against the policy first, then what most hold. */
function worstFirst(a: HeldTool, b: HeldTool): number {
  const rank = (one: HeldTool) => (one.agents === 0 ? 3 : WORST[one.verdict])
  return rank(a) - rank(b) || b.agents - a.agents || (a.tool < b.tool ? -1 : 1)
}

async function namesHeld(departmentId: string, column: SQL) {
  const rows = await db().execute<{ name: string; agents: number }>(sql`
    select one as name, count(*)::int as agents from ${agent}, unnest(${column}) one
    where ${agent.departmentId} = ${departmentId} and ${agent.state} <> 'retired'
    group by one order by count(*) desc, one limit ${MOST_TOOLS}`)
  return [...rows]
}

/** Index: role_grant_live reads all grants in force; there are few. */
async function rolesIn(departmentId: string) {
  const rows = await db().execute<{ id: string; name: string; roles: Role[] }>(sql`
    select p.id, p.name, array_agg(g.role order by g.role) as roles
    from ${roleGrant} g join ${person} p on p.id = g.person_id and p.state <> 'disabled'
    where g.department_id = ${departmentId} and g.revoked_at is null
    group by p.id order by p.name, p.id limit 200`)
  return [...rows]
}

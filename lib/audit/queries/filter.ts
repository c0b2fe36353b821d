import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Scope } from '@/lib/auth/permissions'
import { ACTIONS, CATALOGUE } from '../catalogue'
import type { LogFilter } from '../model'

/** A condition, and the branches that split the search so that each is one index scan in order. */
export type Search = { where: SQL; branches: SQL[] }

/** More branches than this cost more than walking the log by time. */
const MOST_BRANCHES = 16

/**
 * Turns a filter into branches. PostgreSQL cannot read several values of an index in the order of
 * time, so each value is a search of its own and the newest of all win; a rare value then costs no
 * more than a common one. The most selective field leads, the others narrow.
 */
export function searchFor(filter: LogFilter, scope: Scope): Search | null {
  const actions = wantedActions(filter)
  const departments = wantedDepartments(filter, scope)
  if (actions?.length === 0 || departments?.length === 0) return null
  const parts: { branches: SQL[]; where: SQL }[] = []
  if (filter.target !== undefined) parts.push(byTarget(filter.target))
  if (filter.actor !== undefined) parts.push(same(sql`e.actor_id = ${filter.actor}`))
  // Index event_outcome holds only what did not go well.
  if (filter.outcome === 'ok') parts.push({ branches: [], where: sql`e.outcome = 'ok'` })
  else if (filter.outcome) {
    parts.push(same(sql`e.outcome = ${filter.outcome} and e.outcome <> 'ok'`))
  }
  if (actions) parts.push(anyOf(sql`e.action`, actions))
  if (departments) parts.push(anyOf(sql`e.dept_id`, departments))
  const lead = parts.find((part) => part.branches.length > 0)
  const rest = parts.filter((part) => part !== lead).map((part) => part.where)
  if (filter.after !== undefined) rest.push(sql`e.at >= ${filter.after}::timestamptz`)
  if (filter.before !== undefined) rest.push(sql`e.at < ${filter.before}::timestamptz`)
  const where = rest.length === 0 ? sql`true` : sql.join(rest, sql` and `)
  return { where, branches: lead?.branches ?? [sql`true`] }
}

function same(where: SQL) {
  return { branches: [where], where }
}

function anyOf(column: SQL, values: readonly string[]) {
  const all = sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )
  const where = sql`${column} in (${all})`
  const branches = values.map((value) => sql`${column} = ${value}`)
  return { where, branches: values.length > MOST_BRANCHES ? [] : branches }
}

/** Indexes event_target and event_agent; a fact that is in both is taken once. */
function byTarget(id: string) {
  return {
    branches: [
      sql`e.target_id = ${id}`,
      sql`e.agent_id = ${id} and e.target_id is distinct from ${id}`,
    ],
    where: sql`(e.target_id = ${id} or e.agent_id = ${id})`,
  }
}

/** Null: every department, and what belongs to none. */
function wantedDepartments(filter: LogFilter, scope: Scope): string[] | null {
  const { department } = filter
  if (scope.everywhere) return department === undefined ? null : [department]
  const own = [...new Set(scope.departments)]
  return department === undefined ? own : own.filter((id) => id === department)
}

/** Null: any action. The catalogue is closed, so words become a list of actions before SQL. */
export function wantedActions(filter: LogFilter): string[] | null {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const narrowed = filter.action.length + filter.notAction.length + words.length > 0
  if (!narrowed) return null
  return ACTIONS.filter((action) => {
    if (filter.action.length > 0 && !filter.action.some((name) => covers(name, action)))
      return false
    if (filter.notAction.some((name) => covers(name, action))) return false
    const said =
      `${action} ${CATALOGUE[action].say.replaceAll(/\{[a-z_0-9]+\}/g, '')}`.toLowerCase()
    return words.every((word) => said.includes(word))
  })
}

function covers(name: string, action: string): boolean {
  return name.endsWith('*') ? action.startsWith(name.slice(0, -1)) : name === action
}

import 'server-only'
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { agent, version } from '@/drizzle/schema/agents'
import { department, person } from '@/drizzle/schema/people'
import { run, workspace } from '@/drizzle/schema/runs'
import type { Actor } from '@/lib/auth/actor'
import { type Permission, scopeOf } from '@/lib/auth/permissions'
import { PAGE_SIZE } from '@/lib/core/limits'
import { db } from '@/lib/db/client'
import { type RunState, type RunWord, runWord, type WaitingFor } from '../model'

/** The runs that the actor may see, as a condition: a foreign one does not exist. */
export function visibleRuns(actor: Actor): SQL {
  const scope = scopeOf(actor, 'catalog.read')
  if (scope.everywhere) return sql`true`
  return scope.departments.length === 0
    ? sql`false`
    : inArray(run.departmentId, [...scope.departments])
}

export type RunRow = {
  id: string
  number: number
  task: string
  agent: string
  version: string
  digest: string
  state: RunState
  waitingFor: WaitingFor | null
  word: RunWord
  rehearsal: boolean
  step: number
  startedBy: string
  workspace: string
  createdAt: string
  finishedAt: string | null
}
export type RunsPage = { rows: RunRow[]; next: number | null }

const OPEN = ['queued', 'ready', 'suspended'] as const

/**
 * Runs by number, newest first. `after` is the `next` of the page before. Indexes: run_number_unique,
 * run_open for what is under way, run_agent for one agent.
 */
export async function listRuns(
  actor: Actor,
  filter: { view: 'all' | 'open'; agentId?: string | undefined; after?: number | undefined },
): Promise<RunsPage> {
  const rows = await db()
    .select({
      id: run.id,
      number: run.number,
      task: run.task,
      agent: agent.slug,
      version: version.number,
      digest: run.digest,
      state: run.state,
      waitingFor: run.waitingFor,
      provider: run.provider,
      step: run.step,
      startedBy: person.name,
      workspace: workspace.slug,
      createdAt: run.createdAt,
      finishedAt: run.finishedAt,
    })
    .from(run)
    .innerJoin(agent, eq(agent.id, run.agentId))
    .innerJoin(version, eq(version.id, run.versionId))
    .innerJoin(person, eq(person.id, run.startedBy))
    .innerJoin(workspace, eq(workspace.id, run.workspaceId))
    .where(
      and(
        visibleRuns(actor),
        filter.view === 'open' ? inArray(run.state, [...OPEN]) : undefined,
        filter.agentId ? eq(run.agentId, filter.agentId) : undefined,
        filter.after === undefined ? undefined : lt(run.number, filter.after),
      ),
    )
    .orderBy(desc(run.number))
    .limit(PAGE_SIZE + 1)
  const page = rows.slice(0, PAGE_SIZE).map(({ provider, ...row }) => ({
    ...row,
    waitingFor: row.waitingFor as WaitingFor | null,
    word: runWord(row.state, row.waitingFor),
    rehearsal: provider === 'rehearsal',
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }))
  return { rows: page, next: rows.length > PAGE_SIZE ? (page.at(-1)?.number ?? null) : null }
}

export type WorkspaceRow = {
  id: string
  slug: string
  rootPath: string
  department: string
  departmentId: string
}

/** Registered folders in the departments where the actor holds the permission, by name. */
export async function listWorkspaces(
  actor: Actor,
  permission: Permission,
): Promise<WorkspaceRow[]> {
  const scope = scopeOf(actor, permission)
  if (!scope.everywhere && scope.departments.length === 0) return []
  return db()
    .select({
      id: workspace.id,
      slug: workspace.slug,
      rootPath: workspace.rootPath,
      department: department.name,
      departmentId: department.id,
    })
    .from(workspace)
    .innerJoin(department, eq(department.id, workspace.departmentId))
    .where(scope.everywhere ? undefined : inArray(workspace.departmentId, [...scope.departments]))
    .orderBy(workspace.slug)
}

import 'server-only'
import { sql } from 'drizzle-orm'
import { logSummary } from '@/lib/audit/queries/summary'
import type { PersonActor } from '@/lib/auth/actor'
import { scopeOf } from '@/lib/auth/permissions'
import { db } from '@/lib/db/client'
import { unreadNotices } from '@/lib/notifications/queries'
import { getInstallation } from '@/lib/people/queries/installation'
import { reviewCounts } from '@/lib/reviews/queries'
import { inboxCounts } from './list'

/** What the colophon says of the log: root and size are those of the newest checkpoint. */
export type LogStanding = {
  root: string | null
  size: number
  checkpointAt: string | null
  state: 'sealed' | 'open' | 'broken'
  reason?: string
}

export type ShellFacts = {
  organisation: string
  demo: boolean
  demoPeople: { id: string; name: string; roles: string }[]
  counts: { inbox: number; agents: number; runs: number; reviews: number }
  log: LogStanding
  /** Notices that the reader has not read. */
  notices: number
}

/** What the frame around every screen shows: six short reads, all by index. */
export async function shellFacts(actor: PersonActor, now: Date): Promise<ShellFacts> {
  const installation = await getInstallation()
  const [inbox, reviews, counts, log, demoPeople, notices] = await Promise.all([
    inboxCounts(actor),
    reviewCounts(actor, now),
    workCounts(actor),
    logStanding(),
    installation?.demo ? peopleOfTheDemo() : [],
    unreadNotices(actor),
  ])
  return {
    organisation: installation?.organisation ?? '',
    demo: installation?.demo ?? false,
    demoPeople,
    counts: { inbox: inbox.needs, reviews: reviews.open, ...counts },
    log,
    notices,
  }
}

/** Agents that are not retired, runs that are under way. Indexes: agent_by_state, run_open. */
async function workCounts(actor: PersonActor): Promise<{ agents: number; runs: number }> {
  const scope = scopeOf(actor, 'catalog.read')
  const places = sql.join(
    scope.departments.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  const here = scope.everywhere
    ? sql`true`
    : scope.departments.length === 0
      ? sql`false`
      : sql`department_id in (${places})`
  const [row] = await db().execute<{ agents: number; runs: number }>(sql`
    select
      (select count(*)::int from agent where state <> 'retired' and ${here}) as agents,
      (select count(*)::int from run where state in ('queued', 'ready', 'suspended') and ${here})
        as runs`)
  return row ?? { agents: 0, runs: 0 }
}

async function peopleOfTheDemo() {
  const rows = await db().execute<{ id: string; name: string; roles: string }>(sql`
    select p.id, p.name, string_agg(distinct g.role, ', ' order by g.role) as roles
    from person p join role_grant g on g.person_id = p.id and g.revoked_at is null
    where p.demo and p.state = 'active' group by p.id, p.name order by p.name`)
  return [...rows]
}

async function logStanding(): Promise<LogStanding> {
  const { integrity, checkpoints } = await logSummary(1)
  const [newest] = checkpoints
  const head = {
    root: newest?.root ?? null,
    size: newest?.size ?? 0,
    checkpointAt: newest?.at ?? null,
  }
  if (integrity.state === 'ok') return { ...head, state: newest ? 'sealed' : 'open' }
  const why = integrity.detail ?? integrity.code ?? 'no reason given'
  return { ...head, state: 'broken', reason: `Sealing stopped: ${why} Run chancery verify.` }
}

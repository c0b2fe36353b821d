import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { run, runLease } from '@/drizzle/schema/runs'
import { newId } from '@/lib/core/ids'
import { RUN_LEASE_MS } from '@/lib/core/limits'
import { db } from '@/lib/db/client'
import { type Tx, transaction } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'

/** Who may write a run's rows now. `attempt` counts claims since the last commit, from 1. */
export type Lease = { runId: string; token: string; attempt: number }

/**
 * Claims a run that can move: no live lease, no pause. Returns null when somebody else holds it or
 * when it waits for people. Either way a run that can still move has a job for the moment when the
 * lease ends, so that it goes on within seconds when this process is killed; the job engine's own
 * lock would keep it for hours.
 */
export async function claimRun(runId: string): Promise<Lease | null> {
  return transaction(async (tx) => {
    const token = newId<'lease'>()
    const claimed = await tx.execute<{ attempt: number }>(sql`
      insert into run_lease (run_id, token, attempt, lease_until)
      select r.id, ${token}::uuid, 1, now() + ${RUN_LEASE_MS} * interval '1 millisecond'
      from run r
      where r.id = ${runId} and (r.state in ('queued', 'ready')
        or (r.state = 'suspended' and r.waiting_for = 'provider'))
      on conflict (run_id) do update
      set token = excluded.token, attempt = run_lease.attempt + 1,
          lease_until = excluded.lease_until, next_attempt_at = null
      where run_lease.lease_until <= now()
        and coalesce(run_lease.next_attempt_at, now()) <= now()
        and exists (select from run r where r.id = run_lease.run_id)
      returning attempt`)
    const wake = await wakeTime(tx, runId)
    if (wake !== null) await wakeRun(tx, runId, wake)
    const attempt = claimed[0]?.attempt
    return attempt === undefined ? null : { runId, token, attempt }
  })
}

/** When the present lease or pause of a run that can move ends; null for any other run. */
async function wakeTime(tx: Tx, runId: string): Promise<Date | null> {
  const rows = await tx.execute<{ at: string }>(sql`
    select greatest(l.lease_until, l.next_attempt_at) as at
    from run_lease l join run r on r.id = l.run_id
    where l.run_id = ${runId} and (r.state in ('queued', 'ready')
      or (r.state = 'suspended' and r.waiting_for = 'provider'))`)
  return rows[0] === undefined ? null : new Date(rows[0].at)
}

/**
 * Asks for a worker: now (`at` null), or at a time. Exists only if `tx` commits. With a job for now
 * goes a second one, a lease later: a process that is killed after it took the first job and before
 * it claimed the run leaves that job locked for hours.
 */
export async function wakeRun(tx: Tx, runId: string, at: Date | null): Promise<void> {
  const job = { task: 'run.advance' as const, payload: { runId } }
  if (at === null) await enqueue(tx, { ...job, key: `run:${runId}` })
  const runAt = at ?? new Date(Date.now() + RUN_LEASE_MS)
  await enqueue(tx, { ...job, key: `run:${runId}:later`, runAt })
}

/** Runs that could move and that nobody holds, longest waiting first. Index: run_open. */
export async function stalledRuns(limit: number): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select r.id from run r left join run_lease l on l.run_id = r.id
    where (r.state in ('queued', 'ready')
        or (r.state = 'suspended' and r.waiting_for = 'provider'))
      and coalesce(greatest(l.lease_until, l.next_attempt_at), r.created_at)
        < now() - ${RUN_LEASE_MS} * interval '1 millisecond'
    order by coalesce(l.lease_until, r.created_at) limit ${limit}`)
  return rows.map((row) => row.id)
}

/** Renews a lease; false when it was lost. */
async function renew(lease: Lease): Promise<boolean> {
  const rows = await db()
    .update(runLease)
    .set({ leaseUntil: sql`now() + ${RUN_LEASE_MS} * interval '1 millisecond'` })
    .where(and(eq(runLease.runId, lease.runId), eq(runLease.token, lease.token)))
    .returning({ token: runLease.token })
  return rows.length > 0
}

/**
 * Renews a lease while work goes on. `signal` is raised when it was lost (another worker claimed
 * the run, or somebody stopped it): whatever is under way ends, and its result is not written.
 */
export function keepLease(
  lease: Lease,
  everyMs = RUN_LEASE_MS / 5,
): { signal: AbortSignal; end: () => void } {
  const lost = new AbortController()
  const timer = setInterval(() => {
    renew(lease).then(
      (kept) => kept || lost.abort(),
      // The database cannot be reached: the lease runs out by itself, and the commit is fenced.
      () => undefined,
    )
  }, everyMs)
  timer.unref()
  return { signal: lost.signal, end: () => clearInterval(timer) }
}

/** Gives a claimed run back after an attempt that failed, to be tried again after a pause. */
export async function pauseRun(lease: Lease, pauseMs: number): Promise<void> {
  await transaction(async (tx) => {
    const at = new Date(Date.now() + pauseMs)
    const rows = await tx
      .update(runLease)
      .set({ leaseUntil: sql`now()`, nextAttemptAt: at })
      .where(and(eq(runLease.runId, lease.runId), eq(runLease.token, lease.token)))
      .returning({ token: runLease.token })
    if (rows.length > 0) await wakeRun(tx, lease.runId, at)
  })
}

/**
 * Gives a claimed run back untouched: it waits for people, or somebody else moved it on. That
 * somebody may have asked for a worker while the lease was held, so a run that can move and is not
 * in the state `seen` any more is woken at once; the same state again later, never in a loop.
 */
export async function returnRun(lease: Lease, seen: string | null): Promise<void> {
  await transaction(async (tx) => {
    const rows = await tx
      .update(runLease)
      .set({ leaseUntil: sql`now()`, attempt: sql`greatest(${runLease.attempt} - 1, 0)` })
      .where(and(eq(runLease.runId, lease.runId), eq(runLease.token, lease.token)))
      .returning({ token: runLease.token })
    if (rows.length === 0 || (await wakeTime(tx, lease.runId)) === null) return
    const [row] = await tx.select({ state: run.state }).from(run).where(eq(run.id, lease.runId))
    const later = new Date(Date.now() + RUN_LEASE_MS)
    await wakeRun(tx, lease.runId, row?.state === seen ? later : null)
  })
}

/** Takes the run away from whoever works on it: nothing they still write will be kept. */
export async function revokeLease(tx: Tx, runId: string): Promise<void> {
  await tx
    .update(runLease)
    .set({ token: newId<'lease'>(), leaseUntil: sql`now()` })
    .where(eq(runLease.runId, runId))
}

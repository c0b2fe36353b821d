import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { version } from '@/drizzle/schema/agents'
import { run, workspace } from '@/drizzle/schema/runs'
import { type AgentRow, lockAgent } from '@/lib/agents/queries/lock'
import { whyNotRunnable } from '@/lib/agents/rules'
import { appendEvent } from '@/lib/audit/append'
import type { FactData } from '@/lib/audit/catalogue'
import type { Actor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { type Command, command } from '@/lib/command/command'
import { currentRulebook } from '@/lib/constitution/queries'
import { ChanceryError, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { storableText } from '@/lib/core/storable'
import { localDate } from '@/lib/core/time'
import { type Tx, transaction } from '@/lib/db/transaction'
import { startRunInput } from '../model'
import { knownModel } from '../models/resolve'
import { aboutRun } from '../moves/facts'
import { wakeRun } from '../moves/lease'
import { whyReviewStops } from '../rules'

export type StartedRun = { runId: string; number: number }
type Because = FactData<'run.refused'>['because']

const start = command({
  name: 'run.start',
  permission: 'run.start',
  input: startRunInput,
  subject: async ({ tx, actor, input }) => {
    const agent = await lockAgent(tx, input.agentId)
    const place = await workspaceFor(tx, actor, input.workspaceId)
    return { departmentId: agent.departmentId, agent, workspace: place }
  },
  run: async ({ tx, actor, input, subject, now, event }) => {
    if (actor.kind !== 'person') refused('Only a person can start a run.')
    const { agent, workspace: place } = subject
    const live = await runnableVersion(tx, agent, now)
    const model = knownModel(input.model)
    if (model === null) {
      stop(agent, 'provider_missing', `There is no model ${input.model}. Choose another.`)
    }
    const { hash: constitution } = await currentRulebook(tx)
    const id = newId<'run'>(now.getTime())
    const task = storableText(input.task)
    const row = {
      id,
      agentId: agent.id,
      versionId: live.id,
      digest: live.digest,
      workspaceId: place.id,
      departmentId: agent.departmentId,
      task,
      startedBy: actor.id,
      ...model,
      state: 'queued' as const,
      constitutionHash: constitution,
      createdAt: now,
      auditEventId: event,
    }
    const [inserted] = await tx.insert(run).values(row).returning({ number: run.number })
    await wakeRun(tx, id, null)
    const value: StartedRun = { runId: id, number: inserted?.number ?? 0 }
    const { dept, targets } = aboutRun(row)
    return {
      value,
      fact: {
        dept,
        targets: [...targets, { t: 'version', id: live.id, sha256: live.digest }],
        action: 'run.queued',
        data: {
          digest: live.digest,
          constitution,
          ...model,
          task: sha256(task),
        },
        private: { task },
      },
    }
  },
})

/**
 * Starts a run: pinned to the digest of the agent's live version, to its workspace, its model and
 * the constitution. Only inserts it; a worker takes it up. Refused, with the unmet condition, while
 * the agent is not active, has no published version, or its review is overdue beyond the days of
 * grace; each refusal is a fact. A repeat with the same key returns the first run.
 */
export const startRun: Command<StartedRun> = {
  ...start,
  execute: async (actor, input, options) => {
    try {
      return await start.execute(actor, input, options)
    } catch (error) {
      if (error instanceof ChanceryError) await recordRefusal(actor, error)
      throw error
    }
  },
}

/** The workspace, if the actor may run in its department; else it reads as absent. */
async function workspaceFor(tx: Tx, actor: Actor, id: string) {
  const [row] = await tx.select().from(workspace).where(eq(workspace.id, id))
  if (!row || !can(actor, 'run.start', row.departmentId)) return notFound('This workspace')
  return row
}

async function runnableVersion(tx: Tx, agent: AgentRow, now: Date) {
  const why = whyNotRunnable({
    state: agent.state,
    slug: agent.slug,
    live: agent.liveVersionId !== null,
  })
  if (why !== null) stop(agent, agent.liveVersionId === null ? 'no_version' : 'not_active', why)
  const review = whyReviewStops(agent.nextReviewOn, localDate(now))
  if (review !== null) stop(agent, 'overdue_review', `${agent.slug} does not run. ${review}`)
  const [live] = await tx
    .select({ id: version.id, digest: version.digest })
    .from(version)
    .where(eq(version.id, agent.liveVersionId ?? ''))
  return live ?? notFound('The live version')
}

/** Throws `refused` with what the fact about it needs. */
function stop(agent: AgentRow, because: Because, sentence: string): never {
  const { id: agentId, departmentId, digest } = agent
  throw new ChanceryError('refused', sentence, { data: { because, agentId, departmentId, digest } })
}

/** The refusal's own small transaction: the command's is gone. */
async function recordRefusal(actor: Actor, error: ChanceryError): Promise<void> {
  const data = error.detail.data
  if (data?.because === undefined) return
  await transaction(async (tx) => {
    const rows = await tx.execute<{ now: string }>(sql`select now() as now`)
    const now = new Date(rows[0]?.now ?? Date.now())
    await appendEvent(tx, {
      id: newId<'event'>(now.getTime()),
      actor,
      requestId: undefined,
      now,
      fact: {
        action: 'run.refused',
        outcome: 'denied',
        dept: String(data.departmentId),
        targets: [{ t: 'agent', id: String(data.agentId) }],
        data: { because: data.because as Because, digest: String(data.digest) },
      },
    })
  })
}

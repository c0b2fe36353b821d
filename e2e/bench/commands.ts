import { performance } from 'node:perf_hooks'
import { eq, sql } from 'drizzle-orm'
import postgres from 'postgres'
import { z } from 'zod'
import { agent } from '@/drizzle/schema/agents'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { lockAgent } from '@/lib/agents/queries/lock'
import type { PersonActor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { command } from '@/lib/command/command'
import { db } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'
import { type Figure, median, rate, whole } from './measure'
import { definitionText } from './world'

const ROUND_MS = 2_000
const ROUNDS = 3
const input = z.strictObject({ agentId: z.uuid() })

/** The smallest audited command there can be: one governed row locked and written, one fact. */
const touch = command({
  name: 'bench.touch',
  permission: 'draft.edit',
  input,
  subject: ({ tx, input: { agentId } }) => lockAgent(tx, agentId),
  run: async ({ tx, subject, now, event }) => {
    await tx
      .update(agent)
      .set({ updatedAt: now, auditEventId: event })
      .where(eq(agent.id, subject.id))
    const about = [{ t: 'agent' as const, id: subject.id, sha256: subject.digest }]
    const data = { revision: 1, digest: subject.digest }
    return { value: null, fact: { action: 'draft.discarded', targets: about, data } }
  },
})

/** The same statements and checks without the fact. Works only while the tie of `agent` is off. */
async function bare(actor: PersonActor, raw: unknown): Promise<void> {
  const { agentId } = input.parse(raw)
  await transaction(async (tx) => {
    const rows = await tx.execute<{ now: string }>(sql`select now() as now`)
    const subject = await lockAgent(tx, agentId)
    if (!can(actor, 'draft.edit', subject.departmentId)) throw new Error('not allowed')
    const updatedAt = new Date(rows[0]?.now ?? '')
    await tx
      .update(agent)
      .set({ updatedAt, auditEventId: subject.auditEventId })
      .where(eq(agent.id, subject.id))
  })
}

type Stand = {
  actor: PersonActor
  adminUrl: string
  agents: { id: string; draftId: string; name: string }[]
}

/** Audited commands beside the same transaction without its event and beside plain inserts. */
export async function commandFigures({ actor, adminUrl, agents }: Stand): Promise<Figure[]> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  await admin`create schema if not exists bench`
  await admin`create table if not exists bench.plain (id bigserial primary key, body text not null)`
  await admin`grant usage on schema bench to public`
  await admin`grant insert on bench.plain to public`
  await admin`grant usage on sequence bench.plain_id_seq to public`
  const body = 'x'.repeat(400)
  const of = (client: number) => ({ agentId: agents[client]?.id ?? '' })
  const calls = {
    audited: (client: number) => touch.execute(actor, of(client)),
    bare: (client: number) => bare(actor, of(client)),
    plain: () => db().execute(sql`insert into bench.plain (body) values (${body})`),
  }
  const figures: Figure[] = []
  for (const clients of [1, 8]) {
    const got: Record<keyof typeof calls, number[]> = { audited: [], bare: [], plain: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      got.audited.push(await rate(clients, ROUND_MS, calls.audited))
      await admin`alter table agent disable trigger tie_change`
      got.bare.push(await rate(clients, ROUND_MS, calls.bare))
      await admin`alter table agent enable always trigger tie_change`
      got.plain.push(await rate(clients, ROUND_MS, calls.plain))
    }
    figures.push(...compare(clients, median(got.audited), median(got.bare), median(got.plain)))
    figures.push(await saves(clients, { actor, agents }))
  }
  await admin`drop schema bench cascade`
  await admin.end()
  return figures
}

function compare(clients: number, audited: number, without: number, plain: number): Figure[] {
  const who = `${clients} client${clients === 1 ? '' : 's'}`
  const ratio = `${(without / audited).toFixed(2)}x the cost without its event`
  return [
    {
      what: `audited command, ${who}`,
      value: `${whole(audited)}/s, ${ratio}`,
      goal: 'at most 1.5x the same transaction without its event',
    },
    { what: `  the same without its event, ${who}`, value: `${whole(without)}/s`, goal: '' },
    {
      what: `  plain insert and commit, ${who}`,
      value: `${whole(plain)}/s, audited is ${(audited / plain).toFixed(2)} of it`,
      goal: 'the database’s own limit',
    },
  ]
}

/**
 * The real thing: a definition saved as the next revision, parsed and checked again. One process
 * does it on one thread, so more clients gain only what it spends waiting; another agent's row is
 * never waited for. The share in use tells which it is.
 */
async function saves(clients: number, stand: Pick<Stand, 'actor' | 'agents'>): Promise<Figure> {
  const revisions = new Map<number, number>()
  const save = async (client: number) => {
    const target = stand.agents[clients === 1 ? 8 : client]
    if (!target) throw new Error('Too few agents.')
    const revision = revisions.get(client) ?? 1
    const text = definitionText(target.name, `${clients} ${client} ${revision}`)
    const bytes = Buffer.from(text).toString('base64')
    const { value } = await saveDraft.execute(stand.actor, {
      ...{ draftId: target.draftId, revision, bytes },
    })
    revisions.set(client, value.revision)
  }
  const before = performance.eventLoopUtilization()
  const perSecond = await rate(clients, ROUND_MS, save)
  const loop = performance.eventLoopUtilization(before)
  const busy = `${Math.round(loop.utilization * 100)} % of it`
  const each = (loop.active / (perSecond * (ROUND_MS / 1_000))).toFixed(1)
  const who = `${clients} client${clients === 1 ? '' : 's'}`
  const goal = 'peers in performance.md: 200 to 384 updates/s at 8'
  return {
    what: `draft saved, ${who}`,
    value: `${whole(perSecond)}/s, ${each} ms of the process each, ${busy} in use`,
    goal,
  }
}

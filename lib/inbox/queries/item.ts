import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { approval, decision } from '@/drizzle/schema/approvals'
import { department, person } from '@/drizzle/schema/people'
import { eligiblePeople, seatsOf } from '@/lib/approvals/queries'
import { effectiveState, needsTypedName, whyNotEligible } from '@/lib/approvals/rules'
import type { PersonActor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { notFound } from '@/lib/core/errors'
import { type Tx, transaction } from '@/lib/db/transaction'
import type { InboxItem, ItemDecision, ItemSubject, Named, Standing } from '../model'
import { renderedDigest } from '../rules/rendered'
import { seatSentence, settledSentence } from '../rules/words'
import { arrangedOf } from './arranged'
import { changeSetSubject } from './change-set'
import { constitutionSubject } from './constitution'
import { proposalSubject } from './proposal'
import { within } from './scope'
import { similarDecisions } from './similar'
import { toolCallSubject } from './tool-call'
import { waiverSubject } from './waiver'

const HEAD = {
  id: approval.id,
  kind: approval.kind,
  subjectId: approval.subjectId,
  digest: approval.digest,
  title: approval.title,
  riskTier: approval.riskTier,
  state: approval.state,
  departmentId: approval.departmentId,
  department: department.name,
  agentId: approval.agentId,
  agent: agent.slug,
  fileName: agent.fileName,
  runId: approval.runId,
  ruleId: approval.ruleId,
  ruleVersion: approval.ruleVersion,
  quorum: approval.quorum,
  seats: approval.seats,
  requestedBy: approval.requestedBy,
  askedByName: person.name,
  excluded: approval.excluded,
  summary: approval.summary,
  openedAt: approval.openedAt,
  deadlineAt: approval.deadlineAt,
  expiryOutcome: approval.expiryOutcome,
  settledAt: approval.settledAt,
}

export type ItemHead = Awaited<ReturnType<typeof readHead>>
/** Reads inside the transaction, builds (differences, hashing) after it: no lock waits for a CPU. */
export type SubjectReading = {
  build: () => Promise<ItemSubject>
  barred: Map<string, Standing['barred']>
}

/**
 * One approval with everything that is shown before it is decided, in one consistent reading. The
 * state is the effective one: past its deadline it is expired, also before the sweep. Throws
 * `not_found` for an unknown id and for a foreign department.
 */
export async function inboxItem(actor: PersonActor, approvalId: string): Promise<InboxItem> {
  const read = await transaction(
    async (tx) => {
      const head = await readHead(tx, actor, approvalId)
      const [moment] = await tx.execute<{ now: string }>(sql`select now() as now`)
      const now = new Date(moment?.now ?? Date.now())
      return {
        head,
        now,
        ...(await arrangedOf(tx, actor, { approvalId, now })),
        similar: await similarDecisions(tx, actor, head),
        decisions: await readDecisions(tx, approvalId),
        eligible: await eligiblePeople(tx, head.departmentId, head.excluded),
        excluded: await readPeople(tx, head.excluded),
        subject: await readSubject(tx, head),
      }
    },
    { isolation: 'repeatable read', readOnly: true },
  )
  const item = { ...compose(actor, read), subject: await read.subject.build() }
  return { ...item, renderedDigest: renderedDigest(item) }
}

async function readHead(tx: Tx, actor: PersonActor, approvalId: string) {
  const [row] = await tx
    .select(HEAD)
    .from(approval)
    .leftJoin(department, eq(department.id, approval.departmentId))
    .innerJoin(person, eq(person.id, approval.requestedBy))
    .leftJoin(agent, eq(agent.id, approval.agentId))
    .where(and(eq(approval.id, approvalId), within(actor, 'catalog.read', approval.departmentId)))
  return row ?? notFound('This approval')
}

async function readDecisions(tx: Tx, approvalId: string): Promise<ItemDecision[]> {
  const rows = await tx
    .select({
      id: person.id,
      name: person.name,
      verdict: decision.verdict,
      reason: decision.reason,
      at: decision.decidedAt,
      dismissedBecause: decision.dismissedBecause,
      fact: decision.auditEventId,
    })
    .from(decision)
    .innerJoin(person, eq(person.id, decision.personId))
    .where(eq(decision.approvalId, approvalId))
    .orderBy(decision.decidedAt, decision.id)
  return rows.map(({ id, name, at, ...row }) => ({
    ...row,
    person: { id, name },
    at: at.toISOString(),
  }))
}

async function readPeople(tx: Tx, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return []
  return tx
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...ids]))
    .orderBy(person.name)
}

async function readSubject(tx: Tx, head: ItemHead): Promise<SubjectReading> {
  switch (head.kind) {
    case 'proposal':
      return proposalSubject(tx, head)
    case 'tool_call':
      return toolCallSubject(tx, head)
    case 'change_set':
      return changeSetSubject(tx, head)
    case 'constitution':
      return constitutionSubject(tx, head)
    case 'waiver':
      return waiverSubject(tx, head)
    case 'review': {
      const { kind } = head
      const facts = Object.entries(head.summary as Record<string, unknown>)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => ({ name, value: String(value) }))
      return { build: async () => ({ kind, facts }), barred: new Map() }
    }
  }
}

type Read = {
  head: ItemHead
  now: Date
  decisions: ItemDecision[]
  eligible: Named[]
  excluded: Named[]
  subject: SubjectReading
  arranged: InboxItem['arranged']
  away: ReadonlyMap<string, Standing['away']>
  similar: InboxItem['similar']
}

function compose(actor: PersonActor, read: Read): Omit<InboxItem, 'renderedDigest' | 'subject'> {
  const { head, decisions } = read
  const state = effectiveState(head, read.now)
  const live = decisions.filter((d) => d.dismissedBecause === null)
  const seat = seatSentence(head.kind, seatsOf(head))
  return {
    id: head.id,
    digest: head.digest,
    title: head.title,
    riskTier: head.riskTier,
    state,
    department: head.department ?? 'The whole organisation',
    agent:
      head.agentId === null || head.agent === null ? null : { id: head.agentId, slug: head.agent },
    askedBy: { id: head.requestedBy, name: head.askedByName },
    openedAt: head.openedAt.toISOString(),
    deadlineAt: head.deadlineAt?.toISOString() ?? null,
    expiryOutcome: head.expiryOutcome,
    settledAt: head.settledAt?.toISOString() ?? null,
    rule: { id: head.ruleId, version: head.ruleVersion, seat },
    quorum: head.quorum,
    signed: live.filter((d) => d.verdict === 'approve').length,
    decisions,
    standing: standingOf(actor, read, live),
    arranged: read.arranged,
    similar: read.similar,
    viewer: viewerOf(actor, { ...read, state, live }),
    typedName: needsTypedName(head.kind, head.riskTier) ? head.agent : null,
  }
}

function standingOf(actor: PersonActor, read: Read, live: readonly ItemDecision[]): Standing[] {
  const signed = new Set(live.map((d) => d.person.id))
  const one = (person: Named, barred: Standing['barred']): Standing => ({
    ...person,
    you: person.id === actor.id,
    signed: signed.has(person.id),
    barred,
    away: read.away.get(person.id) ?? null,
  })
  return [
    ...read.eligible.map((person) => one(person, null)),
    ...read.excluded.map((person) => one(person, read.subject.barred.get(person.id) ?? 'starter')),
  ]
}

function viewerOf(
  actor: PersonActor,
  read: Read & { state: InboxItem['state']; live: readonly ItemDecision[] },
): InboxItem['viewer'] {
  const { head, state } = read
  const said = read.live.find((d) => d.person.id === actor.id)?.verdict ?? null
  const standing = { ...head, state }
  const mayDecide = can(actor, 'approval.decide', head.departmentId)
  const why =
    state !== 'open'
      ? settledSentence(state)
      : said !== null
        ? 'You have already decided this.'
        : whyNotEligible(standing, actor.id, mayDecide)
  return { id: actor.id, name: actor.name, why, said }
}

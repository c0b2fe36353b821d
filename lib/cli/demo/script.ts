import 'server-only'
import { eq } from 'drizzle-orm'
import { agent, draft } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { review } from '@/drizzle/schema/reviews'
import { run } from '@/drizzle/schema/runs'
import { assignAgent } from '@/lib/agents/commands/assign'
import { importFile } from '@/lib/agents/commands/import-file'
import { openDraft } from '@/lib/agents/commands/open-draft'
import { openProposal } from '@/lib/agents/commands/open-proposal'
import { requestWaiver } from '@/lib/agents/commands/request-waiver'
import { saveRoutingCases } from '@/lib/agents/commands/routing-case'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { checkOf } from '@/lib/agents/queries/check'
import type { PersonActor } from '@/lib/auth/actor'
import { actorForPerson } from '@/lib/auth/sessions'
import { atTime } from '@/lib/command/clock'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import { notFound } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { localDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import { decide } from '@/lib/inbox/commands/decide'
import { completeReview } from '@/lib/reviews/commands'
import type { ReviewOutcome } from '@/lib/reviews/model'
import { startRun } from '@/lib/runs/commands/start'
import { advanceRun } from '@/lib/runs/engine'
import type { DemoIds } from './set-up'

const HOUR = 3_600_000
/** A run of the demo ends or waits long before this many transitions. */
const MOST_TRANSITIONS = 120

type Hands = {
  at: <T>(hoursAgo: number, work: () => Promise<T>) => Promise<T>
  who: (key: string) => Promise<PersonActor>
}

/** What people do to keep what is there in order: reviews, and requests that routing is tried on. */
function keepingHands({ at, who }: Hands) {
  return {
    attest: (
      hoursAgo: number,
      by: string,
      item: { slug: string; outcome: ReviewOutcome; reason: string },
    ) =>
      at(hoursAgo, async () => {
        const { id } = await agentBySlug(item.slug)
        const rows = await db().select().from(review).where(eq(review.agentId, id))
        const open = rows.find((row) => row.state === 'open') ?? notFound('The review')
        const { outcome, reason } = item
        const input = { reviewId: open.id, digest: open.digest, outcome, reason }
        await completeReview.execute(await who(by), input)
      }),

    keepTests: (hoursAgo: number, by: string, cases: readonly RoutingTest[]) =>
      at(hoursAgo, async () => saveRoutingCases.execute(await who(by), { cases })),
  }
}

/**
 * The hands of the demo's people: every line of its history goes through the same commands as in the
 * console, at a time in the past. `hoursAgo` counts back from the moment the demo was made.
 */
export function demoHands(ids: DemoIds, madeAt: Date) {
  const at = <T>(hoursAgo: number, work: () => Promise<T>) =>
    atTime(new Date(madeAt.getTime() - hoursAgo * HOUR), work)
  const who = async (key: string): Promise<PersonActor> =>
    (await actorForPerson({ id: ids.people[key] ?? '' }, 'demo')) ?? notFound(`The person ${key}`)

  return {
    take: (
      hoursAgo: number,
      by: string,
      file: { path: string; department: string; text: string },
    ) =>
      at(hoursAgo, async () => {
        const departmentId = ids.departments[file.department] ?? ''
        const input = { departmentId, path: file.path, bytes: base64(file.text) }
        return (await importFile.execute(await who(by), input)).value
      }),

    sponsor: (hoursAgo: number, by: string, given: { slug: string; sponsor: string }) =>
      at(hoursAgo, async () => {
        const { id, ownerId, departmentId } = await agentBySlug(given.slug)
        const sponsorId = ids.people[given.sponsor] ?? null
        const input = { agentId: id, ownerId, departmentId, sponsorId }
        await assignAgent.execute(await who(by), input)
      }),

    edit: (hoursAgo: number, by: string, change: { slug: string; text: string }) =>
      at(hoursAgo, async () => {
        const actor = await who(by)
        const agentId = (await agentBySlug(change.slug)).id
        const { draftId } = (await openDraft.execute(actor, { agentId })).value
        const { revision } = await draftNow(draftId)
        await saveDraft.execute(actor, { draftId, revision, bytes: base64(change.text) })
      }),

    propose: (hoursAgo: number, by: string, change: { slug: string; message: string }) =>
      at(hoursAgo, async () => {
        const { draftId } = await agentBySlug(change.slug)
        const { revision } = await draftNow(draftId ?? '')
        const input = { draftId, revision, message: change.message }
        return (await openProposal.execute(await who(by), input)).value.approvalId
      }),

    /** Asks to excuse a finding of a rule for so many days; returns what waits for a decision. */
    excuse: (
      hoursAgo: number,
      by: string,
      about: { slug: string; rule: string; owner: string; days: number; reason: string },
    ) =>
      at(hoursAgo, async () => {
        const found = await findingNow(about)
        const day = madeAt.getTime() - hoursAgo * HOUR + about.days * 24 * HOUR
        const input = { ...found, ownerId: ids.people[about.owner], reason: about.reason }
        const endsOn = localDate(new Date(day))
        return (await requestWaiver.execute(await who(by), { ...input, endsOn })).value.approvalId
      }),

    agree: (hoursAgo: number, by: string, approvalId: string) =>
      at(hoursAgo, async () => sign(await who(by), approvalId, { verdict: 'approve', reason: '' })),

    sendBack: (hoursAgo: number, by: string, item: { approvalId: string; reason: string }) =>
      at(hoursAgo, async () =>
        sign(await who(by), item.approvalId, { verdict: 'request_changes', reason: item.reason }),
      ),

    ...keepingHands({ at, who }),

    start: (
      hoursAgo: number,
      by: string,
      job: { slug: string; workspaceId: string; task: string },
    ) =>
      at(hoursAgo, async () => {
        const agentId = (await agentBySlug(job.slug)).id
        const input = { agentId, workspaceId: job.workspaceId, task: job.task }
        return (await startRun.execute(await who(by), input)).value.runId
      }),

    /** Lets a run go on until it waits for somebody or is over; returns what it waits for. */
    work: (hoursAgo: number, runId: string) => at(hoursAgo, () => untilItWaits(runId)),

    as: who,
    at,
  }
}
type RoutingTest = { phrase: string; expected: string | null }
export type DemoHands = ReturnType<typeof demoHands>

async function sign(
  actor: PersonActor,
  approvalId: string,
  said: { verdict: 'approve' | 'request_changes'; reason: string },
): Promise<void> {
  const [row] = await db().select().from(approval).where(eq(approval.id, approvalId))
  if (!row) notFound('The approval')
  const { agent: typedName } = row.summary as { agent?: string }
  await decide.execute(actor, {
    ...{ approvalId, ...said, digest: row.digest },
    renderedDigest: sha256(row.title),
    ...(typedName === undefined ? {} : { typedName }),
  })
}

async function untilItWaits(runId: string): Promise<string | null> {
  for (let n = 0; n < MOST_TRANSITIONS; n += 1) {
    const [row] = await db().select().from(run).where(eq(run.id, runId))
    if (!row || !['queued', 'ready'].includes(row.state)) break
    await advanceRun(runId)
  }
  const open = await db().select().from(approval).where(eq(approval.runId, runId))
  return open.find((row) => row.state === 'open')?.id ?? null
}

async function agentBySlug(slug: string) {
  const [row] = await db().select().from(agent).where(eq(agent.slug, slug))
  return row ?? notFound(`The agent ${slug}`)
}

/** The worst finding of a rule on the bytes that people would see. */
async function findingNow(about: { slug: string; rule: string }) {
  const row = await agentBySlug(about.slug)
  const digest = row.draftId === null ? row.digest : (await draftNow(row.draftId)).digest
  const check = await checkOf(digest, row)
  const finding = check?.findings.find((one) => one.rule === about.rule)
  if (!finding) notFound(`A finding of ${about.rule}`)
  return { agentId: row.id, digest, fingerprint: fingerprintOf(finding) }
}

async function draftNow(draftId: string) {
  const [row] = await db().select().from(draft).where(eq(draft.id, draftId))
  return row ?? notFound('The draft')
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

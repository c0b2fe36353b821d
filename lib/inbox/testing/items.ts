import { z } from 'zod'
import { importFile } from '@/lib/agents/commands/import-file'
import { openProposal } from '@/lib/agents/commands/open-proposal'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import { openApproval } from '@/lib/approvals/commands'
import type { RiskTier } from '@/lib/approvals/model'
import type { PersonActor } from '@/lib/auth/actor'
import { command } from '@/lib/command/command'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import type { TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { decide } from '../commands/decide'
import { inboxItem } from '../queries/item'

/** One department with an author who also approves, two approvers, one everywhere, one elsewhere. */
export async function anInbox(database: TestDatabase) {
  const { admin, departmentId } = await anOrganisation()
  const harbour = await aDepartment(admin, 'Harbour')
  const approver = { role: 'approver' as const, departmentId }
  const author = await aPerson(admin, [{ role: 'author', departmentId }, approver], 'Olga Author')
  return {
    departmentId,
    author,
    anna: await aPerson(admin, [approver], 'Anna Approver'),
    bert: await aPerson(admin, [approver], 'Bert Approver'),
    foreign: await aPerson(admin, [{ role: 'approver', departmentId: harbour }], 'Finn Foreign'),
    everywhere: await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Eva Everywhere'),
    proposed: (name: string, more: { history?: string } = {}) =>
      proposed(database, { author, departmentId, name, ...more }),
    plain: async (title: string, more: Plain = {}) => {
      const input = { departmentId, title, dueMs: null, risk: 'low', quorum: 1, ...more }
      return (await openPlain.execute(author, input)).value
    },
  }
}
export type TestInbox = Awaited<ReturnType<typeof anInbox>>

/** A new agent with Bash, imported and proposed by the author. */
async function proposed(
  database: TestDatabase,
  given: { author: PersonActor; departmentId: string; name: string; history?: string },
) {
  const { author, departmentId, name, history = '' } = given
  const bytes = base64(aDefinition({ name, history }))
  const input = { departmentId, path: `agents/${name}.md`, bytes }
  const { slug } = (await importFile.execute(author, input)).value
  const [row] = await database.asAdmin(
    'select a.id, a.draft_id, d.revision from agent a join draft d on d.id = a.draft_id where slug = $1',
    [slug],
  )
  const draft = { draftId: String(row?.draft_id), revision: Number(row?.revision) }
  const opened = await openProposal.execute(author, { ...draft, message: `Start ${name}.` })
  return { ...opened.value, ...draft, slug, agentId: String(row?.id) }
}

type Plain = { dueMs?: number; risk?: RiskTier; quorum?: number }

/** An item about nothing in particular, opened by the author, due in so many milliseconds. */
const openPlain = command({
  name: 'test.open',
  permission: 'proposal.open',
  input: z.strictObject({
    departmentId: z.uuid(),
    title: z.string(),
    dueMs: z.number().nullable(),
    risk: z.enum(['low', 'medium', 'high', 'critical']),
    quorum: z.number(),
  }),
  subject: async ({ input }) => ({ departmentId: input.departmentId }),
  run: async ({ tx, now, event, input, actor }) => {
    const asker = actor.kind === 'person' ? actor.id : ''
    const item = await openApproval(
      { tx, now, event },
      {
        kind: 'review',
        subjectId: newId<'review'>(),
        digest: sha256(input.title),
        title: input.title,
        riskTier: input.risk,
        departmentId: input.departmentId,
        agentId: newId<'agent'>(),
        runId: null,
        rule: {
          ...{ id: 'test', version: 1, quorum: input.quorum },
          seats: [{ group: 'approvers', people: input.quorum }],
          ...{ deadlineMs: input.dueMs, expiryOutcome: 'park' as const },
        },
        requestedBy: asker,
        excluded: [asker],
        summary: {},
      },
    )
    return { value: item.id, fact: item.fact }
  },
})

/** Decides as the console does: with what was shown, and the name typed where one is asked for. */
export async function say(actor: PersonActor, approvalId: string, verdict: 'approve' | 'reject') {
  const { digest, renderedDigest, typedName } = await inboxItem(actor, approvalId)
  return decide.execute(actor, {
    ...{ approvalId, verdict, digest, renderedDigest },
    reason: verdict === 'approve' ? '' : 'Not this way.',
    ...(typedName === null ? {} : { typedName }),
  })
}

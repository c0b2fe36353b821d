import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assignAgent } from '@/lib/agents/commands/assign'
import { checkAgent } from '@/lib/agents/commands/check'
import { importFile } from '@/lib/agents/commands/import-file'
import { discardDraft, openDraft } from '@/lib/agents/commands/open-draft'
import { openProposal, withdrawProposal } from '@/lib/agents/commands/open-proposal'
import { restoreVersion } from '@/lib/agents/commands/restore-version'
import { removeRoutingCase, saveRoutingCases } from '@/lib/agents/commands/routing-case'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { agentFacts } from '@/lib/agents/queries/page'
import { importText, liveDraftOf } from '@/lib/agents/testing/agents'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import { decide } from '@/lib/inbox/commands/decide'
import { expireApproval } from '@/lib/inbox/commands/expire'
import { inboxItem } from '@/lib/inbox/queries/item'
import { say } from '@/lib/inbox/testing/items'
import { aPerson } from '@/lib/people/testing/organisation'
import { completeReview } from '@/lib/reviews/commands'
import { answerOutcome } from '@/lib/runs/commands/outcome'
import { startRun } from '@/lib/runs/commands/start'
import { stopRun } from '@/lib/runs/commands/stop'
import { registerWorkspace } from '@/lib/runs/commands/workspace'
import type { Row } from './row'
import { once, type World } from './world'

const text = (name: string) => aDefinition({ name, tools: 'Read, Grep', authorised: 'Read, Grep' })

async function imported({ here, a }: World, name: string): Promise<string> {
  const file = { path: `agents/${name}.md`, text: text(name) }
  return (await importText(here.admin, a, file)).slug
}

/** A draft of department A that nobody has proposed. */
const drafted = once(async (world) => {
  const draft = await liveDraftOf(world.here.admin, await imported(world, 'drafted-agent'))
  return { draftId: draft.id, revision: draft.revision }
})
async function propose(world: World, name: string) {
  const draft = await liveDraftOf(world.here.admin, await imported(world, name))
  const input = { draftId: draft.id, revision: draft.revision, message: 'First.' }
  return (await openProposal.execute(world.here.admin, input)).value
}
const proposed = once((world) => propose(world, 'proposed-agent'))

/** A published agent of department A, with its review on the calendar and a place to run. */
const published = once(async (world) => {
  const { approvalId } = await propose(world, 'published-agent')
  const seats = [world.everywhere.approver]
  seats.push(await aPerson(world.here.admin, [{ role: 'approver', departmentId: null }]))
  for (const approver of seats) await say(approver, approvalId, 'approve').catch(() => undefined)
  const agent = await agentFacts(world.here.admin, 'published-agent')
  const [review] = await world.database.asAdmin(
    "select id, digest from review where agent_id = $1 and state = 'open'",
    [agent.id],
  )
  const rootPath = mkdtempSync(join(tmpdir(), 'chancery-matrix-'))
  const place = { slug: 'matrix', rootPath, departmentId: world.a }
  const { value } = await registerWorkspace.execute(world.here.admin, place)
  const { id, liveVersionId: versionId } = agent
  return { agentId: id, versionId, workspaceId: value.workspaceId, review }
})
const started = once(async (world) => {
  const { agentId, workspaceId } = await published(world)
  const input = { agentId, workspaceId, task: 'Count the files.' }
  return (await startRun.execute(world.everywhere.operator, input)).value.runId
})

const kept = once(async ({ here, database }) => {
  const cases = [{ phrase: 'A kept request', expected: null }]
  await saveRoutingCases.execute(here.admin, { cases })
  const [row] = await database.asAdmin('select id from routing_case')
  return { caseId: String(row?.id) }
})
/** They test the whole catalog, so only a role held everywhere reaches them. */
const keepers = {
  place: 'installation',
  roles: ['author', 'approver', 'administrator'],
  system: false,
} as const

const author = { place: 'department', roles: ['author'], system: false } as const

export const WORK_ROWS: readonly Row[] = [
  {
    command: importFile,
    place: 'department',
    roles: ['author', 'administrator'],
    system: false,
    input: ({ world }) => ({
      departmentId: world.a,
      path: 'agents/new-agent.md',
      bytes: base64(text('new-agent')),
    }),
  },
  {
    command: assignAgent,
    place: 'department',
    roles: ['administrator'],
    system: false,
    input: async ({ world }) => {
      const { agentId } = await published(world)
      const ownerId = world.inA.author.id
      return { agentId, ownerId, sponsorId: world.inA.reviewer.id, departmentId: world.a }
    },
  },
  {
    command: checkAgent,
    place: 'department',
    roles: ['author', 'approver', 'reviewer', 'administrator'],
    system: false,
    input: async ({ world }) => ({ agentId: (await published(world)).agentId }),
  },
  {
    command: restoreVersion,
    ...author,
    // The only version is the live one: nothing to restore, which is told after the permission.
    ends: 'refused',
    input: async ({ world }) => ({ versionId: (await published(world)).versionId }),
  },
  {
    command: openDraft,
    ...author,
    input: async ({ world }) => ({ agentId: (await published(world)).agentId }),
  },
  {
    command: saveDraft,
    ...author,
    input: async ({ world }) => ({
      ...(await drafted(world)),
      bytes: base64(`${text('drafted-agent')}\nMore.\n`),
    }),
  },
  {
    command: discardDraft,
    ...author,
    // An agent that has only its draft keeps it.
    ends: 'refused',
    input: ({ world }) => drafted(world),
  },
  {
    command: openProposal,
    ...author,
    input: async ({ world }) => ({ ...(await drafted(world)), message: 'First.' }),
  },
  {
    command: withdrawProposal,
    ...author,
    // Only the person who proposed it.
    ends: 'refused',
    input: async ({ world }) => ({ proposalId: (await proposed(world)).proposalId }),
  },
  {
    command: decide,
    place: 'department',
    roles: ['approver'],
    system: false,
    input: async ({ world }) => {
      const { approvalId } = await proposed(world)
      const item = await inboxItem(world.everywhere.approver, approvalId)
      const { digest, renderedDigest } = item
      return { approvalId, verdict: 'reject', digest, renderedDigest, reason: 'Not this way.' }
    },
  },
  {
    command: expireApproval,
    place: 'department',
    roles: [],
    system: true,
    input: async ({ world }) => ({ approvalId: (await proposed(world)).approvalId }),
  },
  {
    command: completeReview,
    place: 'department',
    roles: ['reviewer'],
    system: false,
    input: async ({ world }) => {
      const { review } = await published(world)
      const { id, digest } = review ?? {}
      return { reviewId: id, digest, outcome: 'keep', reason: 'Used as meant.' }
    },
  },
  {
    command: registerWorkspace,
    place: 'department',
    roles: ['administrator'],
    system: false,
    input: ({ world }) => ({
      slug: 'another',
      rootPath: mkdtempSync(join(tmpdir(), 'chancery-matrix-')),
      departmentId: world.a,
    }),
  },
  {
    command: startRun,
    place: 'department',
    roles: ['operator'],
    system: false,
    // The workspace reads as absent to who may not run in it.
    denied: 'not_found',
    input: async ({ world }) => {
      const { agentId, workspaceId } = await published(world)
      return { agentId, workspaceId, task: 'Count the files.' }
    },
  },
  {
    command: stopRun,
    place: 'department',
    roles: ['operator', 'approver', 'administrator'],
    system: false,
    input: async ({ world }) => ({ runId: await started(world), reason: 'Enough.' }),
  },
  {
    command: answerOutcome,
    place: 'department',
    roles: ['approver'],
    system: false,
    ends: 'conflict',
    input: async ({ world }) => ({
      runId: await started(world),
      operation: 0,
      answer: 'happened',
      reason: 'Looked.',
    }),
  },
  {
    command: saveRoutingCases,
    ...keepers,
    input: () => ({ cases: [{ phrase: 'Another request', expected: null }] }),
  },
  { command: removeRoutingCase, ...keepers, input: ({ world }) => kept(world) },
]

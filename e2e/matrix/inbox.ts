import { openProposal } from '@/lib/agents/commands/open-proposal'
import { importText, liveDraftOf } from '@/lib/agents/testing/agents'
import { aDefinition } from '@/lib/agents/testing/definitions'
import { endAbsence, planAbsence } from '@/lib/inbox/commands/absence'
import { claimApproval, releaseApproval } from '@/lib/inbox/commands/claim'
import { handOver } from '@/lib/inbox/commands/hand-over'
import { snoozeApproval, wakeApproval } from '@/lib/inbox/commands/snooze'
import { viewApproval } from '@/lib/inbox/commands/view'
import { aPerson } from '@/lib/people/testing/organisation'
import type { Row } from './row'
import { once } from './world'

/** An open item of department A, and somebody else of it who may decide. */
const item = once(async ({ here, a }) => {
  const text = aDefinition({
    name: 'arranged-agent',
    tools: 'Read, Grep',
    authorised: 'Read, Grep',
  })
  const file = { path: 'agents/arranged-agent.md', text }
  const { slug } = await importText(here.admin, a, file)
  const draft = await liveDraftOf(here.admin, slug)
  const input = { draftId: draft.id, revision: draft.revision, message: 'First.' }
  const { approvalId } = (await openProposal.execute(here.admin, input)).value
  const other = await aPerson(here.admin, [{ role: 'approver', departmentId: a }])
  return { approvalId, other: other.id }
})

const HOUR = 3_600_000
const later = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
const approver = { place: 'department', roles: ['approver'], system: false } as const
const self = { place: 'self', roles: 'everybody', system: false } as const

export const INBOX_ROWS: readonly Row[] = [
  {
    command: snoozeApproval,
    ...approver,
    input: async ({ world }) => ({ approvalId: (await item(world)).approvalId, until: later(1) }),
  },
  {
    command: wakeApproval,
    ...approver,
    input: async ({ world }) => ({ approvalId: (await item(world)).approvalId }),
  },
  {
    command: claimApproval,
    ...approver,
    input: async ({ world }) => ({ approvalId: (await item(world)).approvalId }),
  },
  {
    command: releaseApproval,
    ...approver,
    input: async ({ world }) => ({ approvalId: (await item(world)).approvalId }),
  },
  {
    command: handOver,
    ...approver,
    input: async ({ world }) => {
      const { approvalId, other } = await item(world)
      return { approvalId, toId: other, note: 'You know this.' }
    },
  },
  {
    command: viewApproval,
    ...approver,
    input: async ({ world }) => ({
      approvalId: (await item(world)).approvalId,
      renderedDigest: 'a'.repeat(64),
    }),
  },
  {
    command: planAbsence,
    ...self,
    // Most of them decide nothing, and who does may name only an approver: a rule, not a permission.
    ends: 'refused',
    input: ({ person }) => ({ from: later(1), until: later(2), delegateId: person.id }),
  },
  {
    command: endAbsence,
    ...self,
    // Nobody here has planned one.
    ends: 'not_found',
    input: () => ({ absenceId: '0198c0de-0000-7000-8000-000000000000' }),
  },
]

import { applyFix } from '@/lib/agents/commands/apply-fix'
import { revokeWaiver, withdrawWaiver } from '@/lib/agents/commands/end-waiver'
import { resumeAgent, retireAgent, suspendAgent } from '@/lib/agents/commands/lifecycle'
import { requestWaiver } from '@/lib/agents/commands/request-waiver'
import { importText } from '@/lib/agents/testing/agents'
import { aDefinition } from '@/lib/agents/testing/definitions'
import { say } from '@/lib/inbox/testing/items'
import { anAgentWithAnError, published, waiverAsked } from '@/lib/inbox/testing/waivers'
import type { Row } from './row'
import { once, type World } from './world'

const place = { place: 'department', system: false } as const
const asks = { ...place, roles: ['author', 'approver'] } as const
const ends = { ...place, roles: ['approver', 'administrator'] } as const

const strays = (name: string) => (world: World) =>
  anAgentWithAnError(world.here.admin, { departmentId: world.a, name })

const fixable = once(strays('fixable-agent'))
const excusable = once(strays('excusable-agent'))
const asked = once(async (world) => {
  const of = await strays('asked-agent')(world)
  return waiverAsked(world.here.admin, { ...of, ownerId: world.inA.reviewer.id })
})
const approved = once(async (world) => {
  const of = await strays('excused-agent')(world)
  const item = await waiverAsked(world.here.admin, { ...of, ownerId: world.inA.reviewer.id })
  await say(world.everywhere.approver, item.approvalId, 'approve')
  return item
})

const live = (name: string) => async (world: World) => {
  const path = `agents/${name}.md`
  const tools = { tools: 'Read', authorised: 'Read' }
  await importText(world.here.admin, world.a, { path, text: aDefinition({ name, ...tools }) })
  const plan = { author: world.here.admin, approver: world.everywhere.approver, slug: name }
  return { agentId: await published(plan) }
}
const running = once(live('running-agent'))
const paused = once(async (world) => {
  const agent = await live('paused-agent')(world)
  const input = { ...agent, reason: 'Looked odd.' }
  await suspendAgent.execute(world.everywhere.approver, input)
  return agent
})

/** What is done about one agent: its findings, its exceptions, its state. */
export const AGENT_ROWS: readonly Row[] = [
  {
    command: applyFix,
    ...place,
    roles: ['author'],
    input: async ({ world }) => {
      const { agentId, digest, fingerprint } = await fixable(world)
      return { agentId, digest, fingerprint }
    },
  },
  {
    command: requestWaiver,
    ...asks,
    input: async ({ world }) => {
      const { agentId, digest, fingerprint, endsOn } = await excusable(world)
      const ownerId = world.inA.reviewer.id
      return { agentId, digest, fingerprint, endsOn, ownerId, reason: 'The release is tomorrow.' }
    },
  },
  {
    command: withdrawWaiver,
    ...asks,
    // Only the person who asked.
    ends: 'refused',
    input: async ({ world }) => ({ waiverId: (await asked(world)).waiverId }),
  },
  {
    command: revokeWaiver,
    ...ends,
    input: async ({ world }) => ({ waiverId: (await approved(world)).waiverId, reason: 'Fixed.' }),
  },
  {
    command: suspendAgent,
    ...ends,
    input: async ({ world }) => ({ ...(await running(world)), reason: 'It looked odd.' }),
  },
  {
    command: resumeAgent,
    ...ends,
    input: async ({ world }) => ({ ...(await paused(world)), reason: 'It was the clock.' }),
  },
  {
    command: retireAgent,
    ...ends,
    input: async ({ world }) => ({
      ...(await running(world)),
      ...{ reason: 'Nobody uses it.', typedName: 'running-agent' },
    }),
  },
]

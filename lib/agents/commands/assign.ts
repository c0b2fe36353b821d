import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { agent } from '@/drizzle/schema/agents'
import { department, person } from '@/drizzle/schema/people'
import { can } from '@/lib/auth/permissions'
import { command, UNCHANGED } from '@/lib/command/command'
import { ChanceryError, invalid, notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { assignAgentInput } from '../model'
import { type AgentRow, bytesOf, lockAgent } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { assess } from '../rules'
import { type Part, refreshCatalog, storeDefinition } from './store'

/**
 * Says who answers for an agent: owner, sponsor, department. Moving it needs the right in both
 * departments. Only active people can be named.
 */
export const assignAgent = command({
  name: 'agent.assign',
  permission: 'agent.assign',
  input: assignAgentInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, actor, input, subject, now, event }) => {
    const { ownerId, sponsorId, departmentId } = { ...subject, ...given(input) }
    if (!can(actor, 'agent.assign', departmentId)) {
      throw new ChanceryError('forbidden', 'You may not move an agent into that department.')
    }
    await requirePlace(tx, departmentId)
    await requirePeople(tx, [input.ownerId, input.sponsorId])
    const next = { ownerId, sponsorId, departmentId }
    const changed = (['owner', 'sponsor', 'department'] as const).filter(
      (what) => next[`${what}Id`] !== subject[`${what}Id`],
    )
    const value = { agentId: subject.id }
    if (changed.length === 0) return { value, fact: UNCHANGED }
    await tx
      .update(agent)
      .set({ ownerId, sponsorId, departmentId, updatedAt: now, auditEventId: event })
      .where(eq(agent.id, subject.id))
    if (changed.includes('department'))
      await checkInNewPlace({ tx, now, event }, subject, departmentId)
    return {
      value,
      fact: {
        action: 'agent.assigned',
        dept: departmentId,
        targets: [{ t: 'agent', id: subject.id }],
        data: { owner: ownerId, sponsor: sponsorId, department: departmentId, changed },
      },
    }
  },
})

/** What a department allows differs from the next one's: the findings are those of the new place. */
async function checkInNewPlace(part: Part, moved: AgentRow, departmentId: string): Promise<void> {
  const setting = await settingOf(part.tx, { departmentId, fileName: moved.fileName })
  const bytes = await bytesOf(part.tx, moved.digest)
  const assessed = assess(bytes, setting)
  await storeDefinition(part, bytes, assessed)
  await refreshCatalog(part, moved, assessed)
}

type Input = z.output<typeof assignAgentInput>

/** The input without what it leaves out: an absent field keeps what is there. */
function given({ ownerId, sponsorId, departmentId }: Input) {
  return {
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(sponsorId === undefined ? {} : { sponsorId }),
    ...(departmentId === undefined ? {} : { departmentId }),
  }
}

async function requirePlace(tx: Tx, id: string): Promise<void> {
  const rows = await tx.select({ id: department.id }).from(department).where(eq(department.id, id))
  if (rows.length === 0) notFound('This department')
}

async function requirePeople(tx: Tx, ids: readonly (string | null | undefined)[]): Promise<void> {
  const named = [...new Set(ids.filter((id) => typeof id === 'string'))]
  if (named.length === 0) return
  const rows = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(inArray(person.id, named), eq(person.state, 'active')))
  if (rows.length < named.length) invalid('Name people who are active here.')
}

import 'server-only'
import { eq } from 'drizzle-orm'
import { waiver } from '@/drizzle/schema/constitution'
import type { ApprovalState } from '@/lib/approvals/model'
import type { Fact } from '@/lib/audit/catalogue'
import { refused } from '@/lib/core/errors'
import type { lockWaiver } from '../queries/lock'
import type { Part } from './store'

type Locked = Awaited<ReturnType<typeof lockWaiver>>

/**
 * What a decision or its deadline brings about: a waiver in force until its last day, or none. Runs
 * inside the deciding transaction; the database refuses `approved` without an approved approval.
 */
export async function settleWaiver(
  part: Part,
  locked: Locked,
  settled: { state: ApprovalState; approvals: number },
): Promise<{ effect: string; facts: Fact[] }> {
  const { waiver: row, agent } = locked
  const approved = settled.state === 'approved'
  if (approved && agent.state === 'retired') {
    refused(`${agent.slug} is retired. There is nothing to excuse.`)
  }
  await part.tx
    .update(waiver)
    .set({
      state: approved ? 'approved' : 'rejected',
      settledAt: part.now,
      auditEventId: part.event,
    })
    .where(eq(waiver.id, row.id))
  if (!approved) {
    const because = settled.state === 'expired' ? 'expired' : 'rejected'
    return { effect: 'The finding stays.', facts: [refusedFact(locked, because)] }
  }
  const fact: Fact = {
    action: 'waiver.approved',
    dept: agent.departmentId,
    targets: targetsOf(locked),
    data: { rule: row.rule, ends_on: row.endsOn, approvals: settled.approvals },
  }
  return { effect: `${row.rule} is excused for ${agent.slug} until ${row.endsOn}.`, facts: [fact] }
}

/** The fact that a request came to nothing. */
export function refusedFact(locked: Locked, because: 'rejected' | 'withdrawn' | 'expired'): Fact {
  return {
    action: 'waiver.refused',
    dept: locked.agent.departmentId,
    targets: targetsOf(locked),
    data: { rule: locked.waiver.rule, because },
  }
}

function targetsOf({ waiver: row, agent }: Locked) {
  return [
    { t: 'waiver' as const, id: row.id },
    { t: 'agent' as const, id: agent.id },
  ]
}

'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import type { VerifyReport } from '@/lib/audit/report'
import { requireActor } from '@/lib/auth/current'
import { act, refuseForeignOrigin, reported } from '@/lib/command/act'
import type { Result } from '@/lib/core/result'
import {
  endAbsence as endAbsenceCommand,
  planAbsence as planAbsenceCommand,
} from './commands/absence'
import { claimApproval as claimCommand, releaseApproval as releaseCommand } from './commands/claim'
import { decide as decideCommand } from './commands/decide'
import { decideMany as decideManyItems, type ManyOutcome } from './commands/decide-many'
import { handOver as handOverCommand } from './commands/hand-over'
import { snoozeApproval as snoozeCommand, wakeApproval as wakeCommand } from './commands/snooze'
import { verifyLog as verify } from './commands/verify-log'

export const decide = act(decideCommand)
export const snoozeApproval = act(snoozeCommand)
export const wakeApproval = act(wakeCommand)
export const claimApproval = act(claimCommand)
export const releaseApproval = act(releaseCommand)
export const handOver = act(handOverCommand)
export const planAbsence = act(planAbsenceCommand)
export const endAbsence = act(endAbsenceCommand)

/** The same decision about several items; each goes through the one door alone. */
export async function decideMany(input: unknown, key?: unknown): Promise<Result<ManyOutcome[]>> {
  try {
    const list = await headers()
    refuseForeignOrigin(list)
    const value = await decideManyItems(await requireActor(), input, {
      key: typeof key === 'string' ? key : undefined,
      requestId: list.get('x-request-id') ?? undefined,
    })
    revalidatePath('/', 'layout')
    return { ok: true, value }
  } catch (error) {
    return reported(error, 'approval.decide-many')
  }
}

/** Recomputes the whole log; the report stays with whoever asked, the fact with everybody. */
export async function verifyLog(): Promise<Result<VerifyReport>> {
  try {
    refuseForeignOrigin(await headers())
    return await verify(await requireActor())
  } catch (error) {
    return reported(error, 'log.verify')
  }
}

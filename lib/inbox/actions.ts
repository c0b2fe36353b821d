'use server'

import { headers } from 'next/headers'
import type { VerifyReport } from '@/lib/audit/report'
import { requireActor } from '@/lib/auth/current'
import { act, refuseForeignOrigin, reported } from '@/lib/command/act'
import type { Result } from '@/lib/core/result'
import { decide as decideCommand } from './commands/decide'
import { verifyLog as verify } from './commands/verify-log'

export const decide = act(decideCommand)

/** Recomputes the whole log; the report stays with whoever asked, the fact with everybody. */
export async function verifyLog(): Promise<Result<VerifyReport>> {
  try {
    refuseForeignOrigin(await headers())
    return await verify(await requireActor())
  } catch (error) {
    return reported(error, 'log.verify')
  }
}

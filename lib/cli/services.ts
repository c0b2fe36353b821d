import 'server-only'
import { checkBetween } from '@/lib/agents/commands/between'
import { checkCatalog } from '@/lib/agents/commands/recheck'
import { remindOfDeadlines } from '@/lib/approvals/tell'
import { startSequencer } from '@/lib/audit/keeper'
import { WORKER } from '@/lib/auth/actor'
import { forgetRepeats } from '@/lib/command/housekeeping'
import { databaseTarget } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'
import { expireOverdue } from '@/lib/inbox/commands/expire'
import { enqueue } from '@/lib/jobs/enqueue'
import type { TaskHandlers } from '@/lib/jobs/tasks'
import { startWorker } from '@/lib/jobs/worker'
import { sendDigest, sweepMail } from '@/lib/notifications/digest'
import { advanceRun, wakeStalledRuns } from '@/lib/runs/engine'

const CONCURRENCY = 4

const HANDLERS: TaskHandlers = {
  'run.advance': ({ runId }) => advanceRun(runId),
  'run.sweep': () => wakeStalledRuns(),
  'approval.sweep': async () => {
    await expireOverdue(WORKER)
    await remindOfDeadlines(new Date())
  },
  'catalog.check': async (payload) => {
    await checkCatalog(payload)
    await checkBetween()
  },
  'catalog.between': () => checkBetween(),
  'mail.digest': ({ personId }) => sendDigest(personId),
  'mail.sweep': () => sweepMail(),
  housekeeping: () => forgetRepeats(),
}

export type Services = { stop: () => Promise<void> }

/** Starts what works in the background: jobs, and the sequencer that seals the log. */
export async function startServices(): Promise<Services> {
  const url = databaseTarget()?.url
  if (!url) throw new Error('openDatabase() comes first')
  const worker = await startWorker({ url, handlers: HANDLERS, concurrency: CONCURRENCY })
  // An upgrade may have brought other rules; what was checked already costs a glance.
  await transaction((tx) =>
    enqueue(tx, { task: 'catalog.check', payload: {}, key: 'catalog.check.start' }),
  )
  const sequencer = await startSequencer()
  return {
    stop: async () => {
      await Promise.allSettled([worker.stop(), sequencer.stop()])
    },
  }
}

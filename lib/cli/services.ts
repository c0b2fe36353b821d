import 'server-only'
import { startSequencer } from '@/lib/audit/keeper'
import { WORKER } from '@/lib/auth/actor'
import { forgetRepeats } from '@/lib/command/housekeeping'
import { databaseTarget } from '@/lib/db/client'
import { expireOverdue } from '@/lib/inbox/commands/expire'
import type { TaskHandlers } from '@/lib/jobs/tasks'
import { startWorker } from '@/lib/jobs/worker'
import { advanceRun, wakeStalledRuns } from '@/lib/runs/engine'

const CONCURRENCY = 4

const HANDLERS: TaskHandlers = {
  'run.advance': ({ runId }) => advanceRun(runId),
  'run.sweep': () => wakeStalledRuns(),
  'approval.sweep': () => expireOverdue(WORKER),
  housekeeping: () => forgetRepeats(),
}

export type Services = { stop: () => Promise<void> }

/** Starts what works in the background: jobs, and the sequencer that seals the log. */
export async function startServices(): Promise<Services> {
  const url = databaseTarget()?.url
  if (!url) throw new Error('openDatabase() comes first')
  const worker = await startWorker({ url, handlers: HANDLERS, concurrency: CONCURRENCY })
  const sequencer = await startSequencer()
  return {
    stop: async () => {
      await Promise.allSettled([worker.stop(), sequencer.stop()])
    },
  }
}

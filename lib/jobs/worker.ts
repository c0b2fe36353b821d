import 'server-only'
import { Logger, parseCronItems, type Runner, run, type Task } from 'graphile-worker'
import { databaseTarget } from '@/lib/db/client'
import { enginePool } from '@/lib/db/engine-pool'
import { SCHEDULE, TASKS, type TaskHandlers, type TaskName } from './tasks'

export type WorkerHandle = { stop: () => Promise<void> }

/**
 * Starts a worker on the application's connection. Several may run at once, in the web process or
 * beside it. A failed job is retried by graphile-worker with its own back-off.
 */
export async function startWorker(options: {
  url: string
  handlers: TaskHandlers
  concurrency: number
}): Promise<WorkerHandle> {
  // One connection more listens for new jobs, one more writes results.
  const pool = enginePool(() => databaseTarget()?.url ?? options.url, options.concurrency + 2)
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: options.concurrency,
    pollInterval: 1_000,
    // The process that starts us decides when to stop.
    noHandleSignals: true,
    taskList: Object.fromEntries(
      (Object.keys(TASKS) as TaskName[]).map((name) => [name, taskOf(name, options.handlers)]),
    ),
    parsedCronItems: parseCronItems([...SCHEDULE]),
    logger: new Logger(() => (level, message) => {
      if (level === 'error') console.error(`[worker] ${message}`)
    }),
  })
  runner.promise.catch((error: unknown) => console.error('[worker] stopped:', error))
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}

function taskOf<Name extends TaskName>(name: Name, handlers: TaskHandlers): Task {
  return async (payload) => {
    const parsed = TASKS[name].parse(payload)
    await handlers[name](parsed as Parameters<TaskHandlers[Name]>[0])
  }
}

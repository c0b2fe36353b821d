import { z } from 'zod'

/** Every background task of the product with the payload that it takes. */
export const TASKS = {
  /** One transition of one run. */
  'run.advance': z.strictObject({ runId: z.uuid() }),
  /** Wakes runs that could move and that no worker holds. */
  'run.sweep': z.looseObject({}),
  /** Brings approvals past their deadline to their frozen outcome. */
  'approval.sweep': z.looseObject({}),
  /** Checks every agent under the rulebook in force, and under the draft of the next one. */
  'catalog.check': z.strictObject({ published: z.boolean().optional() }),
  /** Forgets what only protects against repeats: old idempotency keys and rate buckets. */
  housekeeping: z.looseObject({}),
} as const

export type TaskName = keyof typeof TASKS
export type TaskPayload<Name extends TaskName> = z.output<(typeof TASKS)[Name]>
export type TaskHandlers = {
  [Name in TaskName]: (payload: TaskPayload<Name>) => Promise<void>
}

/** What runs by the clock: cron expressions with minute precision, UTC. */
export const SCHEDULE: readonly { task: TaskName; match: string }[] = [
  { task: 'approval.sweep', match: '* * * * *' },
  { task: 'run.sweep', match: '* * * * *' },
  { task: 'housekeeping', match: '17 3 * * *' },
]

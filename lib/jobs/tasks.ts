import { z } from 'zod'

/** Every background task of the product with the payload that it takes. */
export const TASKS = {
  /** One transition of one run. */
  'run.advance': z.strictObject({ runId: z.uuid() }),
  /** Wakes runs that could move and that no worker holds. */
  'run.sweep': z.looseObject({}),
  /** Brings approvals past their deadline to their frozen outcome, and reminds of those to come. */
  'approval.sweep': z.looseObject({}),
  /** Checks every agent under the rulebook in force, and under the draft of the next one. */
  'catalog.check': z.strictObject({ published: z.boolean().optional() }),
  /** Applies the rules between files, when anything has changed. */
  'catalog.between': z.looseObject({}),
  /** One mail to one person with what they have not read; again while one waits. */
  'mail.digest': z.strictObject({ personId: z.uuid() }),
  /** Wakes mails that a crash left lying. */
  'mail.sweep': z.looseObject({}),
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
  { task: 'catalog.between', match: '*/2 * * * *' },
  { task: 'mail.sweep', match: '*/5 * * * *' },
  { task: 'housekeeping', match: '17 3 * * *' },
]

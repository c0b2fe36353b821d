import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import type { Tx } from '@/lib/db/transaction'
import { aStage, type Stage } from '@/lib/runs/testing/stage'
import { behind } from './testing/behind'
import { endOf } from './testing/proposals'

// What somebody does who holds the application's password and writes a proper fact, but no decision.

let database: TestDatabase
let stage: Stage
let runId: string

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
  runId = await stage.start('`git push`')
  await stage.drive(runId)
})
afterAll(async () => {
  stage?.remove()
  await database?.close()
})

const set = (table: string, change: string, where: string) =>
  endOf(
    behind(
      (_tx: Tx, event: string) =>
        sql`update ${sql.raw(table)} set ${sql.raw(change)}, audit_event_id = ${event}
          where run_id = ${runId} and ${sql.raw(where)}`,
    ),
  )
const held = (change: string) => set('tool_call', change, "state = 'awaiting_approval'")

describe('a held call without a decision', () => {
  test.each(['approved', 'executing', 'succeeded', 'failed', 'outcome_unknown'])(
    'is not moved on to %s around the command',
    async (state) => {
      expect(await held(`state = '${state}'`)).toBe('CH002')
    },
  )

  test('is not turned into an allowed one', async () => {
    expect(await held("verdict = 'allowed', state = 'approved'")).toBe('CH002')
  })

  test('keeps its arguments, its commands and its approval', async () => {
    expect(await held("effective_args = '{}'")).toBe('CH001')
    expect(await held("gated = '[]'")).toBe('CH001')
    expect(await held('approval_id = null')).toBe('CH001')
  })

  test('a refused one stays refused', async () => {
    expect(await held("state = 'rejected'")).toBe('done')
    expect(await set('tool_call', "state = 'approved'", "state = 'rejected'")).toBe('CH002')
  })
})

describe('a change-set without a decision', () => {
  test.each(['approved', 'applying', 'applied'])('is not %s around the command', async (state) => {
    runId = await stage.start('Change one line')
    await stage.drive(runId)
    await stage.answer(runId, 'reject')
    expect(await stage.drive(runId)).toBe('suspended: change_set')
    expect(await set('change_set', `state = '${state}'`, 'true')).toBe('CH002')
    expect(await set('change_set', "files = '[]', approval_id = null", 'true')).toBe('CH001')
  })
})

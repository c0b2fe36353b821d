import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLAIMED_HISTORY } from '@/lib/agents/testing/definitions'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { decisionStats, driftByRule } from './queries/overview'
import { anInbox, say, type TestInbox } from './testing/items'

let database: TestDatabase
let inbox: TestInbox

beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

test('drift counts agents in force by rule, and drafts and foreign departments not at all', async () => {
  const history = CLAIMED_HISTORY
  await inbox.proposed('only-a-draft', { history })
  expect(await driftByRule(inbox.anna)).toEqual({ rules: [], active: 0 })
  for (const name of ['one', 'two']) {
    const { approvalId } = await inbox.proposed(name, { history })
    await say(inbox.bert, approvalId, 'approve')
  }
  const { approvalId } = await inbox.proposed('clean')
  await say(inbox.bert, approvalId, 'approve')
  const { rules, active } = await driftByRule(inbox.anna)
  expect(active).toBe(3)
  expect(rules.find((one) => one.rule === 'history-approver')).toMatchObject({
    severity: 'warning',
    agents: ['one', 'two'],
    count: 2,
  })
  expect(await driftByRule(inbox.foreign)).toEqual({ rules: [], active: 0 })
})

test('decisions are counted on the reader’s day for the last 28 days, in their departments', async () => {
  const { approvalId } = await inbox.proposed('denied')
  await say(inbox.bert, approvalId, 'reject')
  const { days, waits } = await decisionStats(inbox.anna, 'Pacific/Auckland')
  expect(days).toHaveLength(28)
  expect(days.at(-1)).toMatchObject({ approved: 3, changes: 0, denied: 1 })
  expect(days.slice(0, -1).every((day) => day.approved + day.denied === 0)).toBe(true)
  expect(new Date(days.at(-1)?.day ?? '').getTime()).toBeGreaterThan(Date.now() - 2 * 86_400_000)
  expect(waits).toMatchObject([{ kind: 'proposal', count: 4 }])
  expect(waits[0]?.ms).toBeGreaterThanOrEqual(0)
  const elsewhere = await decisionStats(inbox.foreign, 'UTC')
  expect(elsewhere.days.every((day) => day.approved + day.denied === 0)).toBe(true)
  expect(elsewhere.waits).toEqual([])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aPerson } from '@/lib/people/testing/organisation'
import { aStage, type Stage } from '@/lib/runs/testing/stage'
import { decideMany } from './commands/decide-many'
import { viewApproval } from './commands/view'
import { inboxItem } from './queries/item'
import { say } from './testing/items'
import { endOf } from './testing/proposals'

let database: TestDatabase
let stage: Stage

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
})
afterAll(async () => {
  stage?.remove()
  await database?.close()
})

/** Files that a run wants to write: an item of medium risk that waits for people. */
async function aChangeSet(name: string): Promise<{ approvalId: string; digest: string }> {
  const runId = await stage.start(`Explain posting in docs/${name}.md without git`)
  expect(await stage.drive(runId)).toBe('suspended: change_set')
  const [item] = await database.asAdmin(
    "select id, digest from approval where run_id = $1 and state = 'open'",
    [runId],
  )
  return { approvalId: String(item?.id), digest: String(item?.digest) }
}
async function open(approvalId = ''): Promise<string> {
  const { renderedDigest } = await inboxItem(stage.approver, approvalId)
  await viewApproval.execute(stage.approver, { approvalId, renderedDigest })
  return renderedDigest
}
const decisions = async (approvalId: string) =>
  database.asAdmin(
    'select verdict, rendered_digest, reason, audit_event_id from decision where approval_id = $1',
    [approvalId],
  )

test('items that were opened are approved together, one fact each; unopened ones are not', async () => {
  const items = [await aChangeSet('one'), await aChangeSet('two')]
  const asked = { verdict: 'approve', items }
  const shown = [await open(items[0]?.approvalId)]
  await expect(decideMany(stage.approver, asked)).rejects.toThrow('1 of them was never opened')
  shown.push(await open(items[1]?.approvalId))
  const outcomes = await decideMany(stage.approver, asked, { key: 'together-approved' })
  expect(outcomes.map((one) => one.ok)).toEqual([true, true])
  const facts = new Set(outcomes.map((one) => one.fact))
  expect(facts.size).toBe(2)
  for (const { approvalId } of items) {
    const [said] = await decisions(approvalId)
    expect(said?.verdict).toBe('approve')
    expect(shown).toContain(said?.rendered_digest)
    expect(facts).toContain(said?.audit_event_id)
  }
  // A lost answer, asked again: the first outcomes, and nothing twice.
  expect(await decideMany(stage.approver, asked, { key: 'together-approved' })).toEqual(outcomes)
})

test('one that somebody else settled meanwhile is named, and stops nothing', async () => {
  const items = [await aChangeSet('three'), await aChangeSet('four')]
  const { admin, departmentId } = stage
  const other = await aPerson(admin, [{ role: 'approver', departmentId }], 'Other Approver')
  await say(other, items[0]?.approvalId ?? '', 'reject')
  const outcomes = await decideMany(stage.approver, {
    ...{ verdict: 'reject', reason: 'Not now.', items },
  })
  expect(outcomes.map((one) => one.ok)).toEqual([false, true])
  expect(outcomes[0]?.words).toContain('already settled')
  expect(await decisions(items[1]?.approvalId ?? '')).toMatchObject([{ reason: 'Not now.' }])
})

test('the limits hold for whoever asks past the screen', async () => {
  const one = await aChangeSet('five')
  const many = (items: unknown, verdict = 'reject') =>
    endOf(decideMany(stage.approver, { verdict, reason: 'No.', items }))
  expect(await many([])).toBe('invalid')
  expect(await many([one, one])).toBe('refused')
  expect(await many(Array.from({ length: 21 }, () => one))).toBe('invalid')
  const foreign = { ...one, approvalId: '0198c0de-0000-7000-8000-000000000000' }
  expect(await many([one, foreign])).toBe('refused')
  expect(
    await endOf(decideMany(stage.operator, { verdict: 'reject', reason: 'No.', items: [one] })),
  ).toBe('refused')
  expect(await decisions(one.approvalId)).toEqual([])
  const stale = { ...one, digest: '0'.repeat(64) }
  const [outcome] = await decideMany(stage.approver, {
    ...{ verdict: 'reject', reason: 'No.', items: [stale] },
  })
  expect(outcome).toMatchObject({ ok: false, fact: null })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aStage, type Stage } from '@/lib/runs/testing/stage'
import type { ChangeSetSubject, InboxItem, ToolCallSubject } from './model'
import { inboxItem } from './queries/item'
import { inboxList } from './queries/list'

let database: TestDatabase
let stage: Stage

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
})
afterAll(async () => {
  await database.close()
  stage.remove()
})

/** The item that a run waits for, as its approver sees it. */
async function waitingItem(runId: string): Promise<InboxItem> {
  const [row] = await database.asAdmin(
    "select id from approval where run_id = $1 and state = 'open'",
    [runId],
  )
  return inboxItem(stage.approver, String(row?.id))
}
const call = (item: InboxItem): ToolCallSubject => {
  if (item.subject.kind !== 'tool_call') throw new Error(item.subject.kind)
  return item.subject
}
const set = (item: InboxItem): ChangeSetSubject => {
  if (item.subject.kind !== 'change_set') throw new Error(item.subject.kind)
  return item.subject
}

test('a held call shows its arguments whole, the held commands and what the agent said with it', async () => {
  const runId = await stage.start('Only read. `ls -la && git push origin HEAD:main`')
  expect(await stage.drive(runId)).toBe('suspended: tool_call')
  const item = await waitingItem(runId)
  const subject = call(item)
  expect(subject).toMatchObject({ tool: 'Bash', class: 'outbound', incomplete: null, hidden: 0 })
  expect(subject.args.map((arg) => [arg.name, arg.text])).toContainEqual([
    'command',
    'ls -la && git push origin HEAD:main',
  ])
  expect(subject.gated.map((line) => [line.text, line.cwd])).toEqual([
    ['git push origin HEAD:main', '.'],
  ])
  const [command] = subject.args.filter((arg) => arg.name === 'command')
  expect(command?.matches.map((m) => command.text.slice(m.start, m.end))).toEqual([
    'git push origin HEAD:main',
  ])
  expect(subject.explanation).toMatch(/rehearsal/)
  expect(subject.run).toMatchObject({ workspace: 'ledger', startedBy: { id: stage.operator.id } })
  expect(item.viewer.why).toBeNull()
})

test('whoever started the run is named as barred and reads why', async () => {
  const runId = await stage.start('Only read. `git push origin HEAD:main`')
  await stage.drive(runId)
  const { id } = await waitingItem(runId)
  const seen = await inboxItem(stage.operator, id)
  expect(seen.viewer.why).toBe('You started this run. Someone else must decide.')
  expect(seen.standing.filter((one) => one.barred !== null)).toMatchObject([
    { id: stage.operator.id, barred: 'starter', you: true },
  ])
  const waiting = await inboxList(stage.operator, { view: 'waiting' })
  expect(waiting.groups[0]?.rows.find((row) => row.id === id)).toMatchObject({
    kind: 'tool_call',
    agent: 'ledger-keeper',
    to: '1.0.0',
    askedBy: { id: stage.operator.id },
  })
})

test('decided calls of the same agent under the same rule stand beside the next one', async () => {
  const first = await stage.start('Only read. `git push origin HEAD:main`')
  await stage.drive(first)
  const { id } = await waitingItem(first)
  await stage.answer(first, 'reject', 'Open a pull request.')
  const next = await stage.start('Only read. `git push origin HEAD:other`')
  await stage.drive(next)
  const [similar] = call(await waitingItem(next)).similar
  expect(similar).toMatchObject({ id, state: 'rejected', line: 'git push origin HEAD:main' })
  expect(similar?.by).toBe(stage.approver.name)
  const decided = await inboxItem(stage.approver, id)
  expect(call(decided).explanation).toBe(call(await waitingItem(next)).explanation)
})

test('a change-set shows every file against its base, and the commands that follow', async () => {
  const runId = await stage.start('Change src/tariff.ts and commit it.')
  await stage.drive(runId)
  if ((await stage.row(runId)).waiting_for === 'tool_call') {
    await stage.answer(runId, 'approve')
    await stage.drive(runId)
  }
  const item = await waitingItem(runId)
  const subject = set(item)
  expect(subject.incomplete).toBeNull()
  expect(subject.files.length).toBeGreaterThan(0)
  for (const file of subject.files) {
    expect(file.diff?.added).toBe(file.added)
    expect(file.diff?.removed).toBe(file.removed)
  }
  expect(subject.operations.map((line) => line.text.split(' ')[0])).toContain('git')
  const again = await inboxItem(stage.approver, item.id)
  expect(again.renderedDigest).toBe(item.renderedDigest)
})

test('a change-set still shows what was signed after the workspace moved on', async () => {
  const runId = await stage.start('Change src/tariff.ts, no git.')
  await stage.drive(runId)
  const before = await waitingItem(runId)
  for (const file of set(before).files) writeFileSync(join(stage.root, file.path), 'moved on\n')
  expect(set(await inboxItem(stage.approver, before.id)).files).toEqual(set(before).files)
})

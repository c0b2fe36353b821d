import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '@/lib/core/sha256'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { harnessClient } from '@/lib/db/testing/template'
import { decide } from '@/lib/inbox/commands/decide'
import { aPerson } from '@/lib/people/testing/organisation'
import { advanceRun } from './engine'
import { type Look, lookInto } from './testing/look'
import { aStage, type Stage } from './testing/stage'

let database: TestDatabase
let stage: Stage
let look: Look

beforeAll(async () => {
  database = await freshDatabase()
  look = lookInto(database)
  stage = await aStage(database)
})
afterAll(async () => {
  stage?.remove()
  await database?.close()
})
beforeEach(() => {
  stage.git('reset', '-q', '--hard', 'first')
  stage.git('clean', '-fdq')
})

const read = (path: string) => readFileSync(join(stage.root, path), 'utf8')
const commits = () => Number(stage.git('rev-list', '--count', 'HEAD'))

describe('a whole run', () => {
  test('touches nothing before people said so; then files and commit appear once', async () => {
    const runId = await stage.start('Explain posting in docs/guide.md')
    expect(await stage.drive(runId)).toBe('suspended: tool_call')
    expect(await stage.answer(runId, 'approve')).toContain('goes on')
    expect(await stage.drive(runId)).toBe('suspended: change_set')
    expect(existsSync(join(stage.root, 'docs/guide.md'))).toBe(false)
    expect([commits(), stage.git('status', '--porcelain')]).toEqual([1, ''])
    expect(await stage.answer(runId, 'approve')).toContain('being written')
    expect(await stage.drive(runId)).toBe('succeeded')
    expect(read('docs/guide.md')).toContain('Explain posting')
    expect(read('README.md')).toContain('(rehearsed)')
    expect([commits(), stage.git('status', '--porcelain')]).toEqual([2, ''])
    expect(stage.git('log', '-1', '--format=%an')).toContain('ledger-keeper (Chancery run')
  })

  test('leaves a fact for every transition, in order', async () => {
    const runId = await stage.start('`git tag done`')
    await stage.drive(runId)
    await stage.answer(runId, 'approve')
    await stage.drive(runId)
    await stage.answer(runId, 'approve')
    await stage.drive(runId)
    const told = await look.facts(runId)
    expect(told.slice(0, 4)).toEqual([
      'run.queued',
      'run.started',
      'run.advanced',
      'tool_call.allowed',
    ])
    const from = told.indexOf('tool_call.held')
    expect(told.slice(from, from + 2)).toEqual(['tool_call.held', 'run.suspended'])
    const last = told.slice(told.indexOf('change_set.approved'))
    expect(last).toEqual([
      'change_set.approved',
      'run.resumed',
      'change_set.applying',
      'change_set.applied',
      'tool_call.executing',
      'tool_call.executed',
      'run.finished',
    ])
  })

  test('that only read finishes without asking anybody', async () => {
    const runId = await stage.start('Only read the README.md')
    expect(await stage.drive(runId)).toBe('succeeded')
    expect(await stage.row(runId)).toMatchObject({ outcome: 'no_changes', waiting_for: null })
  })

  test('conversation bodies are kept as text, byte for byte as they were sent', async () => {
    const runId = await stage.start('Only read the README.md')
    await stage.drive(runId)
    const rows = await database.asAdmin(
      'select body, role from run_message where run_id = $1 order by ordinal',
      [runId],
    )
    expect(rows[0]?.body).toBe('{"role":"user","content":"Only read the README.md"}')
    for (const row of rows) expect(JSON.stringify(JSON.parse(String(row.body)))).toBe(row.body)
  })
})

describe('people decide', () => {
  test('a denied call is told to the model with the words of who denied it, and nothing ran', async () => {
    const runId = await stage.start('`git push origin main`')
    await stage.drive(runId)
    await stage.answer(runId, 'reject', 'Use a branch.')
    expect(await stage.drive(runId)).toBe('suspended: change_set')
    const held = (await look.calls(runId)).find((call) => call.rule_id === 'git-approval')
    expect(held).toMatchObject({ state: 'denied', verdict: 'held' })
    expect(held?.result).toContain('Use a branch.')
    const told = await look.one(
      "select body from run_message where run_id = $1 and role = 'tool' order by ordinal desc limit 1",
      runId,
    )
    expect(told.body).toContain('"error-text"')
  })

  test('a rejected change-set leaves every file as it was', async () => {
    const runId = await stage.start('Change README.md without git')
    expect(await stage.drive(runId)).toBe('suspended: change_set')
    await stage.answer(runId, 'reject', 'Not now.')
    expect(await stage.drive(runId)).toBe('succeeded')
    expect(await stage.row(runId)).toMatchObject({ outcome: 'rejected' })
    expect(stage.git('status', '--porcelain')).toBe('')
  })

  test('the person who started the run cannot approve its calls, even as an approver', async () => {
    const both = await aPerson(stage.admin, [
      { role: 'approver', departmentId: stage.departmentId },
      { role: 'operator', departmentId: stage.departmentId },
    ])
    const runId = await stage.start('`git push`', both)
    await stage.drive(runId)
    await expect(stage.answer(runId, 'approve', '', both)).rejects.toThrow('You started this run')
  })

  test('of three approvals at once one wins, and four workers at once commit once', async () => {
    const people = [stage.approver]
    for (let i = 0; i < 2; i++) {
      people.push(
        await aPerson(stage.admin, [{ role: 'approver', departmentId: stage.departmentId }]),
      )
    }
    const runId = await stage.start('`git commit --allow-empty -m once`')
    await stage.drive(runId)
    const said = await Promise.allSettled(
      people.map((person) => stage.answer(runId, 'approve', '', person)),
    )
    expect(said.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const row = () => stage.row(runId)
    const four = () => Promise.all([1, 2, 3, 4].map(() => advanceRun(runId)))
    for (let i = 0; i < 10 && (await row()).state === 'ready'; i++) await four()
    await stage.answer(runId, 'approve')
    for (let i = 0; i < 10 && (await row()).state === 'ready'; i++) await four()
    expect((await row()).state).toBe('succeeded')
    expect(commits()).toBe(2)
  })

  test('a claim that raced with a suspension leaves no lease behind', async () => {
    const runId = await stage.start('`git push`')
    await advanceRun(runId)
    await database.asAdmin('alter table run disable trigger tie_change')
    const other = harnessClient(database.adminUrl)
    let late: Promise<void> = Promise.resolve()
    await other.begin(async (sql) => {
      await sql`select from run_lease where run_id = ${runId} for update`
      late = advanceRun(runId)
      await new Promise((wait) => setTimeout(wait, 500))
      await sql`update run set state = 'suspended', waiting_for = 'outcome' where id = ${runId}`
    })
    await late
    await other.end()
    await database.asAdmin('alter table run enable always trigger tie_change')
    const lease = await look.one(
      'select lease_until <= now() as free, attempt from run_lease where run_id = $1',
      runId,
    )
    expect(lease).toEqual({ free: true, attempt: 0 })
  })

  test('an approval is for these bytes: another digest is refused', async () => {
    const runId = await stage.start('`git push`')
    await stage.drive(runId)
    const item = await look.one(
      "select id from approval where run_id = $1 and state = 'open'",
      runId,
    )
    const input = { approvalId: String(item.id), verdict: 'approve', reason: '' }
    const other = { digest: sha256('other'), renderedDigest: sha256('x') }
    await expect(decide.execute(stage.approver, { ...input, ...other })).rejects.toThrow(
      'other bytes',
    )
  })
})

describe('what is approved is what runs', () => {
  const force = { argv: ['git', 'push', '--force'], cwd: '.', stdin: null }
  test.each([
    [
      'arguments',
      'tool_call',
      `effective_args = '${JSON.stringify({ command: 'git push --force' })}'`,
    ],
    ['list of commands', 'tool_call', `gated = '${JSON.stringify([force])}'`],
    ['overlay', 'run_overlay', 'mode = 33261'],
  ] as const)(
    'a changed %s voids the approval, and people are asked again',
    async (_, table, set) => {
      const runId = await stage.start('`git push`')
      await stage.drive(runId)
      await stage.answer(runId, 'approve')
      const last = table === 'tool_call' ? " and state = 'approved'" : ''
      await look.vandalise(table, `update ${table} set ${set} where run_id = '${runId}'${last}`)
      expect(await stage.drive(runId)).toBe('suspended: tool_call')
      const approvals = await database.asAdmin(
        'select state from approval where run_id = $1 order by opened_at',
        [runId],
      )
      expect(approvals.map((row) => row.state)).toEqual(['approved', 'open'])
    },
  )

  test('a changed overlay is not applied under the old approval', async () => {
    const runId = await stage.start('Change README.md without git')
    await stage.drive(runId)
    await stage.answer(runId, 'approve')
    await look.vandalise(
      'run_overlay',
      `update run_overlay set mode = 33261 where run_id = '${runId}'`,
    )
    expect(await stage.drive(runId)).toBe('failed')
    expect(stage.git('status', '--porcelain')).toBe('')
    expect((await stage.row(runId)).error).toContain('not the one that was approved')
  })
})

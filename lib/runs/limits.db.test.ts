import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, aPerson } from '@/lib/people/testing/organisation'
import { stopRun } from './commands/stop'
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

describe('the workspace moved meanwhile', () => {
  test('is a conflict: nothing is written and the run says which file', async () => {
    const runId = await stage.start('Change README.md, write docs/new.md without git')
    await stage.drive(runId)
    writeFileSync(join(stage.root, 'README.md'), 'theirs\n')
    await stage.answer(runId, 'approve')
    expect(await stage.drive(runId)).toBe('failed')
    expect(read('README.md')).toBe('theirs\n')
    expect(existsSync(join(stage.root, 'docs/new.md'))).toBe(false)
    expect((await stage.row(runId)).error).toContain('README.md')
    expect(await look.facts(runId)).toContain('change_set.conflicted')
  })

  test('does not reach a run that began before: the base is pinned', async () => {
    const runId = await stage.start('Only read README.md')
    await advanceRun(runId)
    writeFileSync(join(stage.root, 'README.md'), 'changed later\n')
    await stage.drive(runId)
    const result = (await look.calls(runId)).find((call) => call.tool === 'Read')?.result
    expect(result).toContain('Posts entries once')
  })
})

describe('a worker that lost its lease in the middle of a call', () => {
  test('writes nothing, although the run stands where it left it: one result, by the other', async () => {
    const runId = await stage.start('Only read. `sleep 2; echo done`')
    const approved =
      "select count(*)::int as n from tool_call where run_id = $1 and tool = 'Bash' and state = 'approved'"
    while ((await look.one(approved, runId)).n !== 1) await advanceRun(runId)
    const first = advanceRun(runId)
    await sleep(1_000)
    await database.asAdmin('update run_lease set lease_until = now() where run_id = $1', [runId])
    const second = advanceRun(runId)
    await first
    expect((await look.one(approved, runId)).n).toBe(1)
    await second
    expect((await look.one(approved, runId)).n).toBe(0)
    await stage.drive(runId)
    const told = await look.one(
      `select count(*)::int as n from run_message
       where run_id = $1 and role = 'tool' and body like '%done%'`,
      runId,
    )
    expect(told.n).toBe(1)
  })
})

describe('stopping', () => {
  test('ends a waiting run at once and withdraws what waits for people', async () => {
    const runId = await stage.start('`git push`')
    await stage.drive(runId)
    await stopRun.execute(stage.operator, { runId, reason: 'Wrong task.' })
    expect(await stage.row(runId)).toMatchObject({ state: 'cancelled', waiting_for: null })
    const item = await look.one('select state from approval where run_id = $1', runId)
    expect(item.state).toBe('withdrawn')
    await advanceRun(runId)
    expect((await stage.row(runId)).state).toBe('cancelled')
  })

  test('wins over a worker that is in the middle of a call: its result is not written', async () => {
    const runId = await stage.start('`sleep 2; echo late > late.txt`')
    for (let i = 0; i < 40; i++) {
      const next = await look.one(
        "select count(*)::int as n from tool_call where run_id = $1 and tool = 'Bash' and state = 'approved'",
        runId,
      )
      if (next.n === 1) break
      await advanceRun(runId)
    }
    const working = advanceRun(runId)
    await new Promise((wait) => setTimeout(wait, 600))
    await stopRun.execute(stage.operator, { runId })
    await working
    const last = (await look.calls(runId)).at(-1)
    expect(last).toMatchObject({ tool: 'Bash', state: 'denied', result: null })
    expect((await stage.row(runId)).state).toBe('cancelled')
  })

  test('a run that is over cannot be stopped', async () => {
    const runId = await stage.start('Only read')
    await stage.drive(runId)
    await expect(stopRun.execute(stage.operator, { runId })).rejects.toThrow('over already')
  })
})

describe('what is refused', () => {
  test.each([
    ['a path outside the workspace', 'Write ../secret.txt without git', 'inside-workspace'],
    ['git that starts a hidden program', '`git -c core.pager=sh log`', 'no-hidden-programs'],
  ])('%s is denied by its rule, told to the model, and the run goes on', async (_, task, rule) => {
    const runId = await stage.start(task)
    expect(await stage.drive(runId)).toBe('suspended: change_set')
    const denied = (await look.calls(runId)).filter((call) => call.state === 'denied_by_policy')
    expect(denied).toMatchObject([{ rule_id: rule, verdict: 'denied' }])
    expect(await look.facts(runId)).toContain('tool_call.denied')
  })

  test('a run does not start for an agent that is not active, and that leaves a fact', async () => {
    const set = (state: string) =>
      look.vandalise('agent', `update agent set state = '${state}' where id = '${stage.agentId}'`)
    await set('suspended')
    await expect(stage.start('Anything')).rejects.toThrow('suspended')
    await set('active')
    expect(await look.facts(stage.agentId)).toContain('run.refused')
  })

  test('an overdue review stops new runs after its days of grace', async () => {
    const set = (date: string) =>
      look.vandalise(
        'agent',
        `update agent set next_review_on = '${date}' where id = '${stage.agentId}'`,
      )
    await set('2020-01-01')
    await expect(stage.start('Anything')).rejects.toThrow('days overdue')
    await set('2099-01-01')
  })

  test('a model without a connection is refused, never replaced by a rehearsal', async () => {
    await expect(stage.start('Anything', stage.operator, 'acme/large')).rejects.toThrow(
      'There is no model acme/large',
    )
  })

  test('a person of another department sees neither agent nor run', async () => {
    const elsewhere = await aDepartment(stage.admin, 'Elsewhere')
    const stranger = await aPerson(stage.admin, [{ role: 'operator', departmentId: elsewhere }])
    await expect(stage.start('Anything', stranger)).rejects.toMatchObject({ code: 'not_found' })
  })
})

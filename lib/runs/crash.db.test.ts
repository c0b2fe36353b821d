import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RUN_LEASE_MS } from '@/lib/core/limits'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { answerOutcome } from './commands/outcome'
import { advanceRun, wakeStalledRuns } from './engine'
import { aStage, type Stage } from './testing/stage'
import { aWorker, passLease, type TestWorker } from './testing/worker'

let database: TestDatabase
let stage: Stage
let survivor: TestWorker

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database, { tools: 'Write, Bash' })
  survivor = await aWorker(database, { data: stage.data })
})
afterAll(async () => {
  survivor?.signal('SIGKILL')
  await survivor?.ended
  stage?.remove()
  await database?.close()
})
beforeEach(() => {
  survivor.signal('SIGSTOP')
  stage.git('reset', '-q', '--hard', 'first')
  stage.git('clean', '-fdq')
})

/** Four files, three from the shell, and one commit: something to do twice at every point. */
const TASK =
  'Write d/four.txt, then `for i in one two three; do echo $i > d/$i.txt; done` and `git commit -q --allow-empty -m deployed`'
const FILES = ['four', 'one', 'three', 'two'].map((name) => `d/${name}.txt`)
const deploys = () => Number(stage.git('rev-list', '--count', 'HEAD')) - 1
const applied = () => FILES.filter((path) => existsSync(join(stage.root, path)))
const count = async (table: string, runId: string, where = 'true') =>
  Number(
    (
      await database.asAdmin(
        `select count(*)::int as n from ${table} where run_id = $1 and ${where}`,
        [runId],
      )
    )[0]?.n,
  )

/** Answers what waits until the run is over or waits for an outcome, or `until` says enough. */
async function attend(runId: string, until: () => boolean = () => false): Promise<string> {
  for (let i = 0; i < 600; i++) {
    const { state, waiting_for: waitingFor } = await stage.row(runId)
    if (state === 'suspended' && waitingFor === 'outcome') return 'suspended: outcome'
    if (state === 'suspended') await stage.answer(runId, 'approve').catch(() => undefined)
    else if (state !== 'queued' && state !== 'ready') return String(state)
    if (until()) return 'dead'
    await sleep(50)
  }
  throw new Error(`The run is stuck: ${JSON.stringify(await stage.row(runId))}`)
}

/** A run whose worker dies at `fault`, and which another worker then takes up. */
async function runThroughCrash(fault: string): Promise<{ runId: string; end: string }> {
  const runId = await stage.start(TASK)
  const victim = await aWorker(database, { data: stage.data, fault })
  let death: string | null = null
  victim.ended.then((how) => {
    death = how
  })
  await attend(runId, () => death !== null)
  expect(await victim.ended, `no worker died at ${fault}`).toBe('SIGKILL')
  await passLease(database, runId)
  survivor.signal('SIGCONT')
  return { runId, end: await attend(runId) }
}

describe('a worker that is killed', () => {
  test.each([
    ['when the run was claimed', 'run.claimed:2'],
    ['after the workspace was copied', 'run.begin.pinned'],
    ['after the model answered, before that was written', 'run.model.answered:2'],
    ['after the answer was written', 'run.model.committed:2'],
    ['after a tool ran, before that was written', 'run.tool.ran:2'],
    ['after a tool’s result was written', 'run.tool.committed:2'],
    ['on resuming after an approval, before the script ran again', 'run.tool.ran:4'],
    ['after the intent to apply', 'run.apply.intent'],
    ['in the middle of applying', 'run.apply.file:2'],
    ['after all files, before that was written', 'run.apply.files'],
  ])('%s: the run finishes as if nothing had happened', async (_when, fault) => {
    const { runId, end } = await runThroughCrash(fault)
    expect(end).toBe('succeeded')
    expect(applied()).toEqual(FILES)
    expect(readFileSync(join(stage.root, 'd/two.txt'), 'utf8')).toBe('two\n')
    expect(deploys()).toBe(1)
    expect(await count('run_message', runId, "role = 'assistant'")).toBe(4)
    expect(await count('run_message', runId, "role = 'tool'")).toBe(3)
    expect(await count('tool_call', runId)).toBe(3)
    expect(await count('approval', runId)).toBe(2)
    expect(await count('change_set', runId)).toBe(1)
  })

  test.each([
    ['before', 'run.operation.intent', 0],
    ['after', 'run.operation.done', 1],
  ])(
    '%s its effect, a command that left the copy is never started again: people are asked',
    async (_when, fault, happened) => {
      const { runId, end } = await runThroughCrash(fault)
      expect(end).toBe('suspended: outcome')
      expect(deploys()).toBe(happened)
      expect(await count('tool_call', runId, "state = 'outcome_unknown'")).toBe(1)
      await advanceRun(runId)
      expect(deploys()).toBe(happened)
    },
  )

  test.each([
    ['happened', 'run.operation.done', 'succeeded', 1],
    ['did_not_happen', 'run.operation.intent', 'failed', 0],
    ['retry', 'run.operation.intent', 'succeeded', 1],
  ] as const)(
    'when people say that it %s, the run goes on from there',
    async (answer, fault, end, deployed) => {
      const { runId } = await runThroughCrash(fault)
      const said = { runId, operation: 0, answer, reason: 'Looked at the repository.' }
      await expect(answerOutcome.execute(stage.operator, said)).rejects.toThrow()
      await answerOutcome.execute(stage.approver, said)
      expect(await attend(runId)).toBe(end)
      expect(deploys()).toBe(deployed)
      await expect(answerOutcome.execute(stage.approver, said)).rejects.toThrow('does not wait')
    },
  )

  test('is replaced by itself within one lease: no clock is moved and nobody wakes the run', async () => {
    const runId = await stage.start('Only read: `ls`')
    const victim = await aWorker(database, { data: stage.data, fault: 'run.model.answered' })
    await victim.ended
    survivor.signal('SIGCONT')
    const started = Date.now()
    for (let left = RUN_LEASE_MS + 10_000; left > 0; left -= 250) {
      if ((await stage.row(runId)).state === 'succeeded') break
      await sleep(250)
    }
    expect((await stage.row(runId)).state).toBe('succeeded')
    expect(Date.now() - started).toBeLessThan(RUN_LEASE_MS + 10_000)
  })
})

describe('a run that lost all its jobs', () => {
  test('is found by the sweep and goes on', async () => {
    const runId = await stage.start('Only read: `ls`')
    await database.asAdmin('delete from graphile_worker._private_jobs')
    survivor.signal('SIGCONT')
    await sleep(1_500)
    expect((await stage.row(runId)).state).toBe('queued')
    await wakeStalledRuns()
    await sleep(500)
    expect((await stage.row(runId)).state).toBe('queued')
    await database.asAdmin('alter table run disable trigger tie_change')
    await database.asAdmin(
      "update run set created_at = now() - interval '1 minute' where id = $1",
      [runId],
    )
    await database.asAdmin('alter table run enable always trigger tie_change')
    await wakeStalledRuns()
    expect(await attend(runId)).toBe('succeeded')
  })
})

describe('a worker that is frozen past its lease', () => {
  test('and then goes on, writes nothing: the one that took over counts', async () => {
    const runId = await stage.start('`sleep 1; echo once > once.txt`')
    const frozen = await aWorker(database, { data: stage.data })
    const inCall = async () =>
      (await count('tool_call', runId, "state = 'approved'")) === 1 &&
      (await count('run_lease', runId, 'lease_until > now()')) === 1
    for (let i = 0; i < 200 && !(await inCall()); i++) await sleep(20)
    frozen.signal('SIGSTOP')
    await passLease(database, runId)
    survivor.signal('SIGCONT')
    expect(await attend(runId)).toBe('succeeded')
    frozen.signal('SIGCONT')
    await sleep(1_500)
    frozen.signal('SIGKILL')
    await frozen.ended
    expect(await count('run_message', runId, "role = 'tool'")).toBe(2)
    expect(await count('tool_call', runId, "state = 'succeeded'")).toBe(2)
    expect(readFileSync(join(stage.root, 'once.txt'), 'utf8')).toBe('once\n')
  })
})

describe('a run that kills every worker', () => {
  test('is given up after five attempts, and others go on', async () => {
    const runId = await stage.start('`ls`')
    for (let attempt = 1; attempt <= 5; attempt++) {
      const victim = await aWorker(database, { data: stage.data, fault: 'run.claimed' })
      expect(await victim.ended).toBe('SIGKILL')
      await passLease(database, runId)
    }
    survivor.signal('SIGCONT')
    expect(await attend(runId)).toBe('failed')
    expect((await stage.row(runId)).error).toContain('tried 5 times')
    const other = await stage.start('`ls`')
    expect(await attend(other)).toBe('succeeded')
  })
})

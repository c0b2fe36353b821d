import type { LanguageModelV3, LanguageModelV3StreamPart } from '@ai-sdk/provider'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MAX_CALLS_PER_STEP } from '@/lib/core/limits'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { answering, apiError, called, failing, finish, said } from './models/testing/scripted'
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

const by = (model: LanguageModelV3) => () => model

/** A model that makes these calls in its first answer and stops in its second. */
function callingOnce(...parts: LanguageModelV3StreamPart[]) {
  return answering((prompt) =>
    prompt.some((message) => message.role === 'tool')
      ? [...said('Done.'), finish('stop')]
      : [...parts, finish('tool-calls')],
  )
}

/** Lets the pause of a parked run pass. */
const passPause = (runId: string) =>
  database.asAdmin(
    "update run_lease set next_attempt_at = now() - interval '1 second' where run_id = $1",
    [runId],
  )

describe('a provider that does not answer', () => {
  test('is given the time it asks for, and the run then goes on from the same step', async () => {
    const runId = await stage.start('Only read')
    const busy = by(failing(apiError(429, { 'retry-after': '300' })))
    expect(await stage.drive(runId, busy)).toBe('suspended: provider')
    const [lease] = await database.asAdmin(
      `select extract(epoch from next_attempt_at - now())::int as seconds from run_lease
       where run_id = $1`,
      [runId],
    )
    expect(Number(lease?.seconds)).toBeGreaterThan(280)
    const [job] = await database.asAdmin(
      `select extract(epoch from max(run_at) - now())::int as seconds
       from graphile_worker._private_jobs where key like 'run:' || $1::text || '%'`,
      [runId],
    )
    expect(Number(job?.seconds)).toBeGreaterThan(280)
    // Nobody gets at it before its time.
    expect(await stage.drive(runId)).toBe('suspended: provider')
    await passPause(runId)
    expect(await stage.drive(runId)).toBe('succeeded')
    expect(await stage.row(runId)).toMatchObject({ error: null })
  })

  test('is asked five times, then the run fails and says why', async () => {
    const runId = await stage.start('Only read')
    const down = by(failing(apiError(529)))
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(await stage.drive(runId, down)).toBe('suspended: provider')
      await passPause(runId)
    }
    expect(await stage.drive(runId, down)).toBe('failed')
    expect((await stage.row(runId)).error).toContain('529')
  })

  test('that refuses the key is not asked again', async () => {
    const runId = await stage.start('Only read')
    expect(await stage.drive(runId, by(failing(apiError(401))))).toBe('failed')
    expect((await stage.row(runId)).error).toContain('401')
  })

  test('whose connection is gone fails the run; no rehearsal takes its place', async () => {
    const runId = await stage.start('Only read')
    expect(await stage.drive(runId, () => null)).toBe('failed')
    expect((await stage.row(runId)).error).toContain('Nothing else was used instead')
    expect(await look.calls(runId)).toEqual([])
  })
})

describe('what a model may send', () => {
  test('unknown tools and bad arguments are denied, told to it, and executed by nobody', async () => {
    const { model, prompts } = callingOnce(
      called('c1', 'Teleport', { to: 'production' }),
      called('c2', 'Read', { file_path: 'README.md', sudo: true }),
      called('c3', 'Read', { file_path: 'README.md' }),
    )
    const runId = await stage.start('Anything')
    expect(await stage.drive(runId, by(model))).toBe('succeeded')
    expect((await look.calls(runId)).map(({ state, rule_id: rule }) => [state, rule])).toEqual([
      ['denied_by_policy', 'tool-known'],
      ['denied_by_policy', 'tool-known'],
      ['succeeded', 'tool-granted'],
    ])
    const results = prompts[1]?.at(-1)
    expect(results?.role).toBe('tool')
    expect(JSON.stringify(results)).toMatch(/c1.*There is no tool Teleport.*c2.*c3.*Ledger/)
  })

  test('more calls than one answer may make are denied one by one', async () => {
    const many = Array.from({ length: MAX_CALLS_PER_STEP + 2 }, (_, i) =>
      called(`c${i}`, 'Read', { file_path: 'README.md' }),
    )
    const runId = await stage.start('Anything')
    expect(await stage.drive(runId, by(callingOnce(...many).model))).toBe('succeeded')
    const rules = (await look.calls(runId)).map((call) => call.rule_id)
    expect(rules.filter((rule) => rule === 'calls-per-step')).toHaveLength(2)
  })

  test('calls are made in order, and a held one stops those behind it', async () => {
    const { model, prompts } = callingOnce(
      called('c1', 'Write', { file_path: 'a.txt', content: 'a' }),
      called('c2', 'Bash', { command: 'git push && cat a.txt > b.txt' }),
      called('c3', 'Bash', { command: 'cat b.txt' }),
    )
    const runId = await stage.start('Anything')
    expect(await stage.drive(runId, by(model))).toBe('suspended: tool_call')
    expect((await look.calls(runId)).map((call) => call.state)).toEqual([
      'succeeded',
      'awaiting_approval',
      'approved',
    ])
    expect(prompts).toHaveLength(1)
    await stage.answer(runId, 'approve')
    expect(await stage.drive(runId, by(model))).toBe('suspended: change_set')
    expect((await look.calls(runId))[2]?.result).toBe('a')
  })

  test('each prompt begins with the one before it, byte for byte', async () => {
    const { model, prompts } = answering((prompt) => {
      const results = prompt.filter((message) => message.role === 'tool').length
      if (results === 3) return [...said('Done.'), finish('stop')]
      return [called(`c${results}`, 'Glob', { pattern: '*', path: '.' }), finish('tool-calls')]
    })
    const runId = await stage.start('Anything')
    expect(await stage.drive(runId, by(model))).toBe('succeeded')
    expect(prompts).toHaveLength(4)
    for (let i = 1; i < prompts.length; i++) {
      const [before, now] = [prompts[i - 1] ?? [], prompts[i] ?? []]
      expect(JSON.stringify(now.slice(0, before.length))).toBe(JSON.stringify(before))
    }
    expect(JSON.stringify(prompts[0]?.[0])).toContain('Nothing reaches the real files')
  })

  test('zero bytes and half characters neither break the run nor change what runs', async () => {
    const { model } = callingOnce(
      called('c1', 'Write', { file_path: 'odd.txt', content: 'a\u0000b\ud800c' }),
      called('c2', 'Bash', { command: `printf 'x\\000y'; echo '\ud800'` }),
      called('c3', 'Tele\u0000port\ud800', {}),
      called('c4', 'Bash', { command: `git commit -m "$(printf '\\377\\376')"` }),
    )
    const runId = await stage.start('Odd \u0000 \ud800 task')
    expect(await stage.drive(runId, by(model))).toMatch(/^suspended: (change_set|tool_call)$/)
    expect((await look.calls(runId))[2]?.state).toBe('denied_by_policy')
  })

  test('two calls of one name fail the run instead of mixing up their results', async () => {
    const twins = [called('c1', 'Glob', { pattern: '*' }), called('c1', 'Glob', { pattern: '*' })]
    const runId = await stage.start('Anything')
    expect(await stage.drive(runId, by(callingOnce(...twins).model))).toBe('failed')
  })
})

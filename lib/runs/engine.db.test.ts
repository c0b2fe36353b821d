import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aStage, type Stage } from './testing/stage'

let database: TestDatabase
let stage: Stage

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
})
afterAll(async () => {
  stage?.remove()
  await database.close()
})

const read = (path: string) => readFileSync(join(stage.root, path), 'utf8')
const facts = async (runId: string) =>
  (
    await database.asAdmin(
      `select convert_from(leaf, 'UTF8')::json ->> 'act' as act from audit.event
       where convert_from(leaf, 'UTF8') like '%' || $1 || '%' order by recorded_at, id`,
      [runId],
    )
  ).map((row) => String(row.act))

describe('a whole run', () => {
  test('nothing touches the workspace before people said so; then files and commit appear once', async () => {
    const runId = await stage.start('Explain posting in docs/guide.md')
    expect(await stage.drive(runId)).toBe('suspended: tool_call')
    expect(existsSync(join(stage.root, 'docs/guide.md'))).toBe(false)
    expect(await stage.answer(runId, 'approve')).toContain('goes on')
    expect(await stage.drive(runId)).toBe('suspended: change_set')
    expect(existsSync(join(stage.root, 'docs/guide.md'))).toBe(false)
    expect(stage.git('rev-list', '--count', 'HEAD')).toBe('1')
    expect(await stage.answer(runId, 'approve')).toContain('being written')
    expect(await stage.drive(runId)).toBe('succeeded')
    expect(read('docs/guide.md')).toContain('Explain posting')
    expect(read('README.md')).toContain('(rehearsed)')
    expect(stage.git('rev-list', '--count', 'HEAD')).toBe('2')
    expect(stage.git('log', '-1', '--format=%an')).toContain('ledger-keeper')
    expect(stage.git('status', '--porcelain')).toBe('')
    console.log(await facts(runId))
    console.log(
      await database.asAdmin(
        'select step, ordinal, tool, state, verdict, rule_id, rule_sentence, result from tool_call where run_id=$1 order by step, ordinal',
        [runId],
      ),
    )
    console.log(
      (
        await database.asAdmin(
          'select role, body from run_message where run_id=$1 order by ordinal',
          [runId],
        )
      ).map((r) => JSON.stringify(r).slice(0, 300)),
    )
    console.log(
      await database.asAdmin('select files, operations from change_set where run_id=$1', [runId]),
    )
    writeFileSync('/tmp/rw/x', '')
  })
})

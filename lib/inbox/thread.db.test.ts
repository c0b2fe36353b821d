import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFile } from '@/lib/agents/commands/import-file'
import { openProposal } from '@/lib/agents/commands/open-proposal'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { aDefinition, base64, CLAIMED_HISTORY } from '@/lib/agents/testing/definitions'
import { readHighWater } from '@/lib/audit/high-water'
import { openCheckpointKey } from '@/lib/audit/keys'
import { publishHead } from '@/lib/audit/publisher'
import { integrateAll } from '@/lib/audit/sequencer'
import { attack } from '@/lib/audit/testing/attack'
import { verifyDatabase } from '@/lib/audit/verify'
import type { PersonActor } from '@/lib/auth/actor'
import { sha256 } from '@/lib/core/sha256'
import { addMonths, localDate } from '@/lib/core/time'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aPerson } from '@/lib/people/testing/organisation'
import { completeReview } from '@/lib/reviews/commands'
import { startRun } from '@/lib/runs/commands/start'
import { aStage, type Stage } from '@/lib/runs/testing/stage'
import { say } from './testing/items'

let database: TestDatabase
let stage: Stage
let author: PersonActor
let reviewer: PersonActor

const TOOLS = 'Glob, Read, Grep, Edit, Write, Bash'
const PARTS = { name: 'thread-agent', tools: TOOLS, history: CLAIMED_HISTORY }
/** Its own text does not authorise the shell that it grants. */
const DRIFTED = aDefinition({ ...PARTS, authorised: 'Glob, Read, Grep, Edit, Write' })
const FIXED = aDefinition({ ...PARTS, authorised: TOOLS })

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
  const { admin, departmentId } = stage
  author = await aPerson(admin, [{ role: 'author', departmentId }], 'Author')
  reviewer = await aPerson(admin, [{ role: 'reviewer', departmentId }], 'Reviewer')
})
afterAll(async () => {
  stage?.remove()
  await database?.close()
})

const one = async (text: string, ...parameters: string[]) =>
  (await database.asAdmin(text, parameters))[0] ?? {}
const openItem = async (runId: string) =>
  String((await one("select id from approval where run_id = $1 and state = 'open'", runId)).id)

async function verdict() {
  const signer = await openCheckpointKey(rawSql(), { dataDir: stage.data })
  await integrateAll(rawSql())
  await publishHead(rawSql(), { signer, dataDir: stage.data })
  const highWater = await readHighWater(stage.data)
  return verifyDatabase({ sql: rawSql(), vkey: signer.vkey, highWater })
}

async function importFixAndPropose() {
  const { departmentId } = stage
  const file = { departmentId, path: 'agents/thread-agent.md', bytes: base64(DRIFTED) }
  const { value: imported } = await importFile.execute(author, file)
  expect(imported).toMatchObject({ outcome: 'imported_with_findings', slug: 'thread-agent' })
  expect(imported.errors).toBeGreaterThan(0)
  const row = await one('select id, draft_id, state from agent where slug = $1', 'thread-agent')
  const [agentId, draftId] = [String(row.id), String(row.draft_id)]
  expect(row.state).toBe('draft')
  const early = { draftId, revision: 1, message: 'Too early.' }
  await expect(openProposal.execute(author, early)).rejects.toMatchObject({ code: 'refused' })
  const fix = { draftId, revision: 1, bytes: base64(FIXED) }
  const { revision } = (await saveDraft.execute(author, fix)).value
  const { value } = await openProposal.execute(author, { draftId, revision, message: 'As it is.' })
  return { agentId, ...value }
}

test('one agent from its file to the proven log, one digest all the way', async () => {
  const digest = sha256(Buffer.from(FIXED))

  // Imported with what it claims, fixed, proposed above the claimed numbers.
  const proposed = await importFixAndPropose()
  const { agentId } = proposed
  expect(proposed.version).toBe('2.0.0')
  const task = 'Explain posting in docs/guide.md'
  const job = { agentId, workspaceId: stage.workspaceId, task }
  await expect(startRun.execute(stage.operator, job)).rejects.toMatchObject({ code: 'refused' })

  // Approved by another person: the version is live with exactly these bytes.
  expect((await say(stage.approver, proposed.approvalId, 'approve')).value.state).toBe('approved')
  const version = await one('select * from version where agent_id = $1', agentId)
  expect(version).toMatchObject({ number: '2.0.0', ordinal: 1, digest })
  expect(await one('select state, digest from agent where id = $1', agentId)).toEqual({
    ...{ state: 'active', digest },
  })

  // A run pinned to them; its git call is held, its files wait for people.
  const { runId } = (await startRun.execute(stage.operator, job)).value
  expect(await stage.drive(runId)).toBe('suspended: tool_call')
  await say(stage.approver, await openItem(runId), 'approve')
  expect(await stage.drive(runId)).toBe('suspended: change_set')
  const untouched = () => [
    existsSync(join(stage.root, 'docs/guide.md')),
    stage.git('status', '--porcelain'),
    stage.git('rev-list', '--count', 'HEAD'),
  ]
  expect(untouched()).toEqual([false, '', '1'])
  await say(stage.approver, await openItem(runId), 'approve')
  expect(untouched()).toEqual([false, '', '1'])
  expect(await stage.drive(runId)).toBe('succeeded')
  expect(readFileSync(join(stage.root, 'docs/guide.md'), 'utf8')).toContain('Explain posting')
  expect(untouched()).toEqual([true, '', '2'])
  expect((await stage.row(runId)).digest).toBe(digest)

  // Reviewed: the next date is three calendar months after the completed review (S88).
  const due = await one("select * from review where agent_id = $1 and state = 'open'", agentId)
  expect(due).toMatchObject({ version_id: version.id, digest })
  const attested = { reviewId: String(due.id), digest, outcome: 'keep', reason: 'Used as meant.' }
  await expect(completeReview.execute(author, attested)).rejects.toThrow()
  const { next } = (await completeReview.execute(reviewer, attested)).value
  expect(next).toBe(addMonths(localDate(new Date(), 'UTC'), 3))
  const following = await one(
    "select due_on::text as due from review where agent_id = $1 and state = 'open'",
    agentId,
  )
  expect(following.due).toBe(next)

  // The log carries the same digest through all of it, and is proven whole.
  const told = await database.asAdmin(
    `select distinct action from audit.event
     where convert_from(leaf, 'UTF8') like '%' || $1 || '%' order by action`,
    [digest],
  )
  expect(told.map((row) => row.action)).toEqual(
    expect.arrayContaining([
      ...['draft.saved', 'proposal.opened', 'approval.opened', 'approval.decided'],
      ...['version.published', 'review.scheduled', 'run.queued', 'review.completed'],
    ]),
  )
  const report = await verdict()
  expect(report.findings).toEqual([])
  expect(report.verdict).toBe('verified')
})

test.each([
  ['version', "number = '9.9.9'", 'number is 9.9.9, the fact says 2.0.0'],
  ['decision', "verdict = 'reject'", 'verdict is reject, the fact says approve'],
  ['review', "outcome = 'retire'", 'outcome is retire, the fact says keep'],
  ['run', `digest = '${'0'.repeat(64)}'`, `digest is ${'0'.repeat(64)}`],
])(
  'a %s changed behind the log (%s) is named with what the fact says',
  async (table, change, told) => {
    const where: Record<string, string> = {
      version: "number = '2.0.0'",
      decision: "verdict = 'approve'",
      review: "outcome = 'keep'",
      run: 'true',
    }
    const row = await one(`select * from ${table} where ${where[table]} order by id limit 1`)
    const key = String(row.id)
    const column = change.split(' = ')[0] ?? ''
    const tables = [`public.${table}`]
    await attack(database, `update ${table} set ${change} where id = '${key}'`, tables)
    const report = await verdict()
    expect(report.verdict).toBe('tampered')
    expect(report.findings).toHaveLength(1)
    expect(report.findings[0]).toMatchObject({ code: 'ROW_CHANGED' })
    expect(report.findings[0]?.sentence).toContain(`${table} ${key}: ${told}`)
    const back = `update ${table} set ${column} = '${String(row[column])}' where id = '${key}'`
    await attack(database, back, tables)
    expect((await verdict()).verdict).toBe('verified')
  },
)

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import { type PersonActor, WORKER } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/permissions'
import { actorForPerson } from '@/lib/auth/sessions'
import { sha256 } from '@/lib/core/sha256'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { type Tx, transaction } from '@/lib/db/transaction'
import { disablePerson } from '@/lib/people/commands/disable'
import { revokeRole } from '@/lib/people/commands/roles'
import { aDepartment, aPerson } from '@/lib/people/testing/organisation'
import { aStage, type Stage } from '@/lib/runs/testing/stage'
import { decide } from './commands/decide'
import { behind, decisionRow, versionRow } from './testing/behind'
import { aProposal, CRITICAL, endOf, proposeAgain, sign } from './testing/proposals'

type Item = { approvalId: string; digest: string; name: string }

let database: TestDatabase
let stage: Stage
/** Author, last editor and starter hold the approver's role too: only their part bars them. */
let people: Record<string, PersonActor>
let anna: PersonActor
let bert: PersonActor
let open: Item, call: Item
let names = 0

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
  const { admin, departmentId } = stage
  const held = (...roles: Role[]) => roles.map((role) => ({ role, departmentId }))
  const harbour = await aDepartment(admin, 'Harbour')
  anna = await aPerson(admin, held('approver'), 'Anna')
  bert = await aPerson(admin, held('approver'), 'Bert')
  const author = await aPerson(admin, held('author', 'approver'), 'Author')
  const editor = await aPerson(admin, held('author', 'approver'), 'Editor')
  const starter = await aPerson(admin, held('operator', 'approver'), 'Starter')
  const disabled = await aPerson(admin, held('approver'), 'Disabled')
  const revoked = await aPerson(admin, held('approver', 'viewer'), 'Revoked')
  people = {
    ...{ author, editor, starter, disabled, revoked },
    foreign: await aPerson(admin, [{ role: 'approver', departmentId: harbour }], 'Foreign'),
    viewer: await aPerson(admin, held('viewer'), 'Viewer'),
    'command line': { ...anna, via: 'cli' },
  }
  open = await aProposal(database, {
    author,
    editor,
    departmentId,
    name: 'watched',
    parts: CRITICAL,
  })
  const runId = await stage.start('`git push origin main`', starter)
  await stage.drive(runId)
  const [held1] = await database.asAdmin('select id, digest from approval where run_id = $1', [
    runId,
  ])
  call = { approvalId: String(held1?.id), digest: String(held1?.digest), name: 'ledger-keeper' }
  // Both lose their right while the items are open.
  await disablePerson.execute(admin, { personId: disabled.id })
  const [grant] = await database.asAdmin(
    "select id from role_grant where person_id = $1 and role = 'approver'",
    [revoked.id],
  )
  await revokeRole.execute(admin, { grantId: String(grant?.id) })
})
afterAll(async () => {
  stage?.remove()
  await database?.close()
})

const named = (who: string): PersonActor => people[who] ?? anna
const fresh = (parts?: typeof CRITICAL) => {
  names += 1
  const { departmentId } = stage
  return aProposal(database, {
    ...{
      author: named('author'),
      departmentId,
      name: `agent-${names}`,
      ...(parts ? { parts } : {}),
    },
  })
}
const count = async (text: string, ...parameters: string[]) =>
  Number((await database.asAdmin(`select count(*)::int as n from ${text}`, parameters))[0]?.n)

describe('who may decide', () => {
  test.each([
    ['author', 'proposal', 'refused', 'CH002'],
    ['editor', 'proposal', 'refused', 'CH002'],
    ['starter', 'tool call', 'refused', 'CH002'],
    ['foreign', 'proposal', 'not_found', 'CH002'],
    ['foreign', 'tool call', 'not_found', 'CH002'],
    ['viewer', 'proposal', 'forbidden', 'CH002'],
    ['disabled', 'proposal', 'refused', 'CH002'],
    ['revoked', 'proposal', 'refused', 'CH002'],
    ['revoked', 'tool call', 'refused', 'CH002'],
  ] as const)(
    'never %s on a %s: the command says %s, the database %s',
    async (who, what, code, state) => {
      const item = what === 'proposal' ? open : call
      expect(await endOf(sign(named(who), item))).toBe(code)
      expect(await endOf(behind(decisionRow(named(who).id, item)))).toBe(state)
      expect(await count('decision where approval_id = $1', item.approvalId)).toBe(0)
    },
  )

  test('never somebody at the command line, whoever they say they are', async () => {
    expect(await endOf(sign(named('command line'), open))).toBe('refused')
    expect(await endOf(decide.execute(WORKER, {}))).toBe('invalid')
    const said = { approvalId: open.approvalId, verdict: 'approve', digest: open.digest }
    const renderedDigest = sha256('x')
    const system = { ...said, renderedDigest, typedName: open.name }
    expect(await endOf(decide.execute(WORKER, system))).toBe('forbidden')
  })

  test('whose role was revoked is told so as soon as they are asked again who they are', async () => {
    const now = await actorForPerson({ id: named('revoked').id }, 'oidc')
    expect(await endOf(sign(now ?? anna, open))).toBe('forbidden')
    expect(await actorForPerson({ id: named('disabled').id }, 'oidc')).toBeNull()
  })

  test('the same rows are taken from an approver of the department: the refusals mean the person', async () => {
    const item = await fresh(CRITICAL)
    expect(await endOf(behind(decisionRow(anna.id, item)))).toBe('done')
    expect(await endOf(sign(bert, item))).toBe('done')
    expect(await count('version where proposal_id = $1', item.proposalId)).toBe(1)
  })

  test('nobody twice, by the command or around it', async () => {
    const item = await fresh(CRITICAL)
    await sign(anna, item)
    expect(await endOf(sign(anna, item))).toBe('conflict')
    expect(await endOf(behind(decisionRow(anna.id, item)))).toBe('23505')
    expect(await count('version where proposal_id = $1', item.proposalId)).toBe(0)
  })

  test('each privileged refusal is a fact that names who was kept from what', async () => {
    const kept = "audit.event where action = 'command.refused' and actor_id = $1"
    expect(await count(kept, named('viewer').id)).toBeGreaterThan(0)
  })
})

describe('what a decision is bound to', () => {
  test('other bytes and another rule are refused, by the command and by the database', async () => {
    const item = await fresh()
    const other = sha256('other bytes')
    expect(await endOf(sign(anna, { ...item, digest: other }))).toBe('conflict')
    expect(await endOf(behind(decisionRow(anna.id, item, { digest: other })))).toBe('CH001')
    expect(await endOf(behind(decisionRow(anna.id, item, { rule: 2 })))).toBe('CH001')
  })

  test('a critical definition needs its name typed; without it nothing is recorded', async () => {
    const item = await fresh(CRITICAL)
    for (const name of ['', 'another', item.name.toUpperCase()]) {
      expect(await endOf(sign(anna, { ...item, name }))).toBe('refused')
    }
    const { approvalId, digest } = item
    const untyped = { approvalId, digest, verdict: 'approve', renderedDigest: sha256('x') }
    expect(await endOf(decide.execute(anna, untyped))).toBe('refused')
    expect(await count('decision where approval_id = $1', approvalId)).toBe(0)
    expect(await endOf(sign(anna, item))).toBe('done')
  })

  test('a settled approval takes no further decision', async () => {
    const item = await fresh()
    await sign(anna, item, { verdict: 'reject' })
    expect(await endOf(sign(bert, item))).toBe('conflict')
    expect(await endOf(behind(decisionRow(bert.id, item)))).toBe('CH001')
  })
})

describe('a critical definition', () => {
  test('stays unpublished after one approval; an edit voids it; two on the same bytes publish', async () => {
    const item = await fresh(CRITICAL)
    expect((await sign(anna, item)).value.state).toBe('open')
    const text = aDefinition({ name: item.name, ...CRITICAL, description: 'Changed since.' })
    const edit = { draftId: item.draftId, revision: item.revision, bytes: base64(text) }
    const { revision } = (await saveDraft.execute(item.author, edit)).value
    const [fallen] = await database.asAdmin(
      'select dismissed_because from decision where approval_id = $1 and dismissed_at is not null',
      [item.approvalId],
    )
    expect(fallen).toEqual({ dismissed_because: 'edited' })
    expect(await endOf(sign(bert, item))).toBe('conflict')
    const { author, draftId, name } = item
    const second = { name, ...(await proposeAgain(database, { author, draftId, revision })) }
    expect(second.digest).not.toBe(item.digest)
    expect((await sign(bert, second)).value.state).toBe('open')
    expect(await count('version where agent_id = $1', item.agentId)).toBe(0)
    expect((await sign(anna, second)).value.state).toBe('approved')
    const rows = await database.asAdmin(
      `select v.digest, count(distinct d.person_id)::int as people
       from version v join proposal p on p.id = v.proposal_id
       join decision d on d.approval_id = p.approval_id and d.digest = v.digest
         and d.dismissed_at is null and d.verdict = 'approve'
       where v.agent_id = $1 group by v.digest`,
      [item.agentId],
    )
    expect(rows).toEqual([{ digest: second.digest, people: 2 }])
  })

  test('is not approved around the command with one decision of two', async () => {
    const item = await fresh(CRITICAL)
    await sign(anna, item)
    const settle = (_tx: Tx, event: string) => sql`
      update approval set state = 'approved', settled_at = now(), audit_event_id = ${event}
      where id = ${item.approvalId}`
    expect(await endOf(behind(settle))).toBe('CH002')
  })
})

describe('rows that somebody with the application’s password writes', () => {
  test('a version without an approval, with too few, or of other bytes is refused', async () => {
    const item = await fresh(CRITICAL)
    expect(await endOf(behind(versionRow(item)))).toBe('CH002')
    await sign(anna, item)
    expect(await endOf(behind(versionRow(item)))).toBe('CH002')
    const [other] = await database.asAdmin(
      'select digest from definition where digest <> $1 limit 1',
      [item.digest],
    )
    const swapped = { ...item, digest: String(other?.digest) }
    expect(await endOf(behind(versionRow(swapped)))).toBe('CH002')
  })

  test('the live version of an agent is never one that was not published for it', async () => {
    const item = await fresh()
    const [other] = await database.asAdmin('select id from version limit 1')
    const point = (_tx: Tx, event: string) => sql`
      update agent set live_version_id = ${String(other?.id)}, state = 'active',
        audit_event_id = ${event} where id = ${item.agentId}`
    expect(await endOf(behind(point))).toBe('CH002')
  })

  test('what was said, published, settled or frozen is never changed', async () => {
    const item = await fresh()
    await sign(anna, item)
    const waiting = await fresh(CRITICAL)
    await sign(anna, waiting)
    const set = (table: string, change: string, where: string) => (_tx: Tx, event: string) =>
      sql.raw(`update ${table} set ${change}, audit_event_id = '${event}' where ${where}`)
    const its = `approval_id = '${item.approvalId}'`
    const other = sha256('other')
    const refused: [string, string, string][] = [
      ['decision', "verdict = 'reject'", its],
      ['decision', `digest = '${other}'`, its],
      ['decision', `person_id = '${bert.id}'`, its],
      ['decision', "reason = 'Something else.'", its],
      ['version', "message = 'Something else.'", `proposal_id = '${item.proposalId}'`],
      ['version', `author_id = '${bert.id}'`, `proposal_id = '${item.proposalId}'`],
      ['definition', `size = size`, `digest = '${item.digest}'`],
      ['approval', "state = 'open', settled_at = null", `id = '${item.approvalId}'`],
      ['approval', "state = 'rejected'", `id = '${item.approvalId}'`],
      ['approval', 'quorum = 1', `id = '${waiting.approvalId}'`],
      ['approval', `digest = '${other}'`, `id = '${waiting.approvalId}'`],
      ['approval', "excluded = '{}'", `id = '${waiting.approvalId}'`],
      ['approval', "deadline_at = now() + interval '9 days'", `id = '${waiting.approvalId}'`],
      ['approval', "risk_tier = 'low', risk_rank = 0", `id = '${waiting.approvalId}'`],
      ['approval', "title = 'Nothing to see'", `id = '${waiting.approvalId}'`],
      ['approval', "summary = '{}'", `id = '${waiting.approvalId}'`],
    ]
    for (const [table, change, where] of refused) {
      const end = await endOf(behind(set(table, change, where)))
      expect([table, change, end]).toEqual([table, change, 'CH001'])
    }
  })

  test('a dismissed decision stays dismissed', async () => {
    const item = await fresh(CRITICAL)
    await sign(anna, item)
    const text = aDefinition({ name: item.name, ...CRITICAL, description: 'Other.' })
    const { draftId, revision } = item
    await saveDraft.execute(item.author, { draftId, revision, bytes: base64(text) })
    const revive = (_tx: Tx, event: string) => sql`
      update decision set dismissed_at = null, dismissed_because = null, audit_event_id = ${event}
      where approval_id = ${item.approvalId}`
    expect(await endOf(behind(revive))).toBe('CH001')
  })

  test('nothing that people decided is deleted: not by the role, and not by the owner in passing', async () => {
    await sign(anna, await fresh())
    for (const table of ['decision', 'approval', 'version', 'proposal', 'definition']) {
      const gone = (_tx: Tx) => sql.raw(`delete from ${table}`)
      expect([table, await endOf(behind(gone))]).toEqual([table, '42501'])
    }
    const [row] = await database.asAdmin('select id from decision limit 1')
    const asOwner = database.asAdmin(`delete from decision where id = '${String(row?.id)}'`)
    expect(await endOf(asOwner)).toBe('CHT02')
  })

  test('a decision without a fact of the same transaction is refused', async () => {
    const item = await fresh()
    const [old] = await database.asAdmin(
      'select audit_event_id as id from approval where id = $1',
      [item.approvalId],
    )
    const bare = transaction((tx) => tx.execute(decisionRow(anna.id, item)(tx, String(old?.id))))
    expect(await endOf(bare)).toBe('CHT01')
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { sha256 } from '@/lib/core/sha256'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { importFile } from './commands/import-file'
import { discardDraft, openDraft } from './commands/open-draft'
import { openProposal, withdrawProposal } from './commands/open-proposal'
import { saveDraft } from './commands/save-draft'
import { aDefinition, base64, CLAIMED_HISTORY } from './testing/definitions'

let database: TestDatabase
let admin: PersonActor
let departmentId: string

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  departmentId = organisation.departmentId
})
afterAll(() => database.close())

async function imported(path: string, text: string) {
  const { value } = await importFile.execute(admin, { departmentId, path, bytes: base64(text) })
  const [row] = await database.asAdmin(
    'select a.id, a.draft_id, d.revision from agent a join draft d on d.id = a.draft_id where slug = $1',
    [value.slug],
  )
  return {
    ...value,
    id: String(row?.id),
    draftId: String(row?.draft_id),
    revision: Number(row?.revision),
  }
}

test('an import keeps the exact bytes under their digest, and importing again changes nothing', async () => {
  const text = `\uFEFF${aDefinition().replaceAll('\n', '\r\n').trimEnd()}`
  const first = await imported('agents/crlf.md', text)
  expect(first.digest).toBe(sha256(Buffer.from(text)))
  const [stored] = await database.asAdmin(
    "select encode(bytes, 'base64') as bytes from definition where digest = $1",
    [first.digest],
  )
  expect(Buffer.from(String(stored?.bytes), 'base64').equals(Buffer.from(text))).toBe(true)
  const count = () => database.asAdmin('select count(*)::int as n from audit.event')
  const [before] = await count()
  const again = await importFile.execute(admin, {
    departmentId,
    path: 'agents/crlf.md',
    bytes: base64(text),
  })
  expect(again.value.outcome).toBe('unchanged')
  expect(await count()).toEqual([before])
})

test('other bytes at the same path become the next revision of the draft', async () => {
  await imported('agents/again.md', aDefinition({ name: 'again' }))
  const second = await imported('agents/again.md', aDefinition({ name: 'again', model: 'opus' }))
  expect(second).toMatchObject({ outcome: 'updated', revision: 2 })
})

test('the same name at another path is another agent with a numbered slug', async () => {
  const one = await imported('a/twin.md', aDefinition({ name: 'twin' }))
  const two = await imported('b/twin.md', aDefinition({ name: 'twin' }))
  expect([one.slug, two.slug]).toEqual(['twin', 'twin-2'])
})

test.each([
  ['empty', ''],
  ['no frontmatter', '# Hello\n'],
  ['broken frontmatter', '---\nname: x\ndescription: a: b: c\n  - d\n---\nBody\n'],
  ['prototype keys', '---\n__proto__: {a: 1}\nname: p\n---\n'],
  ['an alias bomb', `---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n`],
])('a file with %s is taken as it is, with findings', async (what, text) => {
  const result = await imported(`odd/${what.replaceAll(' ', '-')}.md`, text)
  expect(result.outcome).toBe('imported_with_findings')
  expect(result.digest).toBe(sha256(Buffer.from(text)))
  expect(result.errors).toBeGreaterThan(0)
})

test('bytes that are not UTF-8 survive an import', async () => {
  const bytes = Buffer.concat([
    Buffer.from('---\nname: mu\n---\n'),
    Buffer.from([0xbc, 0x00, 0xff]),
  ])
  const { value } = await importFile.execute(admin, {
    departmentId,
    path: 'odd/latin.md',
    bytes: bytes.toString('base64'),
  })
  expect(value).toMatchObject({ outcome: 'imported_with_findings', digest: sha256(bytes) })
})

test('a stale save is a conflict and loses neither text', async () => {
  const { draftId, revision } = await imported('agents/stale.md', aDefinition({ name: 'stale' }))
  const mine = aDefinition({ name: 'stale', model: 'haiku' })
  const theirs = aDefinition({ name: 'stale', model: 'opus' })
  await saveDraft.execute(admin, { draftId, revision, bytes: base64(theirs) })
  await expect(
    saveDraft.execute(admin, { draftId, revision, bytes: base64(mine) }),
  ).rejects.toMatchObject({ code: 'conflict', detail: { data: { revision: revision + 1 } } })
  const kept = await database.asAdmin(
    'select digest from draft_revision where draft_id = $1 order by revision',
    [draftId],
  )
  expect(kept.at(-1)?.digest).toBe(sha256(Buffer.from(theirs)))
})

test('saving the bytes that are stored already is no change, whatever revision is named', async () => {
  const text = aDefinition({ name: 'same' })
  const { draftId, revision } = await imported('agents/same.md', text)
  const { value } = await saveDraft.execute(admin, { draftId, revision: 99, bytes: base64(text) })
  expect(value.revision).toBe(revision)
})

test('an error finding stops a proposal with a sentence', async () => {
  const text = aDefinition({ name: 'strays', tools: 'Read, Bash, Write', authorised: 'Read' })
  const { draftId, revision } = await imported('agents/strays.md', text)
  await expect(
    openProposal.execute(admin, { draftId, revision, message: 'Try' }),
  ).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('1 error') })
})

test('the next number stands above what an imported history claims', async () => {
  const text = aDefinition({ name: 'storied', history: CLAIMED_HISTORY })
  const { draftId, revision } = await imported('agents/storied.md', text)
  const { value } = await openProposal.execute(admin, { draftId, revision, message: 'First' })
  expect(value.version).toBe('2.0.0')
})

test('an edit of a proposed draft dismisses the proposal, its approval and says so in the log', async () => {
  const { draftId, revision } = await imported('agents/edited.md', aDefinition({ name: 'edited' }))
  const opened = await openProposal.execute(admin, { draftId, revision, message: 'First' })
  await saveDraft.execute(admin, {
    draftId,
    revision,
    bytes: base64(aDefinition({ name: 'edited', model: 'opus' })),
  })
  const [row] = await database.asAdmin(
    `select p.state as proposal, a.state as approval, d.state as draft
     from proposal p join approval a on a.id = p.approval_id join draft d on d.id = p.draft_id
     where p.id = $1`,
    [opened.value.proposalId],
  )
  expect(row).toEqual({ proposal: 'dismissed', approval: 'dismissed', draft: 'open' })
  const [fact] = await database.asAdmin(
    `select count(*)::int as n from audit.event where action = 'proposal.dismissed'`,
  )
  expect(fact?.n).toBe(1)
})

test('only the author withdraws, and the draft can be edited again', async () => {
  const { draftId, revision } = await imported('agents/back.md', aDefinition({ name: 'back' }))
  const opened = await openProposal.execute(admin, { draftId, revision, message: 'First' })
  const other = await aPerson(admin, [{ role: 'author', departmentId: null }])
  const { proposalId } = opened.value
  await expect(withdrawProposal.execute(other, { proposalId })).rejects.toMatchObject({
    code: 'refused',
  })
  await withdrawProposal.execute(admin, { proposalId })
  const again = await openProposal.execute(admin, { draftId, revision, message: 'Again' })
  expect(again.value.number).toBeGreaterThan(opened.value.number)
})

test('a draft of a foreign department does not exist', async () => {
  const { draftId, revision } = await imported('agents/own.md', aDefinition({ name: 'own' }))
  const elsewhere = await aDepartment(admin, 'Elsewhere')
  const stranger = await aPerson(admin, [{ role: 'author', departmentId: elsewhere }])
  await expect(
    saveDraft.execute(stranger, { draftId, revision, bytes: base64('x') }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('an agent that was never published keeps its only draft', async () => {
  const { draftId, revision, id } = await imported('agents/only.md', aDefinition({ name: 'only' }))
  await expect(discardDraft.execute(admin, { draftId, revision })).rejects.toMatchObject({
    code: 'refused',
  })
  const { value } = await openDraft.execute(admin, { agentId: id })
  expect(value.draftId).toBe(draftId)
})

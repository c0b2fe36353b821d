import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDraft } from '@/lib/agents/commands/open-draft'
import { restoreVersion } from '@/lib/agents/commands/restore-version'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { fieldHistory } from '@/lib/agents/queries/field-history'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { type AProposal, aProposal, endOf, proposeAgain, sign } from './testing/proposals'

// One agent that gains the open web in its second version and is brought back to its first.

let database: TestDatabase
let author: PersonActor
let anna: PersonActor
let bert: PersonActor
let first: AProposal

beforeAll(async () => {
  database = await freshDatabase()
  const { admin, departmentId } = await anOrganisation()
  const held = (role: 'author' | 'approver') => [{ role, departmentId }]
  author = await aPerson(admin, held('author'), 'Author')
  anna = await aPerson(admin, held('approver'), 'Anna')
  bert = await aPerson(admin, held('approver'), 'Bert')
  first = await aProposal(database, { author, departmentId, name: 'ledger-keeper' })
  await publish(first)
  const { draftId } = (await openDraft.execute(author, { agentId: first.agentId })).value
  const text = aDefinition({
    name: 'ledger-keeper',
    tools: 'Read, Grep, Bash, WebSearch',
    authorised: 'Read, Grep, Bash, WebSearch',
  })
  const saved = await saveDraft.execute(author, { draftId, revision: 1, bytes: base64(text) })
  const { revision } = saved.value
  await publish({
    name: 'ledger-keeper',
    ...(await proposeAgain(database, { author, draftId, revision })),
  })
})
afterAll(() => database?.close())

async function publish(item: { approvalId: string; digest: string; name: string }) {
  await sign(anna, item)
  await sign(bert, item).catch(() => undefined)
}
const versions = () =>
  database.asAdmin('select id, number, digest from version where agent_id = $1 order by ordinal', [
    first.agentId,
  ])

describe('the history of a field', () => {
  test('says in which version a capability came, and who agreed to it', async () => {
    const { entries, names } = await fieldHistory(author, first.agentId, 'WebSearch')
    const [, second] = await versions()
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      ...{ name: 'WebSearch', op: '+', direction: 'widens', number: second?.number },
      ...{ author: 'Author' },
    })
    expect(entries[0]?.signatures.map((one) => one.name)).toContain('Anna')
    expect(names.map((one) => one.name)).toContain('Read')
  })

  test('is nothing to somebody of another department', async () => {
    const stranger = { ...author, grants: [] }
    expect((await fieldHistory(stranger, first.agentId, null)).entries).toEqual([])
  })
})

describe('restoring a version', () => {
  test('brings the exact bytes back as a draft, and after approval as a new version', async () => {
    const [one, two] = await versions()
    const restored = await restoreVersion.execute(author, { versionId: one?.id })
    const { draftId } = restored.value
    const again = await restoreVersion.execute(author, { versionId: one?.id })
    expect(again.value.draftId).toBe(draftId)
    const item = await proposeAgain(database, { author, draftId, revision: 1 })
    expect(item.digest).toBe(one?.digest)
    await publish({ name: 'ledger-keeper', ...item })
    const all = await versions()
    expect(all).toHaveLength(3)
    expect(all[2]?.digest).toBe(one?.digest)
    expect([one?.number, two?.number]).not.toContain(all[2]?.number)
  })

  test('is refused for the live version, and while other work is open', async () => {
    const all = await versions()
    expect(await endOf(restoreVersion.execute(author, { versionId: all[2]?.id }))).toBe('refused')
    await openDraft.execute(author, { agentId: first.agentId })
    expect(await endOf(restoreVersion.execute(author, { versionId: all[1]?.id }))).toBe('refused')
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { openDraft } from './commands/open-draft'
import { openProposal } from './commands/open-proposal'
import { saveDraft } from './commands/save-draft'
import { draftForEditor, storedDraft } from './queries/draft'
import { agentFacts } from './queries/page'
import { importText, liveDraftOf, publishDraft } from './testing/agents'
import { base64 } from './testing/definitions'

let database: TestDatabase
let author: PersonActor
let approver: PersonActor
let departmentId: string

const GIT = 'Every Git command waits for a yes from a person'
const text = (name: string, mandates: readonly string[], purpose = 'Keeps the ledger tidy') =>
  `---\nname: ${name}\ndescription: ${purpose}\ntools: Read\nmodel: sonnet\n---\n\n# ${name}\n\nKeeps it.\n` +
  (mandates.length === 0 ? '' : `\n## Mandates\n\n${mandates.map((one) => `- ${one}\n`).join('')}`)

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  departmentId = organisation.departmentId
  author = await aPerson(organisation.admin, [{ role: 'author', departmentId }], 'Ada Author')
  approver = await aPerson(
    organisation.admin,
    [{ role: 'approver', departmentId }],
    'Ines Approver',
  )
}, 120_000)
afterAll(() => database.close())

async function published(slug: string, first: string) {
  await importText(author, departmentId, { path: `team/${slug}.md`, text: first })
  await publishDraft({ author, approver, slug, message: 'The first version.' })
  const { id } = await agentFacts(author, slug)
  await openDraft.execute(author, { agentId: id })
  const { id: draftId, revision } = await liveDraftOf(author, slug)
  return { id, draftId, revision }
}

async function proposed(draft: { draftId: string; revision: number }, after: string) {
  const saved = await saveDraft.execute(author, { ...pick(draft), bytes: base64(after) })
  const { revision } = saved.value
  return openProposal.execute(author, { draftId: draft.draftId, revision, message: 'Say why.' })
}
const pick = ({ draftId, revision }: { draftId: string; revision: number }) => ({
  draftId,
  revision,
})

describe('locked mandates (S23)', () => {
  test.each([
    ['removed', 'gone', []],
    ['weakened', 'softened', [`${GIT} unless urgent`]],
  ])('a mandate that is %s is refused with the rule named', async (_, slug, after) => {
    const draft = await published(slug, text(slug, [GIT]))
    await expect(proposed(draft, text(slug, after))).rejects.toThrow(/mandate-weakened/)
  })

  test('one that is added or strengthened is accepted', async () => {
    const draft = await published('added', text('added', [GIT]))
    const after = text('added', [`${GIT}, and for two before a push`, 'Log every posting'])
    await expect(proposed(draft, after)).resolves.toMatchObject({ value: { version: '1.0.1' } })
  })

  test('an agent that never had one is free', async () => {
    const draft = await published('free', text('free', []))
    await expect(proposed(draft, text('free', [], 'Keeps it tidier'))).resolves.toBeDefined()
  })
})

describe('what an editor merges with', () => {
  test('a stale save is answered with whose text is stored and what both started from', async () => {
    const draft = await published('merged', text('merged', []))
    const first = text('merged', [], 'First')
    await saveDraft.execute(author, { ...pick(draft), bytes: base64(first) })
    const found = await storedDraft(author, 'merged', draft.revision)
    expect(found).toMatchObject({ revision: draft.revision + 1, editor: 'Ada Author' })
    expect(found.bytes).toBe(base64(first))
    expect(found.base).toBe(base64(text('merged', [])))
    expect((await storedDraft(author, 'merged', 99)).base).toBeNull()
  })

  test('a draft under a version that went live says so until it is merged with it', async () => {
    const first = await published('moved', text('moved', []))
    await saveDraft.execute(author, { ...pick(first), bytes: base64(text('moved', [], 'Second')) })
    await publishDraft({ author, approver, slug: 'moved', message: 'The second version.' })
    await openDraft.execute(author, { agentId: first.id })
    const draft = await liveDraftOf(author, 'moved')
    const { live, outdated } = await draftForEditor(author, 'moved')
    expect(outdated).toBeNull()
    // As if the second version had gone live under a draft of the first (a rollback does that).
    await database.asAdmin(`begin; alter table draft disable trigger user;
      update draft set base_version_id =
        (select id from version where agent_id = '${first.id}' and ordinal = 1)
      where id = '${draft.id}'; alter table draft enable trigger user; commit`)
    expect((await draftForEditor(author, 'moved')).outdated).toEqual({
      number: '1.0.0',
      bytes: base64(text('moved', [])),
    })
    const save = (revision: number, mergedWith: string | undefined, words = 'Mine') =>
      saveDraft.execute(author, {
        draftId: draft.id,
        revision,
        bytes: base64(text('moved', [], words)),
        mergedWith,
      })
    const one = await save(draft.revision, draft.id)
    expect(
      (await draftForEditor(author, 'moved')).outdated,
      'merged with what is not live',
    ).not.toBeNull()
    const two = await save(one.value.revision, live?.id)
    expect(two.value.revision, 'the same bytes on a new base').toBe(one.value.revision + 1)
    expect((await draftForEditor(author, 'moved')).outdated).toBeNull()
    expect((await save(two.value.revision, live?.id)).value.revision).toBe(two.value.revision)
    await expect(save(one.value.revision, live?.id, 'Stale')).rejects.toThrow(/saved this draft/)
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { applyFix } from './commands/apply-fix'
import { openProposal } from './commands/open-proposal'
import { saveDraft } from './commands/save-draft'
import { checkOf, storedBytes } from './queries/check'
import { agentFacts, draftView } from './queries/page'
import { importText, liveDraftOf, publishDraft } from './testing/agents'
import { aDefinition, base64 } from './testing/definitions'

let database: TestDatabase
let admin: PersonActor
let approver: PersonActor
let departmentId: string

beforeAll(async () => {
  database = await freshDatabase()
  const here = await anOrganisation()
  admin = here.admin
  departmentId = here.departmentId
  approver = await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Ines Approver')
})
afterAll(() => database.close())

const strays = (name: string, more = {}) =>
  aDefinition({ name, tools: 'Read, Bash, Write', authorised: 'Read', ...more })

/** The first finding of these bytes that carries a fix, as the screen hands it back. */
async function fixable(slug: string, digest: string) {
  const facts = await agentFacts(admin, slug)
  const check = await checkOf(digest, facts)
  const finding = check?.findings.find((one) => one.fix)
  if (!finding) throw new Error(`Nothing of ${slug} can be fixed.`)
  return { agentId: facts.id, digest, fingerprint: fingerprintOf(finding) }
}
const textOf = async (digest: string) => Buffer.from((await storedBytes(digest)) ?? []).toString()

test('a fix is the next revision of the draft, exactly its splice, and says what it did', async () => {
  const text = strays('fixed').replaceAll('\n', '\r\n')
  await importText(admin, departmentId, { path: 'agents/fixed.md', text })
  const before = await liveDraftOf(admin, 'fixed')
  const { value } = await applyFix.execute(admin, await fixable('fixed', before.digest))
  expect(value).toMatchObject({ draftId: before.id, revision: 2, left: 0 })
  expect(`${value.label} ${value.removed}`).toMatch(/Bash.*Bash/)
  expect(await textOf(value.digest)).toBe(text.replace('tools: Read, Bash, Write', 'tools: Read'))
  const after = await liveDraftOf(admin, 'fixed')
  expect(after).toMatchObject({ revision: 2, digest: value.digest })
  // The catalog speaks of the draft of an agent that was never published.
  expect((await agentFacts(admin, 'fixed')).digest).toBe(value.digest)
})

test('bytes that moved meanwhile are refused, and nothing is saved', async () => {
  await importText(admin, departmentId, { path: 'agents/moved.md', text: strays('moved') })
  const { id, digest, revision } = await liveDraftOf(admin, 'moved')
  const shown = await fixable('moved', digest)
  const bytes = base64(strays('moved', { model: 'opus' }))
  await saveDraft.execute(admin, { draftId: id, revision, bytes })
  await expect(applyFix.execute(admin, shown)).rejects.toMatchObject({ code: 'conflict' })
  expect((await liveDraftOf(admin, 'moved')).revision).toBe(2)
})

test('without a draft one is opened on the live version, which stays as it is', async () => {
  const slug = 'live-one'
  // A soft hyphen warns, which stops no publication.
  const text = strays(slug, { tools: 'Read' }).replace('Nothing leaves', 'Nothing\u00ad leaves')
  await importText(admin, departmentId, { path: `agents/${slug}.md`, text })
  const number = await publishDraft({ author: admin, approver, slug, message: 'First.' })
  const live = await agentFacts(admin, slug)
  const { value } = await applyFix.execute(admin, await fixable(slug, live.digest))
  expect(value.revision).toBe(1)
  expect(await agentFacts(admin, slug)).toMatchObject({ digest: live.digest, liveNumber: number })
  expect((await draftView(live.id))?.digest).toBe(value.digest)
  // The live bytes are no longer what a fix starts from.
  const again = applyFix.execute(admin, await fixable(slug, live.digest))
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
})

test('a proposed draft is not edited behind those who sign it', async () => {
  const slug = 'proposed-one'
  const text = aDefinition({ name: slug, authorised: 'Read' }).replace(/^tools: .*\n/m, '')
  await importText(admin, departmentId, { path: `agents/${slug}.md`, text })
  const { id, digest, revision } = await liveDraftOf(admin, slug)
  await openProposal.execute(admin, { draftId: id, revision, message: 'First.' })
  const attempt = applyFix.execute(admin, await fixable(slug, digest))
  await expect(attempt).rejects.toMatchObject({ code: 'refused' })
  expect((await liveDraftOf(admin, slug)).state).toBe('proposed')
})

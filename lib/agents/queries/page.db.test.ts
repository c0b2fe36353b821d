import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { openDraft } from '../commands/open-draft'
import { openProposal } from '../commands/open-proposal'
import { saveDraft } from '../commands/save-draft'
import { type DraftPlan, importText, liveDraftOf, publishDraft } from '../testing/agents'
import { agentDefinition } from './definition'
import { draftForEditor } from './draft'
import { listAgents } from './list'
import { agentFacts, agentPage, approvalOfProposal } from './page'
import { versionsTable } from './versions'

let database: TestDatabase
let admin: PersonActor
let dataAuthor: PersonActor
let approver: PersonActor

const text = (name: string, tools = 'Read', description = `Helps with ${name}`) =>
  `---\nname: ${name}\ndescription: ${description}\ntools: ${tools}\nmodel: sonnet\n---\n\n# ${name}\n\nDo it.\n`

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  const data = await aDepartment(admin, 'Data')
  dataAuthor = await aPerson(admin, [{ role: 'author', departmentId: data }], 'Ada Data')
  approver = await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Ines Approver')
  for (const name of ['helper-00', 'helper-01', 'helper-04']) {
    const file = { path: `team/${name}.md`, text: text(name) }
    await importText(admin, organisation.departmentId, file)
  }
}, 120_000)
afterAll(() => database.close())

const rowOf = async (slug: string) => {
  const question = { actor: admin, view: 'all', sort: 'risk', order: 'natural' } as const
  const filters = { text: slug }
  return (await listAgents({ ...question, filters, cursor: null, today: '2026-11-20' })).rows[0]
}

describe('one agent', () => {
  const plan = (change: Partial<DraftPlan>): DraftPlan => ({
    author: admin,
    approver,
    slug: 'helper-00',
    message: 'First one.',
    ...change,
  })

  test('carries one digest from draft through proposal to version, with the signature', async () => {
    const before = await agentPage(admin, 'helper-00')
    expect(before).toMatchObject({ versionCount: 0, proposal: null, facts: { state: 'draft' } })
    expect(before.draft?.digest).toBe(before.facts.digest)
    expect(before.check?.capabilities.tools.map((tool) => tool.name)).toEqual(['Read'])

    const number = await publishDraft(plan({}))
    const after = await agentPage(admin, 'helper-00')
    expect(after.facts).toMatchObject({ state: 'active', liveNumber: number })
    expect(after.draft).toBeNull()
    expect(after.versions.rows).toHaveLength(1)
    const [version] = after.versions.rows
    expect(version).toMatchObject({ number, digest: before.facts.digest, message: 'First one.' })
    expect(version?.signatures.map((one) => one.name)).toEqual(['Ines Approver'])
  })

  test('a draft beside a live version changes nothing that speaks for the agent', async () => {
    const facts = await agentFacts(admin, 'helper-00')
    const { value } = await openDraft.execute(admin, { agentId: facts.id })
    const bytes = Buffer.from(text('helper-00', 'Read, Bash')).toString('base64')
    await saveDraft.execute(admin, { draftId: value.draftId, revision: 1, bytes })
    const page = await agentPage(admin, 'helper-00')
    expect(page.facts.digest).toBe(facts.digest)
    expect(page.facts.riskTier).toBe('low')
    expect(page.draft).toMatchObject({ revision: 2, state: 'open', editor: admin.name })
    expect(page.pending?.check?.riskTier).toBe('high')
    expect(page.pending).toMatchObject({ number: '2.0.0', change: { direction: 'widening' } })
    const row = await rowOf('helper-00')
    expect(row).toMatchObject({
      digest: facts.digest,
      draftDigest: page.draft?.digest,
      live: facts.liveNumber,
    })
  })

  test('an open proposal shows its seats in the list and leads to its approval', async () => {
    const draft = await liveDraftOf(admin, 'helper-00')
    const { value } = await openProposal.execute(admin, {
      draftId: draft.id,
      revision: draft.revision,
      message: 'Needs a shell.',
    })
    const page = await agentPage(admin, 'helper-00')
    expect(page.proposal).toMatchObject({ number: value.number, signatures: [], quorum: 1 })
    const row = await rowOf('helper-00')
    expect(row).toMatchObject({ proposed: value.version, signed: 0, quorum: 1 })
    expect(await approvalOfProposal(admin, 'helper-00', value.number)).toBe(value.approvalId)
    await expect(approvalOfProposal(dataAuthor, 'helper-00', value.number)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('exports exact bytes by version and digest, and only its own', async () => {
    const odd = '\ufeff---\r\nname: helper-00\r\ndescription: CR LF and no end\r\n---\r\nx'
    const draft = await liveDraftOf(admin, 'helper-00')
    const saved = await saveDraft.execute(admin, {
      draftId: draft.id,
      revision: draft.revision,
      bytes: Buffer.from(odd).toString('base64'),
    })
    const byDigest = { kind: 'digest', digest: saved.value.digest } as const
    const exported = await agentDefinition(admin, 'helper-00', byDigest)
    expect(Buffer.from(exported.bytes).toString('hex')).toBe(Buffer.from(odd).toString('hex'))
    expect(exported.fileName).toBe('helper-00.md')
    const number = (await agentFacts(admin, 'helper-00')).liveNumber ?? ''
    const live = await agentDefinition(admin, 'helper-00', { kind: 'version', number })
    expect(Buffer.from(live.bytes).toString()).toBe(text('helper-00'))
    await expect(agentDefinition(admin, 'helper-01', byDigest)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(
      agentDefinition(admin, 'helper-00', { kind: 'digest', digest: 'x' }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the editor starts on the draft, knows the live bytes and who may agree', async () => {
    const editor = await draftForEditor(admin, 'helper-00')
    expect(Buffer.from(editor.bytes, 'base64').toString()).toContain('CR LF and no end')
    expect(editor.live && Buffer.from(editor.live.bytes, 'base64').toString()).toBe(
      text('helper-00'),
    )
    expect(editor.approvers).toEqual(['Ines Approver'])
    expect(editor.whyNotEdit).toBeNull()
    const reader = await draftForEditor(approver, 'helper-00')
    expect(reader.whyNotEdit).toMatch(/author of Platform/)
  })

  test('versions come newest first in pages that miss and repeat none', async () => {
    for (let n = 0; n < 3; n++) {
      await publishDraft(
        plan({ slug: 'helper-04', text: text('helper-04', 'Read', `Number ${n}`) }),
      )
    }
    const { id } = await agentFacts(admin, 'helper-04')
    const first = await versionsTable(admin, id, null)
    expect(first.rows.map((row) => row.ordinal)).toEqual([3, 2, 1])
    const below = await versionsTable(admin, id, 3)
    expect(below.rows.map((row) => row.ordinal)).toEqual([2, 1])
    expect(first.rows[0]?.findings).toMatchObject({ errors: 0, blocking: 0 })
  })
})

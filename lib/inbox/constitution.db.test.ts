import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  proposeConstitution,
  withdrawConstitution,
} from '@/lib/agents/commands/propose-constitution'
import { checkCatalog } from '@/lib/agents/commands/recheck'
import { previewOf } from '@/lib/agents/queries/constitution-impact'
import { importText } from '@/lib/agents/testing/agents'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import { type PersonActor, WORKER } from '@/lib/auth/actor'
import {
  discardConstitutionDraft,
  importConstitution,
  openConstitutionDraft,
  saveConstitutionData,
  saveConstitutionDraft,
} from '@/lib/constitution/commands/draft'
import { DEFAULT_CONSTITUTION, DEFAULT_HASH } from '@/lib/constitution/default-constitution'
import { renderConstitution } from '@/lib/constitution/document/render'
import type { ConstitutionContent } from '@/lib/constitution/model'
import { currentRulebook, draftOfConstitution } from '@/lib/constitution/queries'
import { newId } from '@/lib/core/ids'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { inboxItem } from './queries/item'
import { behind } from './testing/behind'
import { say } from './testing/items'

let database: TestDatabase
let admin: PersonActor
let eva: PersonActor
let otto: PersonActor
let anna: PersonActor

beforeAll(async () => {
  database = await freshDatabase()
  const here = await anOrganisation()
  admin = here.admin
  eva = await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Eva Everywhere')
  otto = await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Otto Everywhere')
  anna = await aPerson(admin, [{ role: 'approver', departmentId: here.departmentId }], 'Anna')
  for (const [name, tools] of [
    ['ledger-keeper', 'Read, Grep'],
    ['rate-finder', 'Read, Grep, Bash'],
    ['tide-watcher', 'Read, Sextant'],
  ] as const) {
    const text = aDefinition({ name, tools, authorised: tools })
    await importText(admin, here.departmentId, { path: `agents/${name}.md`, text })
  }
})
afterAll(() => database.close())

const encoded = (content: ConstitutionContent) =>
  Buffer.from(renderConstitution(content)).toString('base64')

async function open(actor = admin) {
  return (await openConstitutionDraft.execute(actor, {})).value
}

/** A draft with this data, proposed by the administrator. */
async function proposed(data: Partial<ConstitutionContent>) {
  const draft = await open()
  const { value } = await saveConstitutionData.execute(admin, {
    ...{ draftId: draft.draftId, revision: draft.revision, data },
  })
  const { draftId, revision } = value
  const message = 'The first audit asked for it.'
  const item = await proposeConstitution.execute(admin, { draftId, revision, message })
  return { draftId, revision, hash: value.hash, ...item.value }
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  )

describe('the draft of the constitution', () => {
  it('is one, on the rulebook in force, under a label of its own', async () => {
    const first = await open()
    expect((await open(eva)).draftId).toBe(first.draftId)
    const draft = await draftOfConstitution()
    expect(draft?.content).toEqual({ ...DEFAULT_CONSTITUTION, label: '1.1.0' })
    expect(draft?.baseHash).toBe(DEFAULT_HASH)
    await discardConstitutionDraft.execute(admin, { draftId: first.draftId, revision: 1 })
  })

  it('loses nothing when two people edit it at once', async () => {
    const { draftId, revision } = await open()
    const one = { draftId, revision, data: { fillers: ['as configured'] } }
    await saveConstitutionData.execute(admin, one)
    const late = { draftId, revision, data: { fillers: ['best practices'] } }
    expect(await refusal(saveConstitutionData.execute(eva, late))).toContain('conflict')
    expect((await draftOfConstitution())?.content.fillers).toEqual(['as configured'])
    await discardConstitutionDraft.execute(admin, { draftId, revision: 2 })
  })

  it('keeps the prose of the document when a form changes its data', async () => {
    const { draftId, revision } = await open()
    const before = Buffer.from((await draftOfConstitution())?.bytes ?? []).toString()
    await saveConstitutionData.execute(admin, { draftId, revision, data: { tools: [] } })
    const after = Buffer.from((await draftOfConstitution())?.bytes ?? []).toString()
    const prose = (text: string) => text.slice(text.indexOf('\n# '))
    expect(prose(after)).toBe(prose(before))
    expect(after).not.toBe(before)
    await discardConstitutionDraft.execute(admin, { draftId, revision: 2 })
  })

  it('refuses a document that does not read as a constitution, with the line', async () => {
    const { draftId, revision } = await open()
    const bytes = base64('---\nlabel: 1.1.0\n---\n# Rules\n')
    const save = saveConstitutionDraft.execute(admin, { draftId, revision, bytes })
    expect(await refusal(save)).toMatch(/^invalid: .*Line 1/)
    await discardConstitutionDraft.execute(admin, { draftId, revision })
  })

  it('is taken from a file, and the data of what is in force with it', async () => {
    const bytes = base64(
      '# Charter\n\n**Version**: 1.5.0\n\n### Principle II: Test-First\nTests.\n',
    )
    const { value } = await importConstitution.execute(admin, { bytes, draft: null })
    expect(value.notes.join(' ')).toContain('taken over from 1.0.0')
    const draft = await draftOfConstitution()
    expect(draft?.content.label).toBe('1.5.0')
    expect(draft?.content.models).toEqual(DEFAULT_CONSTITUTION.models)
    await discardConstitutionDraft.execute(admin, { draftId: value.draftId, revision: 1 })
  })
})

describe('four eyes on the constitution', () => {
  it('needs two people of the whole organisation, never who wrote it', async () => {
    const item = await proposed({ fillers: ['to be decided'] })
    expect(item.quorum).toBe(2)
    expect(await refusal(say(admin, item.approvalId, 'approve'))).not.toBe('done')
    expect(await refusal(say(anna, item.approvalId, 'approve'))).toMatch(/not_found|forbidden/)
    await say(eva, item.approvalId, 'approve')
    expect((await currentRulebook()).hash).toBe(DEFAULT_HASH)
    expect(await refusal(say(eva, item.approvalId, 'approve'))).not.toBe('done')
    await withdrawConstitution.execute(admin, { draftId: item.draftId })
    expect((await draftOfConstitution())?.state).toBe('open')
    await discardConstitutionDraft.execute(admin, { draftId: item.draftId, revision: 2 })
  })

  it('cannot be edited while it is up for approval, and goes back when it is refused', async () => {
    const item = await proposed({ fillers: ['to be refused'] })
    const { draftId, revision } = item
    const edit = { draftId, revision, data: { fillers: [] } }
    expect(await refusal(saveConstitutionData.execute(admin, edit))).toContain('up for approval')
    expect(await refusal(withdrawConstitution.execute(eva, { draftId }))).toContain('refused')
    await say(eva, item.approvalId, 'reject')
    const draft = await draftOfConstitution()
    expect([draft?.state, draft?.hash]).toEqual(['open', item.hash])
    await discardConstitutionDraft.execute(admin, { draftId, revision })
  })

  it('is held by the database too: no version without people who approved exactly its bytes', async () => {
    const item = await proposed({ fillers: ['behind the back'] })
    const row = (hash: string) =>
      behind(
        (_, event) => sql`
        insert into constitution_version (id, ordinal, label, hash, bytes, message, author_id,
          approval_id, published_at, audit_event_id)
        select ${newId()}, 9, '9.0.0', ${hash}, bytes, '', ${admin.id}, ${item.approvalId}, now(), ${event}
        from constitution_draft where id = ${item.draftId}`,
      )
    await expect(row(item.hash)).rejects.toThrow()
    await say(eva, item.approvalId, 'approve')
    await expect(row(item.hash)).rejects.toThrow()
    await withdrawConstitution.execute(admin, { draftId: item.draftId })
    await discardConstitutionDraft.execute(admin, { draftId: item.draftId, revision: 2 })
  })
})

describe('a constitution that comes into force', () => {
  it('does to the catalog exactly what the preview said, in one fact', async () => {
    const tools = [
      ...DEFAULT_CONSTITUTION.tools.filter((tool) => tool.name !== 'Bash'),
      { name: 'Sextant', class: 'read', risk: 'low', meaning: 'measures height' } as const,
    ]
    const item = await proposed({ tools })
    const draft = await draftOfConstitution()
    if (!draft) throw new Error('no draft')
    const preview = await previewOf(draft, { actor: WORKER })
    const named = (list: { slug: string }[]) => list.map((one) => one.slug)
    const read = await inboxItem(eva, item.approvalId)
    expect(read.subject).toMatchObject({ kind: 'constitution', after: { hash: item.hash } })
    await say(eva, item.approvalId, 'approve')
    await say(otto, item.approvalId, 'approve')
    const rulebook = await currentRulebook()
    expect([rulebook.hash, rulebook.ordinal]).toEqual([item.hash, 1])
    expect(rulebook.earlier[0]).toEqual(DEFAULT_CONSTITUTION)
    const before = await stops()
    await checkCatalog({ published: true })
    const after = await stops()
    const names = [...after.keys()]
    const was = (name: string) => before.get(name) ?? 0
    const is = (name: string) => after.get(name) ?? 0
    expect(names.filter((one) => was(one) === 0 && is(one) > 0)).toEqual(named(preview.failing))
    expect(names.filter((one) => was(one) > 0 && is(one) === 0)).toEqual(named(preview.passing))
    expect(preview.failing.length + preview.passing.length).toBeGreaterThan(0)
    expect(await factsChecked()).toEqual([
      { failing: preview.failing.length, passing: preview.passing.length },
    ])
    await checkCatalog({})
    expect(await factsChecked()).toHaveLength(1)
  })

  it('keeps its label for good, and its immutable principles', async () => {
    const { content } = await currentRulebook()
    const draft = await open()
    const propose = (next: ConstitutionContent, revision: number) =>
      saveConstitutionDraft
        .execute(admin, { draftId: draft.draftId, revision, bytes: encoded(next) })
        .then(({ value }) =>
          proposeConstitution.execute(admin, {
            ...{ draftId: draft.draftId, revision: value.revision, message: 'Why not.' },
          }),
        )
    const taken = { ...content, fillers: ['x'] }
    expect(await refusal(propose(taken, 1))).toContain('is taken')
    const dropped = { ...content, label: '2.0.0', principles: content.principles.slice(1) }
    expect(await refusal(propose(dropped, 2))).toContain('immutable')
    const unmarked = content.principles.map((one) => ({ ...one, critical: false }))
    const softer = { ...content, label: '2.0.0', principles: unmarked }
    expect(await refusal(propose(softer, 3))).toContain('critical')
  })
})

async function stops(): Promise<Map<string, number>> {
  const rows = await database.asAdmin('select slug, errors from agent order by slug')
  return new Map(rows.map((row) => [String(row.slug), Number(row.errors)]))
}

async function factsChecked() {
  const rows = await database.asAdmin(`
    select convert_from(leaf, 'UTF8')::jsonb -> 'd' as d from audit.event
    where action = 'catalog.checked' order by at`)
  return rows.map(({ d }) => {
    const data = d as Record<string, number>
    return { failing: data.newly_failing, passing: data.newly_passing }
  })
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import type { CatalogCursor, CatalogFilters, CatalogSort, CatalogView } from '../model'
import { importText, liveDraftOf } from '../testing/agents'
import { agentDefinition } from './definition'
import { draftForEditor } from './draft'
import { catalogChoices, countAgents, listAgents } from './list'
import { agentFacts, agentPage } from './page'
import { versionsTable } from './versions'

const TODAY = '2026-11-20'
let database: TestDatabase
let admin: PersonActor
let dataAuthor: PersonActor
let platform: string
let data: string

const text = (name: string, tools = 'Read', description = `Helps with ${name}`) =>
  `---\nname: ${name}\ndescription: ${description}\ntools: ${tools}\nmodel: sonnet\n---\n\n# ${name}\n\nDo it.\n`

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  platform = organisation.departmentId
  data = await aDepartment(admin, 'Data')
  dataAuthor = await aPerson(admin, [{ role: 'author', departmentId: data }], 'Ada Data')
  await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Ines Approver')
  for (let n = 0; n < 64; n++) {
    const tools = ['Read', 'Read, Write', 'Read, Bash', 'Sorcery'][n % 4] ?? 'Read'
    await importText(admin, platform, {
      path: `team/helper-${String(n).padStart(2, '0')}.md`,
      text: text(`helper-${String(n).padStart(2, '0')}`, tools),
    })
  }
  await importText(dataAuthor, data, {
    path: 'data/anthropologist.md',
    text: text('anthropologist', 'Read', '人類学者 100% a_b \\ path'),
  })
  await importText(dataAuthor, data, { path: 'data/secret.md', text: text('secret') })
}, 180_000)
afterAll(() => database.close())

type Asked = {
  actor?: PersonActor
  view?: CatalogView
  filters?: CatalogFilters
  sort?: CatalogSort
  order?: 'natural' | 'reverse'
}
const question = (asked: Asked, cursor: CatalogCursor | null = null) => ({
  actor: asked.actor ?? admin,
  view: asked.view ?? ('all' as const),
  filters: asked.filters ?? {},
  sort: asked.sort ?? ('risk' as const),
  order: asked.order ?? ('natural' as const),
  cursor,
  today: TODAY,
})

async function everything(asked: Asked): Promise<string[]> {
  const slugs: string[] = []
  let cursor: CatalogCursor | null = null
  do {
    const page = await listAgents(question(asked, cursor))
    slugs.push(...page.rows.map((row) => row.slug))
    cursor = page.next
  } while (cursor !== null)
  return slugs
}

async function bySql(condition: string): Promise<string[]> {
  const rows = await database.asAdmin(`select slug from agent where ${condition} order by slug`)
  return rows.map((row) => String(row.slug))
}

describe('the catalog', () => {
  test('shows nothing of a foreign department, in rows, counts, choices or one agent', async () => {
    expect(await everything({ actor: dataAuthor })).toEqual(
      expect.arrayContaining(['anthropologist', 'secret']),
    )
    expect(await everything({ actor: dataAuthor })).toHaveLength(2)
    const counts = await countAgents(question({ actor: dataAuthor }))
    expect(counts).toMatchObject({ visible: 2, shown: { agents: 2 } })
    expect((await catalogChoices(dataAuthor)).departments.map((one) => one.name)).toEqual(['Data'])
    await expect(agentPage(dataAuthor, 'helper-01')).rejects.toMatchObject({ code: 'not_found' })
    await expect(draftForEditor(dataAuthor, 'helper-01')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(
      agentDefinition(dataAuthor, 'helper-01', { kind: 'current' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    const foreign = await agentFacts(admin, 'helper-01')
    expect((await versionsTable(dataAuthor, foreign.id, null)).rows).toEqual([])
  })

  test('a person without a role sees nothing at all', async () => {
    const nobody = { ...dataAuthor, grants: [] }
    expect(await everything({ actor: nobody })).toEqual([])
    expect(await countAgents(question({ actor: nobody }))).toMatchObject({ visible: 0 })
  })

  test.each<[CatalogFilters, string]>([
    [{}, "state <> 'retired'"],
    [{ state: 'any' }, 'true'],
    [{ state: ['draft'] }, "state = 'draft'"],
    [{ risk: ['high', 'critical'] }, "risk_tier in ('high', 'critical')"],
    [{ department: 'data' }, "source_path like 'data/%'"],
    [{ department: 'nowhere' }, 'false'],
    [{ owner: 'none' }, 'owner_id is null'],
    [{ findings: 'errors' }, 'errors > 0'],
    [{ findings: 'yes' }, 'errors + warnings + notes > 0'],
    [{ findings: 'no' }, 'errors + warnings + notes = 0'],
    [{ review: 'none' }, 'next_review_on is null'],
    [{ text: 'HELPER-1' }, "slug like 'helper-1%'"],
    [{ text: '人類学' }, "slug = 'anthropologist'"],
    [{ text: '100% a_b \\' }, "slug = 'anthropologist'"],
    [{ text: '%' }, "slug = 'anthropologist'"],
    [{ text: "'; drop table agent; --" }, 'false'],
    [{ risk: ['high'], text: 'helper 2' }, "risk_tier = 'high' and slug like '%2%'"],
  ])('lists and counts %j exactly like plain SQL', async (filters, condition) => {
    const expected = await bySql(condition)
    expect((await everything({ filters, sort: 'name' })).sort()).toEqual(expected)
    const counts = await countAgents(question({ filters }))
    expect(counts.shown.agents).toBe(expected.length)
  })

  test('owner by id finds exactly that person’s agents', async () => {
    const found = await everything({ filters: { owner: dataAuthor.id } })
    expect(found.sort()).toEqual(['anthropologist', 'secret'])
  })

  test.each<[CatalogSort, 'natural' | 'reverse']>([
    ['risk', 'natural'],
    ['risk', 'reverse'],
    ['name', 'natural'],
    ['name', 'reverse'],
    ['review', 'natural'],
    ['review', 'reverse'],
  ])('pages by %s, %s, hold every agent once and in order', async (sort, order) => {
    await database.asAdmin('alter table agent disable trigger all')
    await database.asAdmin(
      `update agent set next_review_on = date '2026-11-01' + (length(slug) + ascii(right(slug, 1)))
       where right(slug, 1) in ('1', '4', '7')`,
    )
    await database.asAdmin('alter table agent enable trigger all')
    const slugs = await everything({ sort, order })
    const direction = order === 'natural' ? '' : 'desc'
    const by = {
      risk: `risk_rank ${order === 'natural' ? 'desc' : ''}, slug ${direction}`,
      name: `slug ${direction}`,
      review: `next_review_on ${direction} nulls last, slug ${direction}`,
    }[sort]
    const rows = await database.asAdmin(`select slug from agent order by ${by}`)
    expect(slugs).toEqual(rows.map((row) => row.slug))
    expect(new Set(slugs).size).toBe(66)
  })

  test('overdue and due are split by the reader’s day', async () => {
    const overdue = await everything({ filters: { review: 'overdue' } })
    const due = await everything({ filters: { review: 'due' } })
    expect(overdue.sort()).toEqual(await bySql(`next_review_on < date '${TODAY}'`))
    expect(due.sort()).toEqual(
      await bySql(`next_review_on between date '${TODAY}' and date '${TODAY}' + 30`),
    )
  })

  test('says how many there would be without each filter in use', async () => {
    const filters: CatalogFilters = { department: 'data', risk: ['high'] }
    const { shown, without } = await countAgents(question({ filters }))
    expect(shown.agents).toBe(0)
    expect(without).toEqual({ department: 16, risk: 2 })
  })

  test('every view counts what it lists', async () => {
    const { views } = await countAgents(question({}))
    for (const view of Object.keys(views) as CatalogView[]) {
      expect(await everything({ view }), view).toHaveLength(views[view])
    }
  })
})

test('the same path in another department is another agent, and never reaches the first', async () => {
  const before = await liveDraftOf(admin, 'helper-07')
  const same = { path: 'team/helper-07.md', text: text('helper-07', 'Bash') }
  const made = await importText(dataAuthor, data, same)
  expect(made.slug).toBe('helper-07-2')
  expect(made.outcome).toMatch(/^imported/)
  expect(await importText(dataAuthor, data, same)).toMatchObject({ outcome: 'unchanged' })
  expect(await liveDraftOf(admin, 'helper-07')).toEqual(before)
})

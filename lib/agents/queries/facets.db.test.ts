import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { AGENT_STATES, type CatalogFilters, MAX_BULK } from '../model'
import { importText } from '../testing/agents'
import { type Facets, facetCounts } from './facets'
import { type CatalogQuestion, countAgents, listAgents, selectMatching } from './list'

const TODAY = '2026-11-20'
let database: TestDatabase
let admin: PersonActor
let dataAuthor: PersonActor
let owner: string

const TOOLS = ['Read', 'Read, Bash', 'Read, mcp__web__open', 'Sorcery, Grep', null] as const
const MODELS = ['sonnet', 'opus', null] as const

const text = (n: number) => {
  const name = `helper-${n}`
  const tools = TOOLS[n % TOOLS.length]
  const model = MODELS[n % MODELS.length]
  const lines = [tools ? `tools: ${tools}` : '', model ? `model: ${model}` : ''].filter(Boolean)
  const description = n % 4 === 0 ? '港の人類学を助ける' : `Helps with ${name}`
  return `---\nname: ${name}\ndescription: ${description}\n${lines.join('\n')}\n---\n\n# ${name}\n\nDo it.\n`
}

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  const data = await aDepartment(admin, 'Data')
  dataAuthor = await aPerson(admin, [{ role: 'author', departmentId: data }], 'Ada Data')
  owner = (await aPerson(admin, [{ role: 'viewer', departmentId: null }], 'Ines Owner')).id
  for (let n = 0; n < 60; n++) {
    const departmentId = n % 7 === 0 ? data : organisation.departmentId
    await importText(admin, departmentId, { path: `team/helper-${n}.md`, text: text(n) })
  }
  // What no import brings: states, dates, a sponsor. The rules of the rows stay as they are.
  await database.asAdmin('alter table agent disable trigger all')
  await database.asAdmin(
    `update agent set sponsor_id = '${owner}' where right(slug, 1) in ('1', '2', '3')`,
  )
  await database.asAdmin(`update agent set owner_id = null where right(slug, 1) = '5'`)
  await database.asAdmin(`update agent set state = 'retired' where right(slug, 1) = '9'`)
  await database.asAdmin(
    `update agent set next_review_on = date '${TODAY}' + (length(title) * 7 + ascii(right(slug, 1)) * 3 - 220) where right(slug, 1) in ('0', '4', '6', '9')`,
  )
  await database.asAdmin('alter table agent enable trigger all')
}, 180_000)
afterAll(() => database.close())

const question = (filters: CatalogFilters, actor = admin): CatalogQuestion => ({
  actor,
  view: 'all',
  filters,
  sort: 'name',
  order: 'natural',
  cursor: null,
  today: TODAY,
})

async function listed(filters: CatalogFilters, actor = admin): Promise<string[]> {
  return (await listAgents(question(filters, actor), 200)).rows.map((row) => row.slug)
}

/** The same filters in plain SQL, written once more and without the product's own conditions. */
function plainSql(filters: CatalogFilters): string {
  const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`
  const among = (column: string, values: readonly string[]) =>
    `${column} in (${values.map(quoted).join(', ')})`
  const { state, risk, department, sponsor, tool, mcp, model, rule, findings, review } = filters
  const person = (column: string, id: string) =>
    id === 'none' ? `${column} is null` : `${column}::text = ${quoted(id)}`
  const open = 'errors + warnings + notes'
  return [
    state === 'any' ? 'true' : state ? among('state', state) : "state <> 'retired'",
    risk ? among('risk_tier', risk) : 'true',
    department
      ? `department_id in (select id from department where slug = ${quoted(department)})`
      : 'true',
    filters.owner ? person('owner_id', filters.owner) : 'true',
    sponsor ? person('sponsor_id', sponsor) : 'true',
    tool ? `${quoted(tool)} = any(tools)` : 'true',
    mcp ? `${quoted(mcp)} = any(mcp_servers)` : 'true',
    model ? (model === 'none' ? 'model is null' : `model = ${quoted(model)}`) : 'true',
    rule ? `${quoted(rule)} = any(rules)` : 'true',
    { yes: `${open} > 0`, errors: 'errors > 0', no: `${open} = 0`, any: 'true' }[findings ?? 'any'],
    {
      none: 'next_review_on is null',
      overdue: `next_review_on < '${TODAY}' and state <> 'retired'`,
      due: `next_review_on >= '${TODAY}' and next_review_on <= date '${TODAY}' + 30 and state <> 'retired'`,
      any: 'true',
    }[review ?? 'any'],
    filters.text
      ? `(position(lower(${quoted(filters.text)}) in lower(slug)) > 0 or position(lower(${quoted(filters.text)}) in lower(title)) > 0 or position(lower(${quoted(filters.text)}) in lower(description)) > 0)`
      : 'true',
  ]
    .map((condition) => `(${condition})`)
    .join(' and ')
}

const maybe = <T>(from: fc.Arbitrary<T>) => fc.option(from, { nil: undefined, freq: 3 })
const filtersOf = () =>
  fc
    .record({
      state: maybe(fc.oneof(fc.subarray([...AGENT_STATES], { minLength: 1 }), fc.constant('any'))),
      risk: maybe(fc.subarray(['low', 'medium', 'high', 'critical'], { minLength: 1 })),
      department: maybe(fc.constantFrom('data', 'platform', 'nowhere')),
      owner: maybe(fc.constantFrom('none', admin.id)),
      sponsor: maybe(fc.constantFrom('none', owner, "'; drop table agent")),
      tool: maybe(fc.constantFrom('Bash', 'Read', '*', "a'b")),
      mcp: maybe(fc.constantFrom('web', 'nothing')),
      model: maybe(fc.constantFrom('sonnet', 'opus', 'none')),
      rule: maybe(fc.constantFrom('tool-unknown', 'tools-inherited')),
      findings: maybe(fc.constantFrom('yes', 'errors', 'no')),
      review: maybe(fc.constantFrom('overdue', 'due', 'none')),
      text: maybe(fc.constantFrom('人類学', '類学', '類', 'HELPER-1', '%', '_')),
    })
    .map(
      (all) =>
        Object.fromEntries(
          Object.entries(all).filter(([, value]) => value !== undefined),
        ) as CatalogFilters,
    )

describe('the catalog under any filters', () => {
  test('lists and counts exactly what plain SQL does', async () => {
    await fc.assert(
      fc.asyncProperty(filtersOf(), async (filters) => {
        const rows = await database.asAdmin(
          `select slug from agent where ${plainSql(filters)} order by slug`,
        )
        const slugs = rows.map((row) => row.slug)
        expect((await listed(filters)).sort()).toEqual(slugs.sort())
        const counts = await countAgents(question(filters))
        expect(counts.shown.agents).toBe(slugs.length)
      }),
      { numRuns: 60 },
    )
  })

  test('says of every value how long the list gets when it is chosen', async () => {
    await fc.assert(
      fc.asyncProperty(filtersOf(), async (filters) => {
        const facets = await facetCounts(question(filters))
        for (const [field, values] of Object.entries(facets) as [keyof Facets, Facets['tool']][]) {
          for (const { value, agents } of values.slice(0, 3)) {
            const chosen = field === 'state' || field === 'risk' ? [value] : value
            const next = { ...filters, [field]: chosen } as CatalogFilters
            expect({ field, value, agents }).toEqual({
              field,
              value,
              agents: (await listed(next)).length,
            })
          }
        }
      }),
      { numRuns: 12 },
    )
  })

  test('leaves out no value that some agent has', async () => {
    const facets = await facetCounts(question({ state: 'any' }))
    const values = (field: keyof Facets) => facets[field].map((one) => one.value).sort()
    expect(values('tool')).toEqual(['*', 'Bash', 'Grep', 'Read', 'Sorcery', 'web/open'])
    expect(values('model')).toEqual(['none', 'opus', 'sonnet'])
    expect(values('mcp')).toEqual(['web'])
    expect(values('sponsor')).toEqual(['none', owner].sort())
    expect(facets.sponsor.find((one) => one.value === owner)?.name).toBe('Ines Owner')
  })

  test('counts nothing of a foreign department', async () => {
    const facets = await facetCounts(question({}, dataAuthor))
    expect(facets.department).toEqual([{ value: 'data', name: 'Data', agents: 8 }])
    expect(await selectMatching(question({}, dataAuthor))).toHaveLength(8)
  })

  test('selects what it lists, in its order, up to the bound', async () => {
    const filters: CatalogFilters = { tool: 'Bash' }
    const selected = await selectMatching(question(filters))
    expect(selected.map((one) => one.slug)).toEqual(await listed(filters))
    expect(selected.length).toBeLessThanOrEqual(MAX_BULK)
  })
})

describe('text search', () => {
  test.each(['人類学', '類', '港の', '人類学 helper-4', 'helper-4 人類学'])(
    'finds %s inside words that no blank separates',
    async (words) => {
      const found = await listed({ text: words })
      expect(found.length).toBeGreaterThan(0)
      expect(found).toContain('helper-4')
      expect(found).not.toContain('helper-1')
    },
  )

  test('has its index, and finds the same without it', async () => {
    const [index] = await database.asAdmin(
      "select indexdef from pg_indexes where indexname = 'agent_by_text'",
    )
    expect(String(index?.indexdef)).toContain('gin_trgm_ops')
    const before = await listed({ text: '人類学' })
    await database.asAdmin('drop index agent_by_text')
    expect(await listed({ text: '人類学' })).toEqual(before)
  })

  test('no word is found across two fields', async () => {
    expect(await listed({ text: 'helper-1helper-1' })).toEqual([])
  })
})

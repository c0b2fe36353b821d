import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { importText } from '../testing/agents'
import { departmentPage, departmentSummaries } from './departments'

const TODAY = '2026-11-20'
let database: TestDatabase
let admin: PersonActor
let dataAuthor: PersonActor

const text = (name: string, tools: string | null) =>
  `---\nname: ${name}\ndescription: Helps with ${name}\n${tools === null ? '' : `tools: ${tools}\n`}---\n\n# ${name}\n\nDo it.\n`

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  const data = await aDepartment(admin, 'Data')
  dataAuthor = await aPerson(admin, [{ role: 'author', departmentId: data }], 'Ada Data')
  const add = (departmentId: string, name: string, tools: string | null) =>
    importText(admin, departmentId, { path: `team/${name}.md`, text: text(name, tools) })
  await add(data, 'reader', 'Read')
  await add(data, 'writer', 'Read, Bash, mcp__web__open')
  await add(data, 'heir', null)
  await add(organisation.departmentId, 'elsewhere', 'Read, WebFetch')
}, 60_000)
afterAll(() => database.close())

describe('a department', () => {
  test('counts what plain SQL counts', async () => {
    const [row] = await database.asAdmin(`
      select count(*)::int as agents, sum(errors)::int as errors, sum(warnings)::int as warnings,
        count(*) filter (where risk_tier = 'critical')::int as critical,
        count(*) filter (where state = 'draft')::int as draft
      from agent join department d on d.id = department_id where d.slug = 'data'`)
    const found = (await departmentSummaries(admin, TODAY)).find((one) => one.slug === 'data')
    expect(found).toMatchObject(row ?? {})
    expect(found?.agents).toBe(3)
  })

  test('is listed even without agents', async () => {
    await aDepartment(admin, 'Empty Place')
    const found = (await departmentSummaries(admin, TODAY)).find(
      (one) => one.slug === 'empty-place',
    )
    expect(found).toMatchObject({ agents: 0, errors: 0, people: 0 })
  })

  test('shows what its agents hold, who has a role, and how many inherit everything', async () => {
    const page = await departmentPage(dataAuthor, 'data', TODAY)
    expect(page.tools.find((one) => one.tool === 'Read')?.agents).toBe(2)
    expect(page.tools.find((one) => one.tool === 'Bash')?.agents).toBe(1)
    expect(page.tools.some((one) => one.tool === 'WebFetch' && one.agents > 0)).toBe(false)
    expect(page.inheriting).toBe(1)
    expect(page.servers.map(({ name, agents }) => [name, agents])).toEqual([['web', 1]])
    expect(page.roles.map(({ name, roles }) => [name, roles])).toEqual([['Ada Data', ['author']]])
  })

  test('of others does not exist', async () => {
    expect((await departmentSummaries(dataAuthor, TODAY)).map((one) => one.slug)).toEqual(['data'])
    const foreign = departmentPage(dataAuthor, 'platform', TODAY)
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
  })
})

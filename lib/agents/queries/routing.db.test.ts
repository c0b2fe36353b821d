import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { ChanceryError } from '@/lib/core/errors'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { removeRoutingCase, saveRoutingCases } from '../commands/routing-case'
import { importText, publishDraft } from '../testing/agents'
import { routeRequest, routingCases, routingGaps, routingImpact } from './routing'

let database: TestDatabase
let admin: PersonActor
let approver: PersonActor
let foreigner: PersonActor
let platform: string

const text = (name: string, description: string) =>
  `---\nname: ${name}\ndescription: ${description}\ntools: Read\nmodel: sonnet\n---\n\n# ${name}\n\nDo it.\n`

async function live(name: string, description: string, department = platform) {
  const file = { path: `${name}.md`, text: text(name, description) }
  await importText(admin, department, file)
  await publishDraft({ author: admin, approver, slug: name, message: 'First.' })
}

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  platform = organisation.departmentId
  const data = await aDepartment(admin, 'Data')
  approver = await aPerson(admin, [{ role: 'approver', departmentId: null }])
  foreigner = await aPerson(admin, [{ role: 'author', departmentId: data }])
  await live('report-doctor', 'Explains slow queries. Use when a report times out.')
  await live('crane-planner', 'Plans cranes and berths. Use before a ship arrives.')
  await live('mute-helper', 'Helps.')
  await live('table-mover', 'Moves tables of the データベース. Use for migrations.', data)
  await importText(admin, platform, {
    path: 'dry-docker.md',
    text: text('dry-docker', 'Docks ships for repairs. Use for hulls and propellers.'),
  })
})
afterAll(() => database.close())

const save = (cases: unknown[]) => saveRoutingCases.execute(admin, { cases })
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof ChanceryError ? error.code : String(error)),
  )

describe('a request', () => {
  test.each([
    ['Why does this query take a minute?', 'report-doctor'],
    ['Plan the berth for tomorrow', 'crane-planner'],
    ['データベース', 'table-mover'],
    ['Repair the hull', null],
    ['ÄRGER mit einem berth', 'crane-planner'],
  ])('%s goes to %s', async (request, slug) => {
    const routing = await routeRequest(admin, request)
    expect(routing).toMatchObject({ rule: 'descriptions', chosen: { slug, tied: [] } })
  })

  test('never names an agent of a department that the reader does not see', async () => {
    const routing = await routeRequest(foreigner, 'Explain slow queries and migrations')
    expect(routing.described.agents.map((agent) => agent.slug)).toEqual(['table-mover'])
  })
})

describe('routing tests', () => {
  test('are pasted, changed, run and removed, each with a fact', async () => {
    const pasted = [
      { phrase: 'Plan the berth', expected: 'report-doctor' },
      { phrase: 'Plan the berth', expected: 'crane-planner' },
      { phrase: 'Explain this slow query', expected: 'report-doctor' },
      { phrase: 'Say good morning', expected: 'crane-planner' },
    ]
    expect((await save(pasted)).value).toEqual({ saved: 3 })
    expect((await save(pasted)).value).toEqual({ saved: 0 })
    const cases = await routingCases(admin)
    expect(cases.map((one) => [one.phrase, one.agrees])).toEqual([
      ['Say good morning', false],
      ['Explain this slow query', true],
      ['Plan the berth', true],
    ])
    const id = cases[0]?.id
    await save([{ id, phrase: 'Say good evening', expected: null }])
    expect((await routingCases(admin)).every((one) => one.agrees)).toBe(true)
    await removeRoutingCase.execute(admin, { caseId: id })
    expect(await routingCases(admin)).toHaveLength(2)
    const facts = await database.asAdmin(
      "select action, count(*)::int as n from audit.event where action like 'routing_case.%' group by 1 order by 1",
    )
    expect(facts).toEqual([
      { action: 'routing_case.removed', n: 1 },
      { action: 'routing_case.saved', n: 4 },
    ])
  })

  test('are refused where they cannot be meant', async () => {
    const [known] = await routingCases(admin)
    const unknown = [{ phrase: 'New', expected: 'no-such-agent' }]
    expect(await codeOf(save(unknown))).toBe('invalid')
    const twice = [{ id: known?.id, phrase: 'Plan the berth', expected: null }]
    expect(await codeOf(save(twice))).toBe('conflict')
    const gone = [{ id: '00000000-0000-7000-8000-000000000000', phrase: 'x', expected: null }]
    expect(await codeOf(save(gone))).toBe('not_found')
    expect(await codeOf(save([{ phrase: ' ', expected: null }]))).toBe('invalid')
    const many = { cases: [{ phrase: 'Mine', expected: null }] }
    expect(await codeOf(saveRoutingCases.execute(foreigner, many))).toBe('forbidden')
    expect(await routingCases(admin)).toHaveLength(2)
  })

  test('that expect a foreign agent are not shown', async () => {
    expect(await routingCases(foreigner)).toEqual([])
  })

  test('are removed only through the command', async () => {
    await expect(database.asAdmin('delete from routing_case')).rejects.toThrow(/without a fact/)
  })
})

describe('another description', () => {
  test('shows the tests that it would send elsewhere, and no others', async () => {
    const impact = await routingImpact(admin, 'report-doctor', 'Reads. Use for berths and ships.')
    expect(impact.cases).toBe(2)
    expect(
      impact.shifts.map((shift) => [shift.phrase, shift.before.slug, shift.after.slug]),
    ).toEqual([['Explain this slow query', 'report-doctor', null]])
    const same = 'Explains slow queries. Use when a report times out.'
    expect((await routingImpact(admin, 'report-doctor', same)).shifts).toEqual([])
  })

  test('of an agent that is not active yet counts as if it were', async () => {
    const taking = 'Plans berths, plans every berth. Use to plan the berth.'
    const { shifts } = await routingImpact(admin, 'dry-docker', taking)
    expect(shifts.map((shift) => [shift.phrase, shift.after.tied])).toEqual([
      ['Plan the berth', ['crane-planner', 'dry-docker']],
    ])
  })
})

test('an active agent that says nowhere when to use it is unreachable', async () => {
  const gaps = await routingGaps(admin)
  expect(gaps.unreachable).toEqual({ slugs: ['mute-helper'], count: 1 })
  // The shipped rulebook names agents that nobody imported here, and no keyword twice.
  expect(gaps.missing.length).toBeGreaterThan(0)
  expect(gaps.missing.every((one) => one.state === 'absent')).toBe(true)
  expect(gaps.collisions).toEqual([])
})

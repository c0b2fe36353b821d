import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { MAX_REACH_STEPS, type ReachSubject } from '../model'
import { importText } from '../testing/agents'
import { reachOf, reachSubjects } from './reach'

let database: TestDatabase
let admin: PersonActor
let dataAuthor: PersonActor

const text = (name: string, tools: string | null, more = '') =>
  `---\nname: ${name}\ndescription: Helps with ${name}\n${tools === null ? '' : `tools: ${tools}\n`}${more}---\n\n# ${name}\n\nDo it.\n`

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  const data = await aDepartment(admin, 'Data')
  dataAuthor = await aPerson(admin, [{ role: 'author', departmentId: data }])
  const add = (departmentId: string, name: string, tools: string | null, more?: string) =>
    importText(admin, departmentId, { path: `team/${name}.md`, text: text(name, tools, more) })
  const here = organisation.departmentId
  await add(here, 'shell', 'Bash, Read')
  await add(here, 'heir', null)
  // A circle: first starts second, second starts first; second also starts the shell.
  await add(here, 'first', 'Read, Task(second)')
  await add(here, 'second', 'Read, Task(first, shell)')
  await add(here, 'far', 'Read, Task(first)')
  await add(data, 'foreign', 'Read, Task(shell)')
  await add(here, 'reader', 'Read')
  await add(here, 'browser', 'Read, mcp__web__open')
  await add(here, 'skilled', 'Read', 'skills: [ledger]\n')
  for (let n = 0; n < MAX_REACH_STEPS + 2; n++) {
    await add(here, `chain-${n}`, n === 0 ? 'Read, Glob' : `Read, Task(chain-${n - 1})`)
  }
}, 120_000)
afterAll(() => database.close())

const reach = async (subject: ReachSubject, actor = admin) =>
  Object.fromEntries(
    (await reachOf(actor, subject)).rows.map((row) => [row.slug, `${row.how} ${row.steps}`]),
  )

describe('the reach', () => {
  test('of a tool holds who names it, who inherits everything, and who starts them, in circles too', async () => {
    expect(await reach({ kind: 'tool', name: 'Bash' })).toEqual({
      shell: 'named 0',
      heir: 'inherited 0',
      second: 'started 1',
      foreign: 'started 1',
      first: 'started 2',
      far: 'started 3',
    })
  })

  test('says through whom, and counts what it lists', async () => {
    const { rows, counts } = await reachOf(admin, { kind: 'tool', name: 'Bash' })
    expect(rows.find((row) => row.slug === 'far')?.through).toBe('first')
    expect(rows.find((row) => row.slug === 'shell')?.through).toBeNull()
    expect(counts).toEqual({ named: 1, inherited: 1, started: 4, departments: 2 })
  })

  test('shows and follows nothing of a foreign department', async () => {
    expect(await reach({ kind: 'tool', name: 'Bash' }, dataAuthor)).toEqual({})
    expect(await reach({ kind: 'tool', name: 'Read' }, dataAuthor)).toEqual({ foreign: 'named 0' })
  })

  test('of an agent is who may start it, without itself', async () => {
    expect(await reach({ kind: 'agent', name: 'first' })).toEqual({
      second: 'started 1',
      far: 'started 1',
    })
  })

  test('of a server and of a skill', async () => {
    expect(await reach({ kind: 'mcp', name: 'web' })).toEqual({
      browser: 'named 0',
      heir: 'inherited 0',
    })
    expect(await reach({ kind: 'skill', name: 'ledger' })).toEqual({ skilled: 'named 0' })
    expect(await reach({ kind: 'tool', name: "x'; drop table agent" })).toEqual({
      heir: 'inherited 0',
    })
  })

  test('ends after a bounded number of steps', async () => {
    const found = await reach({ kind: 'tool', name: 'Glob' })
    expect(found[`chain-${MAX_REACH_STEPS}`]).toBe(`started ${MAX_REACH_STEPS}`)
    expect(found[`chain-${MAX_REACH_STEPS + 1}`]).toBeUndefined()
  })

  test('who may start any agent is one step from everything, but from nothing it is not', async () => {
    const departmentId = (
      await database.asAdmin("select department_id as id from agent where slug = 'shell'")
    )[0]?.id
    await importText(admin, String(departmentId), {
      path: 'team/any.md',
      text: text('any', 'Read, Task'),
    })
    expect((await reach({ kind: 'tool', name: 'Bash' })).any).toBe('started 1')
    expect((await reach({ kind: 'skill', name: 'nothing' })).any).toBeUndefined()
  })

  test('begins at what is named most', async () => {
    const subjects = await reachSubjects(dataAuthor)
    expect(subjects).toContainEqual({ kind: 'tool', name: 'Read', agents: 1 })
    expect(subjects).toContainEqual({ kind: 'agent', name: 'shell', agents: 1 })
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { sha256 } from '@/lib/core/sha256'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { aDepartment, anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { eachOf } from './commands/bulk'
import { BULK_SLICE } from './model'
import { agentFacts } from './queries/page'
import { importText } from './testing/agents'
import { aDefinition } from './testing/definitions'

let database: TestDatabase
let admin: PersonActor
let dataAdmin: PersonActor
let owner: PersonActor
let platform: string
let data: string
const ids: Record<string, string> = {}
const call = { requestId: undefined }

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  platform = organisation.departmentId
  data = await aDepartment(admin, 'Data')
  dataAdmin = await aPerson(admin, [{ role: 'administrator', departmentId: data }])
  owner = await aPerson(admin, [{ role: 'viewer', departmentId: null }], 'Ines Owner')
  for (const name of ['one', 'two', 'three']) {
    const file = { path: `team/${name}.md`, text: aDefinition({ name }) }
    await importText(admin, name === 'three' ? data : platform, file)
    ids[name] = (await agentFacts(admin, name)).id
  }
}, 120_000)
afterAll(() => database.close())

const idOf = (name: string) => ids[name] ?? ''
const assigned = async () =>
  Number(
    (
      await database.asAdmin(
        "select count(*)::int as n from audit.event where action = 'agent.assigned'",
      )
    )[0]?.n,
  )
const request = (more: Record<string, unknown>, agents: string[]) => ({
  verb: 'assign',
  key: randomUUID(),
  agentIds: agents,
  ...more,
})

describe('one thing done with many agents', () => {
  test('leaves one fact and one outcome for each, and what is so already is said', async () => {
    const before = await assigned()
    const agents = [idOf('one'), idOf('two')]
    const first = await eachOf(admin, request({ ownerId: owner.id }, agents), call)
    expect(first.outcomes.map((one) => one.outcome)).toEqual(['done', 'done'])
    expect(await assigned()).toBe(before + 2)
    const again = await eachOf(admin, request({ ownerId: owner.id }, agents), call)
    expect(again.outcomes.map((one) => one.outcome)).toEqual(['unchanged', 'unchanged'])
    expect(await assigned()).toBe(before + 2)
  })

  test('keeps what it does not name', async () => {
    await eachOf(admin, request({ sponsorId: admin.id }, [idOf('one')]), call)
    const facts = await agentFacts(admin, 'one')
    expect([facts.ownerId, facts.sponsorId, facts.departmentId]).toEqual([
      owner.id,
      admin.id,
      platform,
    ])
  })

  test('refuses each agent by itself: a foreign one is not found, and the others are done', async () => {
    const gone = randomUUID()
    const agents = [idOf('one'), idOf('three'), gone]
    const { outcomes } = await eachOf(dataAdmin, request({ ownerId: dataAdmin.id }, agents), call)
    expect(outcomes.map(({ outcome, because }) => [outcome, because !== undefined])).toEqual([
      ['refused', true],
      ['done', false],
      ['refused', true],
    ])
    expect((await agentFacts(admin, 'one')).ownerId).toBe(owner.id)
  })

  test('nobody moves an agent into a department that they do not administrate', async () => {
    const moving = request({ departmentId: platform }, [idOf('three')])
    const { outcomes } = await eachOf(dataAdmin, moving, call)
    expect(outcomes[0]).toMatchObject({ outcome: 'refused' })
    expect((await agentFacts(admin, 'three')).departmentId).toBe(data)
  })

  test('a move is checked under the rules of the new place', async () => {
    const checks = async () =>
      (await database.asAdmin('select distinct scope from definition_check')).length
    const before = await checks()
    await eachOf(admin, request({ departmentId: data }, [idOf('two')]), call)
    expect((await agentFacts(admin, 'two')).departmentId).toBe(data)
    expect(await checks()).toBe(before + 1)
  })

  test('the same slice sent again under its key does nothing twice', async () => {
    const before = await assigned()
    const same = request({ ownerId: admin.id }, [idOf('one')])
    expect(await eachOf(admin, same, call)).toEqual(await eachOf(admin, same, call))
    expect(await assigned()).toBe(before + 1)
  })

  test('a slice is bounded, and nothing else is read', async () => {
    const many = Array.from({ length: BULK_SLICE + 1 }, () => randomUUID())
    const tooMany = eachOf(admin, request({}, many), call)
    await expect(tooMany).rejects.toMatchObject({ code: 'invalid' })
    const strange = eachOf(admin, { ...request({}, [idOf('one')]), verb: 'retire' }, call)
    await expect(strange).rejects.toMatchObject({ code: 'invalid' })
  })

  test('a check brings the row up to the verdict, and says when it was so already', async () => {
    const input = { verb: 'check', agentIds: [idOf('one'), idOf('three')] }
    const check = async () =>
      (await eachOf(admin, { ...input, key: randomUUID() }, call)).outcomes.map(
        (one) => one.outcome,
      )
    expect(await check()).toEqual(['unchanged', 'unchanged'])
    const rowOfOne = async () =>
      (await database.asAdmin("select warnings, tools from agent where slug = 'one'"))[0]
    const before = await rowOfOne()
    await database.asAdmin('alter table agent disable trigger all')
    await database.asAdmin(`update agent set tools = '{}', warnings = 99 where slug = 'one'`)
    await database.asAdmin('alter table agent enable trigger all')
    expect(await check()).toEqual(['done', 'unchanged'])
    expect(await rowOfOne()).toEqual(before)
    expect(before?.tools).not.toEqual([])
  })

  test('an export holds the exact bytes of what its reader may see', async () => {
    const agents = [idOf('one'), idOf('three')]
    const input = { verb: 'export', key: randomUUID(), agentIds: agents }
    const { files, outcomes } = await eachOf(dataAdmin, input, call)
    expect(files.map((file) => file.path)).toEqual(['three/three.md'])
    const bytes = Buffer.from(files[0]?.bytes ?? '', 'base64')
    expect(sha256(bytes)).toBe((await agentFacts(admin, 'three')).digest)
    expect(outcomes.map((one) => one.outcome)).toEqual(['refused', 'done'])
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anOrganisation, type Organisation } from '@/lib/people/testing/organisation'
import { checkBetween } from './commands/between'
import { findingsBetween } from './queries/between'
import { importText } from './testing/agents'

let database: TestDatabase
let here: Organisation

beforeAll(async () => {
  database = await freshDatabase()
  here = await anOrganisation()
})
afterAll(() => database?.close())

const text = (name: string, tools: string) =>
  `---\nname: ${name}\ndescription: Keeps one thing tidy.\ntools: ${tools}\n---\n\n# One thing\n`
const take = async (path: string, content: string) => {
  const { slug } = await importText(here.admin, here.departmentId, { path, text: content })
  const [row] = await database.asAdmin('select id from agent where slug = $1', [slug])
  return String(row?.id)
}
const rulesOf = async (id: string) =>
  (await findingsBetween(here.admin, id)).map((finding) => finding.rule)

test('an agent that reads, takes in and reaches out is told as one combination, and no longer when it cannot', async () => {
  const leaky = await take('a/leaky.md', text('leaky', 'Read, WebFetch'))
  const tidy = await take('a/tidy.md', text('tidy', 'Read, Grep'))
  await checkBetween()
  expect(await rulesOf(leaky)).toContain('toxic-combination')
  expect(await rulesOf(tidy)).not.toContain('toxic-combination')
  await take('a/leaky.md', text('leaky', 'Read, Grep'))
  await checkBetween()
  expect(await rulesOf(leaky)).not.toContain('toxic-combination')
})

test('findings name agents of any department, so only who reads all of them is told', async () => {
  const leaky = await take('b/other.md', text('other', 'Read, WebFetch'))
  await checkBetween()
  expect(await rulesOf(leaky)).toContain('toxic-combination')
  const grants = here.admin.grants.map((one) => ({ ...one, departmentId: here.departmentId }))
  expect(await findingsBetween({ ...here.admin, grants }, leaky)).toEqual([])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WaiverView } from '@/lib/agents/model'
import { countWaivers, listWaivers, waiversOf } from '@/lib/agents/queries/waivers'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anInbox, say, type TestInbox } from './testing/items'
import { anAgentWithAnError, inDays, waiverAsked } from './testing/waivers'

let database: TestDatabase
let inbox: TestInbox
beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

const stray = (name: string) =>
  anAgentWithAnError(inbox.author, { departmentId: inbox.departmentId, name })
/** Asked for by the author, owned by Anna. */
async function asked(name: string) {
  const of = await stray(name)
  return { ...of, ...(await waiverAsked(inbox.author, { ...of, ownerId: inbox.anna.id })) }
}
async function inForce(name: string) {
  const of = await asked(name)
  await say(inbox.bert, of.approvalId, 'approve')
  return of
}
const days = (n: number) => new Date(Date.now() + n * 86_400_000)

describe('the list of waivers', () => {
  const view = (is: WaiverView, now: Date, actor = inbox.bert) =>
    listWaivers(actor, { view: is, filters: {}, after: null, now })
  const ids = async (...asked: Parameters<typeof view>) =>
    (await view(...asked)).rows.map((row) => row.id)

  test('what is in force ends by the clock alone, and the counts follow', async () => {
    const { waiverId, agentId } = await inForce('listed')
    expect(await ids('force', days(0))).toContain(waiverId)
    expect(await ids('force', days(11))).not.toContain(waiverId)
    expect(await ids('ended', days(11))).toContain(waiverId)
    const counts = await countWaivers(inbox.bert, { filters: {}, now: days(31) })
    expect(counts).toMatchObject({ open: 0, force: 0 })
    expect((await waiversOf(agentId, days(11))).map((row) => row.standing)).toEqual(['over'])
  })

  test('in force: the one that ends first stands first', async () => {
    const of = await stray('ends-first')
    const ask = { ...of, endsOn: inDays(1), ownerId: inbox.anna.id }
    const { approvalId, waiverId } = await waiverAsked(inbox.author, ask)
    await say(inbox.bert, approvalId, 'approve')
    expect((await ids('force', days(0)))[0]).toBe(waiverId)
  })

  test('pages go on after their last row, and a filter narrows', async () => {
    await asked('paged-before')
    const { slug, waiverId } = await asked('paged')
    const all = await ids('open', days(0))
    const second = { view: 'open', filters: {}, after: all[0] ?? null, now: days(0) } as const
    const rest = (await listWaivers(inbox.bert, second)).rows.map((row) => row.id)
    expect(rest).toEqual(all.slice(1))
    const narrowed = { view: 'open', filters: { agent: slug }, after: null, now: days(0) } as const
    expect((await listWaivers(inbox.bert, narrowed)).rows.map((row) => row.id)).toEqual([waiverId])
  })

  test('those of a foreign department do not exist', async () => {
    expect(await ids('open', days(0), inbox.foreign)).toEqual([])
    const counts = await countWaivers(inbox.foreign, { filters: {}, now: days(0) })
    expect(counts).toEqual({ open: 0, force: 0, ended: 0 })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PersonActor, WORKER } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { expireApproval } from './commands/expire'
import { INBOX_VIEWS, type InboxView } from './model'
import { inboxItem } from './queries/item'
import { inboxCounts, inboxList } from './queries/list'
import { urgency } from './rules/order'
import { anInbox, say, type TestInbox } from './testing/items'

let database: TestDatabase
let inbox: TestInbox

beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

async function idsIn(actor: PersonActor, view: InboxView): Promise<string[]> {
  const list = await inboxList(actor, { view })
  return list.groups.find((group) => group.view === view)?.rows.map((row) => row.id) ?? []
}

describe('who finds what in the inbox', () => {
  test('a proposal needs the approvers of its department and waits for its author', async () => {
    const { approvalId } = await inbox.proposed('finder')
    for (const actor of [inbox.anna, inbox.bert, inbox.everywhere]) {
      expect(await idsIn(actor, 'needs')).toContain(approvalId)
      expect(await idsIn(actor, 'waiting')).not.toContain(approvalId)
    }
    expect(await idsIn(inbox.author, 'needs')).not.toContain(approvalId)
    expect(await idsIn(inbox.author, 'waiting')).toContain(approvalId)
  })

  test('for a inbox.foreign department it does not exist, in the list, in the counts and by its id', async () => {
    const { approvalId } = await inbox.proposed('hidden-from-harbour')
    for (const view of INBOX_VIEWS) {
      expect(await idsIn(inbox.foreign, view)).toEqual([])
    }
    expect(await inboxCounts(inbox.foreign)).toEqual({ needs: 0, waiting: 0, snoozed: 0 })
    await expect(inboxItem(inbox.foreign, approvalId)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the list asks exactly those whom the rule lets decide', async () => {
    const { approvalId } = await inbox.proposed('agreement')
    for (const actor of [inbox.author, inbox.anna, inbox.bert, inbox.everywhere]) {
      const { viewer } = await inboxItem(actor, approvalId)
      const asked = (await idsIn(actor, 'needs')).includes(approvalId)
      expect([actor.name, viewer.why === null]).toEqual([actor.name, asked])
    }
  })

  test('the inbox.author is told why they may not decide, and no decision of theirs is taken', async () => {
    const { approvalId } = await inbox.proposed('own-work')
    const { viewer, standing } = await inboxItem(inbox.author, approvalId)
    expect(viewer.why).toBe('You wrote or proposed this change. Someone else must decide.')
    expect(standing.find((one) => one.id === inbox.author.id)?.barred).toBe('author')
    await expect(say(inbox.author, approvalId, 'approve')).rejects.toMatchObject({
      code: 'refused',
    })
  })

  test('whoever signed first waits for the second, and the counts move with them', async () => {
    const id = await inbox.plain('Needs two', { quorum: 2 })
    const before = await inboxCounts(inbox.anna)
    await expect(say(inbox.anna, id, 'approve')).resolves.toMatchObject({
      value: { state: 'open' },
    })
    expect(await idsIn(inbox.anna, 'needs')).not.toContain(id)
    expect(await idsIn(inbox.anna, 'waiting')).toContain(id)
    expect(await inboxCounts(inbox.anna)).toEqual({
      needs: before.needs - 1,
      waiting: before.waiting + 1,
      snoozed: 0,
    })
    const row = (await inboxList(inbox.bert, { view: 'needs' })).groups[0]?.rows.find(
      (r) => r.id === id,
    )
    expect(row).toMatchObject({ signed: 1, quorum: 2, said: null })
    expect((await inboxItem(inbox.anna, id)).viewer.why).toBe('You have already decided this.')
  })

  test('a decided item is done for everybody concerned, with who decided', async () => {
    const { approvalId } = await inbox.proposed('to-deny')
    await say(inbox.bert, approvalId, 'reject')
    for (const actor of [inbox.author, inbox.anna, inbox.bert]) {
      expect(await idsIn(actor, 'needs')).not.toContain(approvalId)
      expect(await idsIn(actor, 'done')).toContain(approvalId)
    }
    const item = await inboxItem(inbox.anna, approvalId)
    expect(item).toMatchObject({ state: 'rejected', viewer: { why: 'This was denied.' } })
    expect(item.decisions.map((d) => [d.person.name, d.reason])).toEqual([
      ['Bert Approver', 'Not this way.'],
    ])
  })

  test('the filter by kind leaves only that kind', async () => {
    const id = await inbox.plain('A review among proposals', {})
    const list = await inboxList(inbox.anna, { view: 'needs', kind: 'review' })
    const rows = list.groups[0]?.rows ?? []
    expect(rows.map((row) => row.id)).toContain(id)
    expect(new Set(rows.map((row) => row.kind))).toEqual(new Set(['review']))
  })
})

describe('time', () => {
  test('an item past its deadline reads as expired before the sweep and the same after it', async () => {
    const id = await inbox.plain('Late', { dueMs: 1 })
    const asked = async () => ({
      state: (await inboxItem(inbox.anna, id)).state,
      why: (await inboxItem(inbox.anna, id)).viewer.why,
      needs: (await idsIn(inbox.anna, 'needs')).includes(id),
      done: (await idsIn(inbox.anna, 'done')).includes(id),
    })
    const before = await asked()
    expect(before).toMatchObject({ state: 'expired', needs: false, done: true })
    const swept = await expireApproval.execute(WORKER, { approvalId: id })
    expect(swept.value).toEqual({ expired: true })
    expect(await asked()).toEqual(before)
  })

  test('pages follow risk × time left without a gap or a repeat', async () => {
    const due = [null, 30 * 60_000, 5 * 3_600_000, 3 * 86_400_000, 20 * 86_400_000]
    const risks = ['low', 'medium', 'high', 'critical'] as const
    for (let n = 0; n < 56; n++) {
      const dueMs = due[n % due.length] ?? null
      const risk = risks[n % risks.length] ?? 'low'
      await inbox.plain(`Page item ${n}`, { risk, ...(dueMs === null ? {} : { dueMs }) })
    }
    const seen: { id: string; score: number }[] = []
    let after: string | null = null
    do {
      const list: Awaited<ReturnType<typeof inboxList>> = await inboxList(inbox.anna, {
        ...{ view: 'needs', kind: 'review', after },
      })
      const now = Date.parse(list.at)
      for (const row of list.groups[0]?.rows ?? []) {
        const left = row.deadlineAt === null ? null : Date.parse(row.deadlineAt) - now
        seen.push({ id: row.id, score: urgency(risks.indexOf(row.riskTier), left) })
      }
      after = list.groups[0]?.next ?? null
    } while (after !== null)
    expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(56)
    expect(seen.map((one) => one.score)).toEqual(seen.map((one) => one.score).sort((a, b) => b - a))
  })

  test('settled items follow each other newest first over pages, without a gap or a repeat', async () => {
    const made: string[] = []
    for (let n = 0; n < 53; n++) made.push(await inbox.plain(`Settled ${n}`, { dueMs: 1 }))
    for (const approvalId of made) await expireApproval.execute(WORKER, { approvalId })
    const seen: { id: string; at: string | null }[] = []
    let after: string | null = null
    do {
      const list: Awaited<ReturnType<typeof inboxList>> = await inboxList(inbox.anna, {
        ...{ view: 'done', kind: 'review', after },
      })
      seen.push(...(list.groups[0]?.rows ?? []).map((row) => ({ id: row.id, at: row.settledAt })))
      after = list.groups[0]?.next ?? null
    } while (after !== null)
    expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length)
    expect(seen.map((one) => one.id)).toEqual(expect.arrayContaining(made))
    const times = seen.map((one) => one.at ?? '')
    expect(times).toEqual([...times].sort().reverse())
  })

  test('a cursor that nobody was given is refused', async () => {
    await expect(
      inboxList(inbox.anna, { view: 'needs', after: 'bm9uc2Vuc2U' }),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

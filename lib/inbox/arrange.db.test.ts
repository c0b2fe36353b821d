import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PersonActor, WORKER } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { transaction } from '@/lib/db/transaction'
import { endAbsence, planAbsence } from './commands/absence'
import { claimApproval, releaseApproval } from './commands/claim'
import { handOver } from './commands/hand-over'
import { snoozeApproval, wakeApproval } from './commands/snooze'
import { viewApproval } from './commands/view'
import type { InboxRow, InboxView } from './model'
import { inboxItem } from './queries/item'
import { inboxCounts, inboxList } from './queries/list'
import { ownQuality } from './queries/quality'
import { anInbox, say, type TestInbox } from './testing/items'
import { endOf } from './testing/proposals'

const HOUR = 3_600_000
const DAY = 24 * HOUR
let database: TestDatabase
let inbox: TestInbox

beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

const later = (ms: number) => new Date(Date.now() + ms).toISOString()

async function rowIn(actor: PersonActor, view: InboxView, id: string): Promise<InboxRow | null> {
  const list = await inboxList(actor, { view })
  const group = list.groups.find((one) => one.view === view)
  return group?.rows.find((row) => row.id === id) ?? null
}
const place = async (actor: PersonActor, id: string) => {
  for (const view of ['needs', 'waiting', 'snoozed', 'done'] as const) {
    if (await rowIn(actor, view, id)) return view
  }
  return 'nowhere'
}
async function factsOf(action: string, approvalId: string): Promise<number> {
  const [row] = await database.asAdmin(
    `select count(*)::int as n from audit.event where action = $1
     and convert_from(leaf, 'UTF8') like '%' || $2 || '%'`,
    [action, approvalId],
  )
  return Number(row?.n)
}

describe('setting aside', () => {
  test('moves an item out of one person’s way until its time, and out of nobody else’s', async () => {
    const approvalId = await inbox.plain('Later', { dueMs: DAY })
    const before = await inboxCounts(inbox.anna)
    await snoozeApproval.execute(inbox.anna, { approvalId, until: later(HOUR) })
    expect(await place(inbox.anna, approvalId)).toBe('snoozed')
    expect(await place(inbox.bert, approvalId)).toBe('needs')
    expect(await inboxCounts(inbox.anna)).toEqual({
      ...before,
      needs: before.needs - 1,
      snoozed: before.snoozed + 1,
    })
    expect(await factsOf('approval.snoozed', approvalId)).toBe(1)
    await wakeApproval.execute(inbox.anna, { approvalId })
    expect(await place(inbox.anna, approvalId)).toBe('needs')
  })

  test('ends by itself when it is read after its time, with no job in between', async () => {
    const approvalId = await inbox.plain('Comes back', {})
    const until = later(400)
    await snoozeApproval.execute(inbox.anna, { approvalId, until })
    expect(await place(inbox.anna, approvalId)).toBe('snoozed')
    await new Promise((done) => setTimeout(done, 600))
    expect(await place(inbox.anna, approvalId)).toBe('needs')
  })

  test.each([
    ['past the deadline', 2 * HOUR],
    ['into the past', -HOUR],
  ])('is refused %s', async (_, ms) => {
    const approvalId = await inbox.plain(`Bounded ${ms}`, { dueMs: HOUR })
    const asked = snoozeApproval.execute(inbox.anna, { approvalId, until: later(ms) })
    await expect(asked).rejects.toMatchObject({ code: 'refused' })
    expect(await place(inbox.anna, approvalId)).toBe('needs')
  })

  test('is for whoever could decide: not the author, not another department, not a settled item', async () => {
    const { approvalId } = await inbox.proposed('set-aside')
    const input = { approvalId, until: later(HOUR) }
    expect(await endOf(snoozeApproval.execute(inbox.author, input))).toBe('refused')
    expect(await endOf(snoozeApproval.execute(inbox.foreign, input))).toBe('not_found')
    expect(await endOf(snoozeApproval.execute(WORKER, input))).toBe('forbidden')
    await say(inbox.bert, approvalId, 'reject')
    expect(await endOf(snoozeApproval.execute(inbox.anna, input))).toBe('conflict')
  })
})

describe('being on it', () => {
  test('is seen by others, stops nobody, and is given back', async () => {
    const approvalId = await inbox.plain('Claimed', {})
    await claimApproval.execute(inbox.anna, { approvalId })
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.claim?.name).toBe('Anna Approver')
    expect((await inboxItem(inbox.bert, approvalId)).viewer.why).toBeNull()
    expect(await endOf(claimApproval.execute(inbox.bert, { approvalId }))).toBe('conflict')
    expect(await endOf(releaseApproval.execute(inbox.bert, { approvalId }))).toBe('done')
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.claim?.name).toBe('Anna Approver')
    await releaseApproval.execute(inbox.anna, { approvalId })
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.claim).toBeNull()
    await claimApproval.execute(inbox.bert, { approvalId })
    expect((await inboxItem(inbox.anna, approvalId)).arranged.claim?.name).toBe('Bert Approver')
  })

  test('lapses after two hours', async () => {
    const approvalId = await inbox.plain('Lapses', {})
    const { value } = await claimApproval.execute(inbox.anna, { approvalId })
    expect(Date.parse(value.until) - Date.now()).toBeLessThanOrEqual(2 * HOUR)
    expect(Date.parse(value.until) - Date.now()).toBeGreaterThan(2 * HOUR - 60_000)
    await database.asAdmin('alter table approval_claim disable trigger user')
    await database.asAdmin(
      "update approval_claim set until = now() - interval '1 second' where approval_id = $1",
      [approvalId],
    )
    await database.asAdmin('alter table approval_claim enable always trigger tie_change')
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.claim).toBeNull()
    expect(await endOf(claimApproval.execute(inbox.bert, { approvalId }))).toBe('done')
  })

  test('of two at the same moment one is on it', async () => {
    const approvalId = await inbox.plain('Both at once', {})
    const ends = await Promise.all(
      [inbox.anna, inbox.bert].map((who) => endOf(claimApproval.execute(who, { approvalId }))),
    )
    expect(ends.sort()).toEqual(['conflict', 'done'])
  })
})

describe('handing over', () => {
  test('moves the item with who and why, and leaves every right where it was', async () => {
    const approvalId = await inbox.plain('Yours', {})
    const note = 'You know this ledger.'
    await handOver.execute(inbox.anna, { approvalId, toId: inbox.bert.id, note })
    const row = await rowIn(inbox.bert, 'needs', approvalId)
    expect(row?.handed).toMatchObject({ from: { name: 'Anna Approver' }, note })
    expect(await place(inbox.anna, approvalId)).toBe('waiting')
    expect((await inboxItem(inbox.anna, approvalId)).viewer.why).toBeNull()
    expect(await place(inbox.everywhere, approvalId)).toBe('needs')
  })

  test('comes back to whoever it is given back to, at most three times in all', async () => {
    const approvalId = await inbox.plain('To and fro', {})
    const give = (from: PersonActor, to: PersonActor) =>
      handOver.execute(from, { approvalId, toId: to.id })
    await give(inbox.anna, inbox.bert)
    await give(inbox.bert, inbox.anna)
    expect(await place(inbox.anna, approvalId)).toBe('needs')
    expect(await place(inbox.bert, approvalId)).toBe('waiting')
    await give(inbox.anna, inbox.everywhere)
    expect(await endOf(give(inbox.everywhere, inbox.bert))).toBe('refused')
  })

  test('never reaches an author, another department, oneself or nobody', async () => {
    const { approvalId } = await inbox.proposed('handed-over')
    const to = (toId: string) => endOf(handOver.execute(inbox.anna, { approvalId, toId }))
    expect(await to(inbox.author.id)).toBe('refused')
    expect(await to(inbox.foreign.id)).toBe('refused')
    expect(await to(inbox.anna.id)).toBe('refused')
    expect(await to('0198c0de-0000-7000-8000-000000000000')).toBe('not_found')
    expect(await place(inbox.anna, approvalId)).toBe('needs')
    expect(await factsOf('approval.delegated', approvalId)).toBe(0)
  })
})

describe('being away', () => {
  test('shows the absent person’s items to the delegate as theirs, while it lasts', async () => {
    const approvalId = await inbox.plain('For Anna', {})
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.standsInFor).toEqual([])
    const window = { from: later(-HOUR), until: later(DAY) }
    const planned = await planAbsence.execute(inbox.anna, {
      ...window,
      delegateId: inbox.bert.id,
    })
    const row = await rowIn(inbox.bert, 'needs', approvalId)
    expect(row?.standsInFor.map((one) => one.name)).toEqual(['Anna Approver'])
    expect((await rowIn(inbox.everywhere, 'needs', approvalId))?.standsInFor).toEqual([])
    const { standing } = await inboxItem(inbox.bert, approvalId)
    expect(standing.find((one) => one.id === inbox.anna.id)?.away).toMatchObject({
      delegate: 'Bert Approver',
    })
    // Back to whoever named them: a cycle; a second one at the same time: refused.
    const back = { ...window, delegateId: inbox.anna.id }
    expect(await endOf(planAbsence.execute(inbox.bert, back))).toBe('refused')
    const twice = { ...window, delegateId: inbox.everywhere.id }
    expect(await endOf(planAbsence.execute(inbox.anna, twice))).toBe('refused')
    // Bert away too: whoever he named is shown them.
    const onward = await planAbsence.execute(inbox.bert, twice)
    const end = await rowIn(inbox.everywhere, 'needs', approvalId)
    expect(end?.standsInFor.map((one) => one.name).sort()).toEqual([
      'Anna Approver',
      'Bert Approver',
    ])
    expect(await endOf(endAbsence.execute(inbox.bert, planned.value))).toBe('not_found')
    await endAbsence.execute(inbox.bert, onward.value)
    await endAbsence.execute(inbox.anna, planned.value)
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.standsInFor).toEqual([])
  })

  test('never makes somebody decide what they could not: the delegate decides by themselves', async () => {
    const window = { from: later(-HOUR), until: later(DAY) }
    const named = (delegateId: string) =>
      endOf(planAbsence.execute(inbox.anna, { ...window, delegateId }))
    expect(await named(inbox.foreign.id)).toBe('refused')
    const planned = await planAbsence.execute(inbox.anna, {
      ...{ ...window, delegateId: inbox.author.id },
    })
    const { approvalId } = await inbox.proposed('not-for-its-author')
    expect(await place(inbox.author, approvalId)).toBe('waiting')
    expect(await endOf(say(inbox.author, approvalId, 'approve'))).toBe('refused')
    await endAbsence.execute(inbox.anna, planned.value)
  })
})

describe('what is known of how somebody decides', () => {
  test('is nothing until something was decided, and then only what was recorded', async () => {
    const quality = () => transaction((tx) => ownQuality(tx, inbox.everywhere))
    expect(await quality()).toEqual({
      ...{ decided: 0, denied: 0, medianMs: null, medianReadMs: null },
      ...{ approved: 0, opened: 0, since: null },
    })
    await say(inbox.everywhere, await inbox.plain('Never opened', { quorum: 2 }), 'approve')
    expect(await quality()).toMatchObject({ decided: 1, approved: 0, opened: 0, since: null })

    const approvalId = await inbox.plain('Opened', { quorum: 2 })
    const { renderedDigest } = await inboxItem(inbox.everywhere, approvalId)
    await viewApproval.execute(inbox.everywhere, { approvalId, renderedDigest })
    await viewApproval.execute(inbox.everywhere, { approvalId, renderedDigest })
    expect(await factsOf('approval.viewed', approvalId)).toBe(1)
    expect((await rowIn(inbox.everywhere, 'needs', approvalId))?.opened).toBe(true)
    expect((await rowIn(inbox.bert, 'needs', approvalId))?.opened).toBe(false)
    await say(inbox.everywhere, approvalId, 'approve')
    await say(inbox.everywhere, await inbox.plain('Not opened either', { quorum: 2 }), 'approve')
    await say(inbox.everywhere, (await inbox.proposed('denied')).approvalId, 'reject')
    const now = await quality()
    expect(now).toMatchObject({ decided: 4, denied: 1, approved: 2, opened: 1 })
    expect(now.medianMs).toBeGreaterThanOrEqual(0)
    expect(now.medianReadMs).toBeGreaterThanOrEqual(0)
    expect((await inboxList(inbox.everywhere, { view: 'done' })).quality).toMatchObject({
      decided: 4,
    })
    expect((await inboxList(inbox.everywhere, { view: 'needs' })).quality).toBeNull()
  })

  test('is kept as a fact of whoever may decide, never of its author', async () => {
    const { approvalId } = await inbox.proposed('read-by-author')
    const { renderedDigest } = await inboxItem(inbox.author, approvalId)
    const read = viewApproval.execute(inbox.author, { approvalId, renderedDigest })
    expect(await endOf(read)).toBe('refused')
  })
})

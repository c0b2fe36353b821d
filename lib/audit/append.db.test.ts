import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/core/ids'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { dbErrorCode, transaction } from '@/lib/db/transaction'
import { appendEvent, composeLeaf } from './append'
import type { Fact } from './catalogue'
import { commit, leafHash, leafText, readLeaf } from './leaf'
import { logOrigin } from './origin'
import { appendIn, record, recordMany, SOMEBODY, someFact } from './testing/facts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error) => dbErrorCode(error),
  )
}

describe('a recorded fact', () => {
  it('is stored as the exact bytes that its hash is over', async () => {
    const [id] = await record(someFact())
    const [row] = await rawSql()`select leaf, leaf_hash, tx, at from audit.event where id = ${id!}`
    expect(row!.leaf_hash).toEqual(leafHash(row!.leaf))
    expect(leafText(readLeaf(row!.leaf))).toBe(row!.leaf.toString())
  })

  it('keeps copies for indexes that come from the leaf alone', async () => {
    const department = randomUUID()
    const agent = randomUUID()
    const fact = someFact({
      dept: department,
      outcome: 'denied',
      targets: [
        { t: 'proposal', id: 'p-1' },
        { t: 'agent', id: agent },
      ],
    })
    const [id] = await record(fact)
    const [row] = await rawSql()`
      select action, actor_type, actor_id, dept_id, target_type, target_id, agent_id, outcome
      from audit.event where id = ${id!}`
    expect(row).toEqual({
      action: 'draft.discarded',
      actor_type: 'person',
      actor_id: SOMEBODY.kind === 'person' ? SOMEBODY.id : '',
      dept_id: department,
      target_type: 'proposal',
      target_id: 'p-1',
      agent_id: agent,
      outcome: 'denied',
    })
  })

  it('waits for its number from the moment it is committed', async () => {
    const [id] = await record(someFact())
    const rows = await rawSql()`select 1 from audit.pending where event_id = ${id!}`
    expect(rows).toHaveLength(1)
  })

  it('keeps private values beside the leaf, which holds only their commitments', async () => {
    const secrets = { email: 'ada@example.test', note: 'bell \u0007, null \u0000, half \ud800' }
    const [id] = await record(someFact({ private: secrets }))
    const [event] = await rawSql()`select leaf from audit.event where id = ${id!}`
    const rows = await rawSql()`
      select ord, path, salt, value from audit.private where event_id = ${id!} order by ord`
    const leaf = readLeaf(event!.leaf)
    expect(event!.leaf.toString()).not.toContain('ada@example')
    expect(leaf.p).toEqual(
      rows.map(({ salt, path, value }) =>
        commit({ salt: salt.toString('hex'), path, value: JSON.parse(value) }),
      ),
    )
    expect(leaf.p).toEqual([...leaf.p].sort())
    const stored = Object.fromEntries(rows.map((row) => [row.path, JSON.parse(row.value)]))
    expect(stored).toEqual({ ...secrets, note: 'bell \u0007, null \u0000, half \ufffd' })
  })

  it('drops a request id that is not an identifier instead of hashing what a client sent', async () => {
    const log = await transaction((tx) => logOrigin(tx))
    const input = { id: newId(), fact: someFact(), actor: SOMEBODY, now: new Date() }
    expect(composeLeaf(log, { ...input, requestId: 'Ada Example <ada@…>' }).leaf.req).toBeNull()
    expect(composeLeaf(log, { ...input, requestId: 'req-7' }).leaf.req).toBe('req-7')
  })
})

describe('what is refused', () => {
  it('a transaction that rolls back leaves no event, no private value and nothing pending', async () => {
    const counts = () => rawSql()`
      select (select count(*) from audit.event) as events, (select count(*) from audit.private)
        as private, (select count(*) from audit.pending) as pending`
    const before = await counts()
    let kept = 0
    for (let i = 0; i < 20; i++) {
      const work = transaction(async (tx) => {
        await appendIn(tx, [someFact({ private: { reason: 'because' } })])
        if (i % 4 === 0) throw new Error('undone')
      })
      await work.then(
        () => kept++,
        () => undefined,
      )
    }
    const after = await counts()
    expect(kept).toBe(15)
    for (const what of ['events', 'private', 'pending']) {
      expect(Number(after[0]![what]) - Number(before[0]![what])).toBe(kept)
    }
  })

  it('data of another action, or a name where only ids may stand', async () => {
    const wrong = { ...someFact(), data: { revision: 1, digest: 'Ada Example' } } as Fact
    await expect(record(wrong)).rejects.toMatchObject({ code: 'invalid' })
    const data = { ...someFact().data, note: 'free text' }
    const extra = { ...someFact(), data } as unknown as Fact
    await expect(record(extra)).rejects.toMatchObject({ code: 'invalid' })
    const target = someFact({ targets: [{ t: 'person', id: 'Ada Example' }] })
    await expect(record(target)).rejects.toMatchObject({ code: 'invalid' })
  })

  it('a leaf above 16 KiB', async () => {
    const targets = Array.from({ length: 64 }, () => ({
      t: 'definition' as const,
      id: 'x'.repeat(120),
      ver: 'y'.repeat(64),
      sha256: 'ab'.repeat(32),
    }))
    await expect(record(someFact({ targets }))).rejects.toMatchObject({ code: 'limit' })
  })

  it.each([-6, 6])('a time that is %i minutes off the clock of the database', async (minutes) => {
    const now = new Date(Date.now() + minutes * 60_000)
    const work = transaction((tx) => appendIn(tx, [someFact()], now))
    expect(await codeOf(work)).toBe('CHA03')
  })

  it('a leaf that was made for another log or names another event', async () => {
    const insert = (id: string, text: string) =>
      transaction((tx) =>
        tx.execute(
          sql`insert into audit.event (id, leaf) values (${id}, convert_to(${text}, 'UTF8'))`,
        ),
      )
    const log = await transaction((tx) => logOrigin(tx))
    const id = newId<'event'>()
    const input = { id, fact: someFact(), actor: SOMEBODY, requestId: undefined, now: new Date() }
    const foreign = leafText(composeLeaf('chancery/audit/other/1', input).leaf)
    expect(await codeOf(insert(id, foreign))).toBe('CHA02')
    expect(await codeOf(insert(newId(), leafText(composeLeaf(log, input).leaf)))).toBe('CHA01')
  })

  it('a private value that is added after its event', async () => {
    const [id] = await record(someFact())
    const work = rawSql()`
      insert into audit.private (event_id, ord, path, salt, value)
      values (${id!}, 0, 'x', ${Buffer.alloc(32)}, '"y"')`
    expect(await codeOf(work)).toBe('CHA06')
  })

  it('turning a log that holds facts into a demonstration', async () => {
    expect(await codeOf(rawSql()`select audit.mark_demo()`)).toBe('CHA07')
  })
})

it('a demonstration log accepts past times', async () => {
  const other = await freshDatabase()
  try {
    await rawSql()`select audit.mark_demo()`
    const lastYear = new Date(Date.now() - 365 * 86_400_000)
    await transaction((tx) => appendIn(tx, [someFact()], lastYear))
    const [row] = await rawSql()`select at < now() - interval '300 days' as past from audit.event`
    expect(row!.past).toBe(true)
  } finally {
    await other.close()
  }
})

it('one transaction may record several facts, and a thousand of them keep their bytes', async () => {
  const other = await freshDatabase()
  try {
    await recordMany(1_000, (i) => someFact({ data: { revision: i, digest: 'cd'.repeat(32) } }))
    const [row] = await rawSql()`
      select count(*)::int as n from audit.event where leaf_hash = sha256('\\x00'::bytea || leaf)`
    expect(row!.n).toBe(1_000)
    expect(
      await transaction((tx) =>
        appendEvent(tx, {
          id: newId(),
          fact: someFact(),
          actor: SOMEBODY,
          requestId: undefined,
          now: new Date(),
        }),
      ),
    ).toBeUndefined()
  } finally {
    await other.close()
  }
})

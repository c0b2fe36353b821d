import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { configureDatabase, db, rawSql } from './client'
import { freshDatabase, type TestDatabase } from './testing/database'
import { cuttingProxy } from './testing/proxy'
import { dbErrorCode, isConnectionLoss, transaction, violatedConstraint } from './transaction'

const account = pgTable('account', {
  name: text('name').primaryKey(),
  amount: integer('amount').notNull(),
  at: timestamp('at', { withTimezone: true }),
  data: jsonb('data'),
})

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await database.asAdmin(`
    create table account (name text primary key, amount int not null constraint enough check (amount >= 0),
      at timestamptz, data jsonb, parent text references account);
    grant select, insert, update, delete on account to public`)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.asAdmin("truncate account; insert into account values ('a', 10), ('b', 10)")
})

const amounts = async () =>
  Object.fromEntries(
    (await rawSql()`select name, amount from account`).map((r) => [r.name, r.amount]),
  )
const add = (name: string, amount: number) =>
  sql`update account set amount = amount + ${amount} where name = ${name}`

describe('a transaction', () => {
  it('keeps all of it or nothing', async () => {
    await transaction(async (tx) => {
      await tx.execute(add('a', -3))
      await tx.execute(add('b', 3))
    })
    const failing = transaction(async (tx) => {
      await tx.execute(add('a', -3))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await amounts()).toEqual({ a: 7, b: 13 })
  })

  it('undoes a savepoint alone', async () => {
    await transaction(async (tx) => {
      await tx.execute(add('a', 1))
      await tx
        .transaction(async (inner) => {
          await inner.execute(add('b', 1))
          await inner.execute(add('b', -1000))
        })
        .catch(() => undefined)
    })
    expect(await amounts()).toEqual({ a: 11, b: 10 })
  })

  it('runs again after a deadlock, until both sides are through', async () => {
    const held = new Set<string>()
    let runs = 0
    const move = (from: 'a' | 'b', to: 'a' | 'b') =>
      transaction(async (tx) => {
        runs += 1
        await tx.execute(add(from, -1))
        held.add(from)
        while (!held.has(to)) await sleep(5)
        await tx.execute(add(to, 1))
      })
    await Promise.all([move('a', 'b'), move('b', 'a')])
    expect(runs).toBe(3)
    expect(await amounts()).toEqual({ a: 10, b: 10 })
  })

  it('runs again when serialisation failed, on what is true now', async () => {
    let runs = 0
    await transaction(
      async (tx) => {
        runs += 1
        const [row] = await tx.execute<{ amount: number }>(
          sql`select amount from account where name = 'a'`,
        )
        if (runs === 1) await rawSql()`update account set amount = 50 where name = 'a'`
        await tx.execute(
          sql`update account set amount = ${Number(row?.amount) + 1} where name = 'a'`,
        )
      },
      { isolation: 'serializable' },
    )
    expect([runs, await amounts()]).toEqual([2, { a: 51, b: 10 }])
  })

  it('gives up after three repetitions with a conflict that a person can read', async () => {
    let runs = 0
    const hopeless = transaction(async (tx) => {
      runs += 1
      await tx.execute(sql`do $$ begin raise exception 'no' using errcode = '40001'; end $$`)
    })
    await expect(hopeless).rejects.toMatchObject({ code: 'conflict' })
    expect(runs).toBe(4)
  })

  it('repeats nothing else', async () => {
    let runs = 0
    const failing = transaction(async (tx) => {
      runs += 1
      await tx.execute(add('a', -1000))
    })
    await expect(failing).rejects.toThrow()
    expect(runs).toBe(1)
  })

  it('bounds its statements, by the role and by its own option', async () => {
    expect(await db().execute(sql`show statement_timeout`)).toEqual([{ statement_timeout: '30s' }])
    const slow = transaction((tx) => tx.execute(sql`select pg_sleep(5)`), {
      statementTimeoutMs: 50,
    })
    expect(dbErrorCode(await slow.catch((error: unknown) => error))).toBe('57014')
    expect(await db().execute(sql`show statement_timeout`)).toEqual([{ statement_timeout: '30s' }])
  })

  it('is read-only when it says so', async () => {
    const write = transaction((tx) => tx.execute(add('a', 1)), { readOnly: true })
    expect(dbErrorCode(await write.catch((error: unknown) => error))).toBe('25006')
  })
})

describe('when the connection is cut', () => {
  it('in the middle, nothing is kept and the next one works', async () => {
    const [me] = await db().execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    expect(me?.pid).toBeGreaterThan(0)
    const cut = transaction(async (tx) => {
      await tx.execute(add('a', 1))
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await database.asAdmin('select pg_terminate_backend($1)', [row?.pid ?? 0])
      await tx.execute(add('b', 1))
    })
    const error = await cut.catch((e: unknown) => e)
    expect(isConnectionLoss(error)).toBe(true)
    expect(await amounts()).toEqual({ a: 10, b: 10 })
  })

  it('during COMMIT, it is not repeated, and its caller can tell that the outcome is unknown', async () => {
    const proxy = await cuttingProxy(database.url)
    configureDatabase({ url: proxy.url })
    let runs = 0
    try {
      const unknown = transaction(async (tx) => {
        runs += 1
        await tx.execute(add('a', 1))
        proxy.cutAfter('commit')
      })
      const error = await unknown.catch((e: unknown) => e)
      expect([runs, isConnectionLoss(error), dbErrorCode(error)]).toEqual([1, true, null])
      // Here the server did obey: reading again is the only way to know.
      await expect
        .poll(() => database.asAdmin("select amount from account where name = 'a'"))
        .toEqual([{ amount: 11 }])
      await transaction((tx) => tx.execute(add('a', 1)))
      expect(await amounts()).toEqual({ a: 12, b: 10 })
    } finally {
      configureDatabase({ url: database.url, adminUrl: database.adminUrl })
      await proxy.close()
    }
  })
})

describe('the builder', () => {
  it('reads instants, JSON and counts as what they are', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z')
    await db()
      .insert(account)
      .values({ name: 'c', amount: 1, at, data: { text: '0.1', list: [1, 'a'] } })
    const [row] = await db().select().from(account).where(sql`name = 'c'`)
    expect(row).toEqual({ name: 'c', amount: 1, at, data: { text: '0.1', list: [1, 'a'] } })
    expect(await db().$count(account)).toBe(3)
  })

  it('leaves the parsers of the plain client alone', async () => {
    await db().$count(account)
    const at = new Date('2026-03-29T01:30:00.123Z')
    expect(
      await rawSql()`select ${at}::timestamptz as at, ${rawSql().json({ a: 1 })} as data`,
    ).toEqual([{ at, data: { a: 1 } }])
  })
})

describe('errors', () => {
  const errorOf = (text: string) =>
    transaction((tx) => tx.execute(sql.raw(text))).catch((error: unknown) => error)

  it.each([
    ["insert into account values ('a', 1)", '23505', 'account_pkey'],
    ["insert into account values ('d', -1)", '23514', 'enough'],
    [
      "insert into account (name, amount, parent) values ('d', 1, 'x')",
      '23503',
      'account_parent_fkey',
    ],
    ['select 1 / 0', '22012', null],
    [
      "do $$ begin raise exception 'x' using errcode = 'CH001', constraint = 'y'; end $$",
      'CH001',
      null,
    ],
  ])('of %s are told apart by code and constraint', async (text, code, constraint) => {
    const error = await errorOf(text)
    expect([dbErrorCode(error), violatedConstraint(error)]).toEqual([code, constraint])
    expect(isConnectionLoss(error)).toBe(false)
  })

  it('that PostgreSQL did not raise have no code', () => {
    for (const error of [
      new Error('x'),
      Object.assign(new Error('x'), { code: 'ENOENT' }),
      null,
      'x',
    ]) {
      expect([dbErrorCode(error), violatedConstraint(error)]).toEqual([null, null])
    }
  })
})

it('waits for nobody when it is pointed elsewhere: queries under way still end', async () => {
  // A Drizzle query begins when it is awaited.
  const running = db()
    .execute(sql`select pg_sleep(0.3), 'done' as state`)
    .then((rows) => rows)
  await sleep(50)
  configureDatabase({
    url: `${database.url}?application_name=elsewhere`,
    adminUrl: database.adminUrl,
  })
  expect(await db().execute(sql`select current_database() <> '' as here`)).toEqual([{ here: true }])
  expect((await running)[0]).toMatchObject({ state: 'done' })
})

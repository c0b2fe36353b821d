import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, rawSql } from './client'
import { freshDatabase, type TestDatabase } from './testing/database'
import { dbErrorCode, transaction, violatedConstraint } from './transaction'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await database.asAdmin(`create table account (name text primary key, amount int not null check (amount >= 0));
    grant select, insert, update on account to public; insert into account values ('a', 10), ('b', 10)`)
})
afterAll(() => database.close())

describe('transaction', () => {
  it('keeps nothing of a transaction that throws', async () => {
    await expect(
      transaction(async (tx) => {
        await tx.execute(sql`update account set amount = 0 where name = 'a'`)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await rawSql()`select amount from account where name = 'a'`).toEqual([{ amount: 10 }])
  })
  it('names the constraint', async () => {
    const error = await transaction((tx) =>
      tx.execute(sql`insert into account values ('a', 1)`),
    ).catch((e: unknown) => e)
    expect([dbErrorCode(error), violatedConstraint(error)]).toEqual(['23505', 'account_pkey'])
    expect(await db().execute(sql`select 1 as one`)).toEqual([{ one: 1 }])
  })
})

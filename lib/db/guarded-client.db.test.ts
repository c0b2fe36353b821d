import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql, TransactionSql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guardedClient } from './guarded-client'
import { freshDatabase, type TestDatabase } from './testing/database'

// An exception outside every promise (postgres.js writing to a closed socket) fails the run.

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await freshDatabase()
  await database.asAdmin('create table note (text text); grant all on note to public')
})
afterAll(() => database.close())
beforeEach(() => {
  sql = guardedClient({
    url: database.url,
    max: 3,
    name: 'chancery guarded',
    onClose: () => undefined,
  })
})
afterEach(async () => {
  await sql.end({ timeout: 1 })
  await database.asAdmin('truncate note')
})

const backend = async (tx: TransactionSql) =>
  Number((await tx`select pg_backend_pid() as pid`)[0]?.pid)
const terminate = (pid: number) => database.asAdmin('select pg_terminate_backend($1)', [pid])
const notes = async () =>
  (await database.asAdmin('select text from note order by 1')).map((r) => r.text)
const works = async () =>
  expect(
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => sql`select ${n}::int as n`.then((r) => r[0]?.n)),
    ),
  ).toEqual([1, 2, 3, 4, 5, 6])

describe('when a backend is ended in the middle of a transaction', () => {
  it('fails that transaction alone, keeps nothing of it, and the pool works on', async () => {
    const bystander = sql.begin(async (tx) => {
      await tx`insert into note values ('bystander')`
      await sleep(300)
      return (await tx`select count(*)::int as n from note`)[0]?.n
    })
    await expect(
      sql.begin(async (tx) => {
        await tx`insert into note values ('lost')`
        const pid = await backend(tx)
        setTimeout(() => void terminate(pid), 50)
        await tx`select pg_sleep(5)`
      }),
    ).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await works()
    expect(await bystander).toBe(1)
    expect(await notes()).toEqual(['bystander'])
  })

  it('never runs the rest of its body in another session', async () => {
    let late: unknown
    let finished: (() => void) | undefined
    const done = new Promise<void>((resolve) => {
      finished = resolve
    })
    const transaction = sql.begin(async (tx) => {
      await terminate(await backend(tx))
      await sleep(200)
      // By now others have opened new connections in the same pool.
      late = await tx`insert into note values ('outside')`.catch((error: unknown) => error)
      await tx.unsafe("insert into note values ('outside too')").catch(() => undefined)
      finished?.()
    })
    await expect(transaction).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await Promise.all([works(), works()])
    await done
    expect(late).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await notes()).toEqual([])
  })

  it('does not commit when the body swallows the error', async () => {
    await expect(
      sql.begin(async (tx) => {
        await tx`insert into note values ('swallowed')`
        await terminate(await backend(tx))
        await tx`select 1`.catch(() => undefined)
        return 'fine'
      }),
    ).rejects.toThrow()
    await works()
    expect(await notes()).toEqual([])
  })

  it('fails through savepoints as well', async () => {
    await expect(
      sql.begin((tx) =>
        tx.savepoint(async (inner) => {
          await inner`insert into note values ('inner')`
          setTimeout(() => void backendOf('pg_sleep(4)').then(terminate), 50)
          await inner`select pg_sleep(4)`
        }),
      ),
    ).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await works()
    expect(await notes()).toEqual([])
  })

  it('survives a hundred such ends at random moments', async () => {
    let committed = 0
    const worker = async () => {
      for (let round = 0; round < 25; round++) {
        const write = sql.begin(async (tx) => {
          const pid = await backend(tx)
          setTimeout(() => void terminate(pid), Math.random() * 12)
          for (let n = 0; n < 6; n++) await tx`insert into note values ('random')`
        })
        await write.then(
          () => {
            committed += 1
          },
          () => undefined,
        )
      }
    }
    await Promise.all([worker(), worker(), worker(), worker()])
    await sleep(50)
    const rows = (await notes()).length
    // Whole transactions only; a lost answer to COMMIT may hide one that did commit.
    expect(rows % 6).toBe(0)
    expect(rows).toBeGreaterThanOrEqual(committed * 6)
    await works()
  })
})

async function backendOf(query: string): Promise<number> {
  const [row] = await database.asAdmin(
    `select pid from pg_stat_activity where query ilike $1 and pid <> pg_backend_pid()`,
    [`%${query}%`],
  )
  return Number(row?.pid)
}

describe('outside transactions', () => {
  it('replaces connections that were ended while they rested', async () => {
    await works()
    await database.asAdmin(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chancery guarded'",
    )
    await sleep(50)
    await works()
  })

  it('hears notifications again after its listening connection was ended', async () => {
    const heard: string[] = []
    await sql.listen('town', (text) => heard.push(text))
    await sql.notify('town', 'one')
    await expect.poll(() => heard).toEqual(['one'])
    await database.asAdmin(
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()",
    )
    await expect
      .poll(async () => {
        await sql.notify('town', 'two')
        return heard.includes('two')
      })
      .toBe(true)
  })

  it('lends no more connections than it may, and says when it is busy', async () => {
    const { leasePool } = await import('./leases')
    const pool = leasePool({
      ...{ url: database.url, max: 1, connection: {}, onClose: () => undefined, patienceMs: 50 },
    })
    const held = pool.use(() => sleep(300))
    await expect(pool.use(async () => 'in')).rejects.toMatchObject({ code: 'limit' })
    await held
    expect(await pool.use(async () => 'in')).toBe('in')
    await pool.end(1)
    await expect(pool.use(async () => 'in')).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  it('refuses what would keep a connection beyond a transaction', async () => {
    expect(() => sql.reserve()).toThrow(/begin/)
    await expect((async () => await sql`copy note to stdout`.readable())()).rejects.toThrow(/begin/)
  })
})

describe('keeps the interface of postgres.js', () => {
  it('for fragments, identifiers, lists and values', async () => {
    await sql`insert into ${sql('note')} ${sql([{ text: 'a' }, { text: 'b' }], 'text')}`
    const filter = sql`where text in ${sql(['a', 'b', 'c'])}`
    expect(await sql`select text from note ${filter} order by 1`.values()).toEqual([['a'], ['b']])
    expect((await sql`update note set text = 'c'`).count).toBe(2)
  })

  it('for cursors and streams inside a transaction', async () => {
    await sql`insert into note select 'row ' || n from generate_series(1, 100) n`
    const [batches, bytes] = await sql.begin('read only', async (tx) => {
      const sizes: number[] = []
      for await (const batch of tx`select text from note`.cursor(40)) sizes.push(batch.length)
      let length = 0
      for await (const chunk of await tx`copy note to stdout`.readable()) length += chunk.length
      return [sizes, length] as const
    })
    expect(batches).toEqual([40, 40, 20])
    expect(bytes).toBe(692)
    await expect(sql.begin('read only', (tx) => tx`delete from note`)).rejects.toMatchObject({
      code: '25006',
    })
  })

  it('for a list of queries as the body of a transaction, and for savepoints', async () => {
    await sql.begin((tx) => [tx`insert into note values ('x')`, tx`insert into note values ('y')`])
    await sql.begin(async (tx) => {
      await tx.savepoint((inner) => inner`insert into note values (1 / 0)`).catch(() => undefined)
      await tx`insert into note values ('z')`
    })
    expect(await notes()).toEqual(['x', 'y', 'z'])
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { enginePool } from './engine-pool'
import { freshDatabase, type TestDatabase } from './testing/database'

// An exception outside every promise fails the run.

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const terminate = () =>
  database.asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'chancery jobs' and datname = current_database()`,
  )

it('turns connections that are lost at rest, in use and while ending into errors at most', async () => {
  const pool = enginePool(() => database.url, 3)
  const used = await pool.connect()
  const resting = await pool.connect()
  resting.release()
  const running = used.query('select pg_sleep(10)')
  const failed = expect(running).rejects.toThrow()
  await sleep(50)
  await terminate()
  await failed
  used.release()
  // A resting connection whose end has not been noticed yet gives one error; then the pool heals.
  await vi.waitFor(async () => {
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  }, 10_000)
  const ending = pool.end()
  await terminate()
  await ending
})

it('asks for the address at every new connection', async () => {
  let address = 'postgres://nobody:x@127.0.0.1:1/nothing'
  const pool = enginePool(() => address, 1)
  await expect(pool.query('select 1')).rejects.toThrow(/ECONNREFUSED/)
  address = database.url
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})

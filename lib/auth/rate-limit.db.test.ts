import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { takeToken } from './rate-limit'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const rate = { burst: 3, everyMs: 60_000 }
const refusal = { code: 'limit', detail: { data: { retryAfterSeconds: expect.any(Number) } } }

describe('a bucket', () => {
  it('gives its burst, then says how long to wait', async () => {
    for (let i = 0; i < 3; i++) await takeToken('a', rate)
    const error = await takeToken('a', rate).catch((e: unknown) => e)
    expect(error).toMatchObject(refusal)
    const seconds = (error as { detail: { data: { retryAfterSeconds: number } } }).detail.data
    expect(seconds.retryAfterSeconds).toBeGreaterThan(55)
    expect(seconds.retryAfterSeconds).toBeLessThanOrEqual(60)
  })

  it('is not pushed further away by asking again', async () => {
    for (let i = 0; i < 20; i++) await takeToken('a', rate).catch(() => undefined)
    await database.asAdmin("update rate_bucket set at = at - interval '61 seconds' where key = 'a'")
    await takeToken('a', rate)
    await expect(takeToken('a', rate)).rejects.toMatchObject(refusal)
  })

  it('belongs to one key', async () => {
    await takeToken('b', rate)
  })

  it('gives no more than its burst to thirty callers at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => takeToken('c', rate)))
    expect(all.filter((result) => result.status === 'fulfilled')).toHaveLength(3)
  })

  it('is cleared away an hour after it was full again', async () => {
    await database.asAdmin("update rate_bucket set at = now() - interval '2 hours' where key = 'b'")
    await takeToken('d', rate)
    const rows = await database.asAdmin("select key from rate_bucket where key = 'b'")
    expect(rows).toEqual([])
  })
})

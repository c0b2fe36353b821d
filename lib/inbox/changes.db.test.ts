import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { integrateAll } from '@/lib/audit/sequencer'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { factCount, factsAfter } from './queries/changes'
import { anInbox, type TestInbox } from './testing/items'

let database: TestDatabase
let inbox: TestInbox

beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

test('a waiting screen is told within a moment of the next recorded fact', async () => {
  // As in life: facts are numbered soon, so the next one finds nothing waiting and rings.
  await integrateAll(rawSql())
  const seen = await factCount()
  const began = performance.now()
  const told = factsAfter(seen, { timeoutMs: 8_000 }).then((facts) => {
    return { facts, ms: performance.now() - began }
  })
  await sleep(400)
  await inbox.plain('Wakes the waiting', {})
  const { facts, ms } = await told
  expect(facts).toBe(seen + 1)
  expect(ms).toBeLessThan(2_000)
})

test('a fact that rang no bell is found by looking', async () => {
  await inbox.plain('Leaves something to number', {})
  const seen = await factCount()
  const told = factsAfter(seen, { timeoutMs: 8_000 })
  await sleep(400)
  await inbox.plain('Rings nothing', {})
  expect(await told).toBe(seen + 1)
})

test('what was recorded before the wait began is told at once', async () => {
  const seen = await factCount()
  await inbox.plain('Already there', {})
  const began = performance.now()
  expect(await factsAfter(seen, { timeoutMs: 8_000 })).toBeGreaterThan(seen)
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('without anything new it answers with what is known when the time is over', async () => {
  const seen = await factCount()
  expect(await factsAfter(seen, { timeoutMs: 200 })).toBe(seen)
})

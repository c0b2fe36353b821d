import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import type { Scope } from '@/lib/auth/permissions'
import { newId } from '@/lib/core/ids'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { transaction } from '@/lib/db/transaction'
import { appendEvent } from '../append'
import type { Fact } from '../catalogue'
import { openCheckpoint } from '../checkpoint'
import { openCheckpointKey } from '../keys'
import { verifyConsistency, verifyInclusion } from '../merkle'
import { EVERYTHING, type LogFilter } from '../model'
import { publishHead } from '../publisher'
import { integrateAll } from '../sequencer'
import { attack } from '../testing/attack'
import { SOMEBODY } from '../testing/facts'
import { factAt, getFact, growthProof } from './fact'
import { countFacts, type LogRow, listFacts } from './list'
import { logSummary } from './summary'

const EVERYWHERE: Scope = { everywhere: true, departments: [] }
const START = Date.now() - 100 * 86_400_000
const [NORTH, SOUTH] = [randomUUID(), randomUUID()]
const [HERON, OTTER] = [randomUUID(), randomUUID()]
const BOB: Actor = { ...SOMEBODY, id: randomUUID() } as Actor
const DIGEST = 'ab'.repeat(32)

let database: TestDatabase
let dataDir: string
let all: LogRow[]
let vkey: string

/** 120 facts in 60 transactions, a day apart in the past (a demonstration log allows it). */
beforeAll(async () => {
  database = await freshDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'chancery-queries-'))
  await rawSql()`select audit.mark_demo()`
  for (let i = 0; i < 60; i++) {
    const now = new Date(START + i * 86_400_000)
    const dept = [NORTH, SOUTH, null][i % 3]
    const agent = i % 2 === 0 ? HERON : OTTER
    const facts: Fact[] = [
      {
        action: 'draft.discarded',
        dept,
        targets: [
          { t: 'draft', id: `draft-${i}` },
          { t: 'agent', id: agent },
        ],
        data: { revision: i, digest: DIGEST },
      },
      i % 5 === 0
        ? {
            action: 'session.refused',
            dept,
            outcome: 'denied',
            targets: [],
            data: { via: 'password', because: 'wrong_password' },
            private: { email: `person-${i}@example.test` },
          }
        : { action: 'agent.resumed', dept, targets: [{ t: 'agent', id: agent }], data: {} },
    ]
    await transaction(async (tx) => {
      for (const fact of facts) {
        const actor = i % 4 === 0 ? BOB : SOMEBODY
        const id = newId<'event'>(now.getTime())
        await appendEvent(tx, { id, fact, actor, requestId: undefined, now })
      }
    })
  }
  await integrateAll(rawSql())
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  vkey = signer.vkey
  await publishHead(rawSql(), { signer, dataDir })
  all = (await list({}, 200)).rows
})
afterAll(async () => {
  await database.close()
  await rm(dataDir, { recursive: true })
})

async function list(filter: Partial<LogFilter>, limit = 200, cursor?: string, scope = EVERYWHERE) {
  const page = { limit, ...(cursor === undefined ? {} : { cursor }) }
  return listFacts({ filter: { ...EVERYTHING, ...filter }, page }, scope)
}
const ids = (rows: readonly LogRow[]) => rows.map((row) => row.id)
const only = (keep: (row: LogRow) => boolean) => ids(all.filter(keep))

describe('the list', () => {
  it('shows every fact once, newest first, with its number and hash', () => {
    expect(all).toHaveLength(120)
    const times = all.map((row) => row.leaf.ts)
    expect(times).toEqual([...times].sort().reverse())
    expect(all.map((row) => row.seq).sort((a, b) => a! - b!)).toEqual(all.map((_, i) => i))
  })

  it('pages without losing or repeating a fact, also inside one instant', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    for (;;) {
      const page = await list({}, 7, cursor)
      seen.push(...ids(page.rows))
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual(ids(all))
  })

  // Not as text: leaves have six decimals, dates three.
  const between = (at: string, from: string, to: string) =>
    Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to)
  const day = (i: number) => new Date(START + i * 86_400_000).toISOString()
  it.each<[string, Partial<LogFilter>, (row: LogRow) => boolean]>([
    ['an action', { action: ['agent.resumed'] }, (r) => r.leaf.act === 'agent.resumed'],
    [
      'a family of actions',
      { action: ['agent.*', 'session.*'] },
      (r) => r.leaf.act !== 'draft.discarded',
    ],
    ['all but a family', { notAction: ['session.*'] }, (r) => r.leaf.act !== 'session.refused'],
    ['words of the sentence', { text: 'sign-in refused' }, (r) => r.leaf.act === 'session.refused'],
    ['an actor', { actor: BOB.id }, (r) => r.leaf.actor.id === BOB.id],
    ['a department', { department: NORTH }, (r) => r.leaf.dept === NORTH],
    [
      'an agent, whatever the fact is mainly about',
      { target: HERON },
      (r) => r.leaf.tgt.some((t) => t.id === HERON),
    ],
    ['a draft', { target: 'draft-7' }, (r) => r.leaf.tgt[0]?.id === 'draft-7'],
    ['an outcome', { outcome: 'denied' }, (r) => r.leaf.out === 'denied'],
    ['what went well', { outcome: 'ok' }, (r) => r.leaf.out === 'ok'],
    ['a time', { after: day(20), before: day(30) }, (r) => between(r.leaf.ts, day(20), day(30))],
    [
      'everything at once',
      {
        action: ['draft.discarded'],
        actor: BOB.id,
        department: NORTH,
        target: HERON,
        outcome: 'ok',
      },
      (r) =>
        r.leaf.act === 'draft.discarded' && r.leaf.actor.id === BOB.id && r.leaf.dept === NORTH,
    ],
  ])('can be narrowed to %s', async (_name, filter, keep) => {
    const expected = only(keep)
    expect(expected.length).toBeGreaterThan(0)
    expect(ids((await list(filter)).rows)).toEqual(expected)
    expect(await countFacts({ ...EVERYTHING, ...filter }, EVERYWHERE)).toEqual({
      count: expected.length,
      atLeast: false,
    })
  })

  it('is empty, not wrong, for an action or a word that does not exist', async () => {
    expect((await list({ action: ['nothing.happened'] })).rows).toEqual([])
    expect((await list({ text: 'zebra' })).rows).toEqual([])
    expect((await countFacts({ ...EVERYTHING, text: 'zebra' }, EVERYWHERE)).count).toBe(0)
  })

  it('shows only the departments of the reader, and nothing of the whole installation', async () => {
    const scope = { everywhere: false, departments: [NORTH] }
    const north = only((row) => row.leaf.dept === NORTH)
    expect(ids((await list({}, 200, undefined, scope)).rows)).toEqual(north)
    expect((await list({ department: SOUTH }, 200, undefined, scope)).rows).toEqual([])
    expect((await countFacts(EVERYTHING, scope)).count).toBe(north.length)
    const nowhere = { everywhere: false, departments: [] }
    expect((await list({}, 200, undefined, nowhere)).rows).toEqual([])
  })

  it('counts everything without reading it', async () => {
    expect(await countFacts(EVERYTHING, EVERYWHERE)).toEqual({ count: 120, atLeast: false })
  })
})

describe('one fact', () => {
  it('proves its place in the newest checkpoint to whoever holds the verifier key', async () => {
    for (const row of [all[0]!, all[60]!, all[119]!]) {
      const { proof } = await getFact(row.id, EVERYWHERE)
      const head = openCheckpoint(proof!.head.note, vkey)
      expect(head.root.toString('hex')).toBe(proof!.head.root)
      expect(
        verifyInclusion({
          leaf: Buffer.from(row.hash, 'hex'),
          index: row.seq!,
          size: head.size,
          root: head.root,
          proof: proof!.path.map((step) => Buffer.from(step.hash, 'hex')),
        }),
      ).toBe(true)
      const covered = proof!.path.reduce((sum, step) => sum + step.covers, 0)
      expect(covered).toBe(head.size - 1)
    }
  })

  it('brings its private values, and says when one of them is not what was recorded', async () => {
    const refused = all.find((row) => row.leaf.act === 'session.refused')!
    const before = await getFact(refused.id, EVERYWHERE)
    expect(before.disclosures).toMatchObject([{ path: 'email', intact: true }])
    expect(before.disclosures[0]!.value).toMatch(/@example\.test$/)
    await attack(
      database,
      `update audit.private set value = '"someone@else.test"' where event_id = '${refused.id}'`,
    )
    const after = await getFact(refused.id, EVERYWHERE)
    expect(after.disclosures).toMatchObject([{ value: 'someone@else.test', intact: false }])
  })

  it('names what was recorded in the same transaction', async () => {
    for (const row of all.slice(0, 4)) {
      const { same } = await getFact(row.id, EVERYWHERE)
      expect(same).toHaveLength(1)
      expect(same[0]!.leaf.ts).toBe(row.leaf.ts)
    }
  })

  it('does not exist for a reader of another department', async () => {
    const south = all.find((row) => row.leaf.dept === SOUTH)!
    const scope = { everywhere: false, departments: [NORTH] }
    await expect(getFact(south.id, scope)).rejects.toMatchObject({ code: 'not_found' })
    const nowhere = { everywhere: false, departments: [] }
    await expect(getFact(south.id, nowhere)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is found by its number', async () => {
    expect(await factAt(17)).toBe(all.find((row) => row.seq === 17)!.id)
    expect(await factAt(5_000)).toBeNull()
  })
})

describe('the log as a whole', () => {
  it('shows a browser that kept an older head that it only grew', async () => {
    const kept = 50
    const leaves = all
      .toSorted((a, b) => a.seq! - b.seq!)
      .map((row) => Buffer.from(row.hash, 'hex'))
    const { buildTree } = await import('../verify-tree')
    const tree = buildTree(Buffer.concat(leaves), new Set([kept]))
    const growth = await growthProof(kept)
    expect(
      verifyConsistency({
        first: kept,
        second: growth!.head.size,
        firstRoot: tree.rootAt(kept)!,
        secondRoot: Buffer.from(growth!.head.root, 'hex'),
        proof: growth!.path.map((hash) => Buffer.from(hash, 'hex')),
      }),
    ).toBe(true)
    expect(await growthProof(10_000)).toBeNull()
  })

  it('says its size, its newest checkpoint, what waits and that it is sound', async () => {
    const before = await logSummary()
    expect(before).toMatchObject({ size: 120, waiting: 0, lagSeconds: 0, demo: true, vkey })
    expect(before.checkpoints).toMatchObject([{ size: 120 }])
    expect(before.integrity.state).toBe('ok')
  })
})

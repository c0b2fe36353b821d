import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { openCheckpoint } from './checkpoint'
import { readHighWater } from './high-water'
import { startSequencer } from './keeper'
import { openCheckpointKey } from './keys'
import {
  appendLeaf,
  EMPTY_ROOT,
  emptyFrontier,
  frontierBytes,
  rootOf,
  splitHashes,
  verifyConsistency,
  verifyInclusion,
} from './merkle'
import { planConsistency, planInclusion } from './proofs'
import { publishHead } from './publisher'
import { integrateAll, integrateBatch } from './sequencer'
import { record, recordMany, someFact } from './testing/facts'
import { runChild } from './testing/run-child'
import { readProof } from './tiles'
import { verifyDatabase } from './verify'

let database: TestDatabase
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'chancery-log-'))
})
afterAll(() => rm(dataDir, { recursive: true }))
beforeEach(async () => {
  database = await freshDatabase()
  await rm(dataDir, { recursive: true })
  dataDir = await mkdtemp(join(tmpdir(), 'chancery-log-'))
  return () => database.close()
})

async function publish() {
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  return publishHead(rawSql(), { signer, dataDir })
}
async function expectWhole() {
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  const report = await verifyDatabase({
    sql: rawSql(),
    vkey: signer.vkey,
    highWater: await readHighWater(dataDir),
  })
  expect(report.findings).toEqual([])
  return report
}
const counts = async () => {
  const [row] = await rawSql()`
    select (select count(*)::int from audit.event) as events,
      (select count(*)::int from audit.entry) as entries,
      (select count(*)::int from audit.pending) as pending`
  return row
}

describe('integrating', () => {
  it('numbers facts without a gap in the order in which they arrived', async () => {
    const ids = await recordMany(120)
    expect(await integrateBatch(rawSql(), 50)).toEqual({ integrated: 50, size: 50 })
    expect(await integrateAll(rawSql())).toBe(70)
    const rows = await rawSql()`select seq::int, event_id as id from audit.entry order by seq`
    expect(rows.map((row) => row.seq)).toEqual(ids.map((_, i) => i))
    expect(rows.map((row) => row.id)).toEqual(ids)
    expect(await counts()).toEqual({ events: 120, entries: 120, pending: 0 })
  })

  it('makes the same tree whatever the batches, with every full tile', async () => {
    await recordMany(700)
    for (const limit of [1, 255, 1, 256, 100]) await integrateBatch(rawSql(), limit)
    await integrateAll(rawSql())
    const tiles = await rawSql()`select level, idx::int from audit.tile order by level, idx`
    expect(tiles.map((tile) => tile.idx)).toEqual([0, 1])
    await publish()
    expect((await expectWhole()).size).toBe(700)
  })

  it('does nothing for an empty queue', async () => {
    expect(await integrateBatch(rawSql())).toEqual({ integrated: 0, size: 0 })
  })

  it('leaves the work to the one that holds the tree', async () => {
    await recordMany(3)
    await rawSql().begin(async (tx) => {
      await tx`select * from audit.lock_tree()`
      expect(await integrateBatch(rawSql())).toBeNull()
    })
    expect(await integrateAll(rawSql())).toBe(3)
  })

  it('proves every single fact and every growth from what is stored', async () => {
    await recordMany(300)
    await integrateAll(rawSql())
    const roots = new Map<number, Buffer>([[0, EMPTY_ROOT]])
    const leaves = await rawSql()`select leaf_hash from audit.entry order by seq`
    const frontier = emptyFrontier()
    for (const leaf of leaves) {
      appendLeaf(frontier, leaf.leaf_hash)
      roots.set(frontier.size, rootOf(frontier))
    }
    for (const [index, size] of [
      [0, 300],
      [255, 300],
      [256, 300],
      [299, 300],
      [17, 256],
      [0, 1],
    ] as const) {
      const proof = await readProof(rawSql(), planInclusion({ index, size }))
      const root = roots.get(size)!
      const leaf = leaves[index]!.leaf_hash
      expect(verifyInclusion({ leaf, index, size, root, proof })).toBe(true)
    }
    for (const first of [1, 255, 256, 299]) {
      const second = 300
      const proof = await readProof(rawSql(), planConsistency({ first, second }))
      const [firstRoot, secondRoot] = [roots.get(first)!, roots.get(second)!]
      expect(verifyConsistency({ first, second, firstRoot, secondRoot, proof })).toBe(true)
    }
  })

  it('several writers and three sequencers lose nothing, and what was undone never appears', async () => {
    const place = { url: database.url, dataDir }
    const sequencers = [1, 2, 3].map(() => runChild(['sequence'], place))
    const writers = [1, 2, 3, 4].map(() => runChild(['write', '300'], place))
    const ends = await Promise.all(writers.map((writer) => writer.end))
    const committed = ends.map((end) => (end.answer as { committed: number }).committed)
    expect(committed).toEqual([285, 285, 285, 285])
    await sleep(500)
    for (const sequencer of sequencers) sequencer.stop()
    await Promise.all(sequencers.map((sequencer) => sequencer.end))
    await integrateAll(rawSql())
    await publish()
    expect(await counts()).toEqual({ events: 1_140, entries: 1_140, pending: 0 })
    expect((await expectWhole()).verdict).toBe('verified')
  })
})

describe('a sequencer that is killed', () => {
  it.each([
    'integrate.after-insert',
    'integrate.before-commit',
    'integrate.after-commit',
    'publish.before-sign',
    'publish.after-sign',
    'publish.after-high-water',
    'publish.before-commit',
  ])('at %s leaves a whole log, and the next one goes on', async (fault) => {
    const place = { url: database.url, dataDir }
    await recordMany(300)
    await integrateAll(rawSql())
    await publish()
    await recordMany(20)
    const mode = fault.startsWith('integrate') ? 'integrate' : 'publish'
    if (mode === 'publish') await integrateAll(rawSql())
    const dead = await runChild([mode], { ...place, fault }).end
    expect(dead.signal).toBe('SIGKILL')
    const noted = await readHighWater(dataDir)
    await waitForNoSession()
    await integrateAll(rawSql())
    expect(await counts()).toEqual({ events: 320, entries: 320, pending: 0 })
    const publication = await publish()
    expect(publication).toMatchObject({ state: 'published', checkpoint: { size: 320 } })
    // A note that was recorded before the death is the one that is published: no second one.
    if (fault === 'publish.after-high-water' || fault === 'publish.before-commit') {
      expect(await readHighWater(dataDir)).toBe(noted)
    }
    const heads = await rawSql()`select size::int from audit.tree_head order by size`
    expect(heads.map((head) => head.size)).toEqual([300, 320])
    expect((await expectWhole()).verdict).toBe('verified')
  })

  async function waitForNoSession() {
    // The server notices the dead client a moment later; until then it may hold the tree.
    for (let i = 0; i < 100; i++) {
      const [row] = await database.asAdmin(
        `select count(*)::int as n from pg_locks where locktype = 'advisory'
         and database = (select oid from pg_database where datname = current_database())`,
      )
      if (row!.n === 0) return
      await sleep(50)
    }
  }
})

describe('publishing', () => {
  it('signs what is committed, records it outside first, and keeps every note', async () => {
    await recordMany(5)
    await integrateAll(rawSql())
    const first = await publish()
    await recordMany(5)
    await integrateAll(rawSql())
    await publish()
    expect(first).toMatchObject({ state: 'published', checkpoint: { size: 5 } })
    const { vkey } = await openCheckpointKey(rawSql(), { dataDir })
    const note = await readHighWater(dataDir)
    expect(openCheckpoint(note!, vkey).size).toBe(10)
    const [head] = await rawSql()`select note from audit.tree_head where size = 10`
    expect(head!.note).toBe(note)
    const all = await readFile(join(dataDir, 'checkpoints.log'), 'utf8')
    expect(all.split('\n\n').filter((part) => part.startsWith('—'))).toHaveLength(2)
    expect(await publish()).toMatchObject({ state: 'unchanged' })
  })

  it('has nothing to sign in an empty log', async () => {
    expect(await publish()).toEqual({ state: 'unchanged', checkpoint: null })
  })

  it('stops for ever when an older state of the database was restored, and says so', async () => {
    await recordMany(10)
    await integrateAll(rawSql())
    await publish()
    await rewindTo(6)
    expect(await publish()).toMatchObject({ state: 'stopped', stop: { code: 'BEHIND' } })
    // New facts on top of the old state do not make it the same log.
    await recordMany(4)
    await integrateAll(rawSql())
    expect(await publish()).toMatchObject({ state: 'stopped', stop: { code: 'FORK' } })
    await recordMany(4)
    await integrateAll(rawSql())
    expect(await publish()).toMatchObject({ state: 'stopped', stop: { code: 'FORK' } })
    const [row] = await rawSql()`select state, code from audit.integrity`
    expect(row).toEqual({ state: 'stopped', code: 'FORK' })
    expect(await record(someFact())).toHaveLength(1)
  })

  it('does not sign a root that is not the root of the entries', async () => {
    await recordMany(10)
    await integrateAll(rawSql())
    await database.asAdmin(`update audit.tree_state set root = sha256('other')`)
    expect(await publish()).toMatchObject({ state: 'stopped', stop: { code: 'ROOT' } })
    expect(await readHighWater(dataDir)).toBeNull()
  })

  it('a second data folder begins at the newest published checkpoint', async () => {
    await recordMany(10)
    await integrateAll(rawSql())
    await publish()
    await recordMany(3)
    await integrateAll(rawSql())
    const signer = await openCheckpointKey(rawSql(), { dataDir })
    const elsewhere = await mkdtemp(join(tmpdir(), 'chancery-log-'))
    expect(await publishHead(rawSql(), { signer, dataDir: elsewhere })).toMatchObject({
      state: 'published',
      checkpoint: { size: 13 },
    })
    await rm(elsewhere, { recursive: true })
  })

  /** What a restored backup looks like: everything beyond `size` is gone, state and heads too. */
  async function rewindTo(size: number) {
    const keep = await database.asAdmin(
      `select string_agg(leaf_hash, ''::bytea order by seq) as hashes from audit.entry where seq < ${size}`,
    )
    const frontier = emptyFrontier()
    for (const hash of splitHashes(keep[0]!.hashes as Buffer)) appendLeaf(frontier, hash)
    const tables = ['event', 'entry', 'tree_head', 'tree_state']
    const triggers = (how: string) =>
      tables.map((table) => `alter table audit.${table} ${how} trigger user;`).join('')
    await database.asAdmin(triggers('disable'))
    await database.asAdmin(`
      delete from audit.tree_head where size > ${size};
      delete from audit.entry where seq >= ${size};
      delete from audit.event where id not in (select event_id from audit.entry);
      update audit.tree_state set size = ${size}, root = '\\x${rootOf(frontier).toString('hex')}',
        frontier = '\\x${frontierBytes(frontier).toString('hex')}'`)
    await database.asAdmin(triggers('enable'))
  }
})

describe('the loop', () => {
  it('gives a fact its number and a checkpoint without being asked', async () => {
    const sequencer = await startSequencer({ dataDir, intervalMs: 50 })
    await record(someFact())
    for (let i = 0; i < 100 && (await readHighWater(dataDir)) === null; i++) await sleep(20)
    await sequencer.stop()
    expect(openCheckpoint((await readHighWater(dataDir))!, sequencer.vkey).size).toBe(1)
  })

  it('is woken by the database, not only by its clock', async () => {
    const sequencer = await startSequencer({ dataDir, intervalMs: 20_000 })
    await sleep(200)
    const before = Date.now()
    await record(someFact())
    while ((await counts())!.entries === 0 && Date.now() - before < 10_000) await sleep(10)
    expect(Date.now() - before).toBeLessThan(5_000)
    await sequencer.stop()
  })
})

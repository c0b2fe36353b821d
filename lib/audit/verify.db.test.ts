import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@/lib/core/ids'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { transaction } from '@/lib/db/transaction'
import { composeLeaf } from './append'
import { generateSigner, openCheckpoint, type Signer, signCheckpoint } from './checkpoint'
import { readHighWater } from './high-water'
import { openCheckpointKey } from './keys'
import { leafText } from './leaf'
import { logOrigin } from './origin'
import { publishHead } from './publisher'
import type { Pin } from './report'
import { integrateAll } from './sequencer'
import { attack } from './testing/attack'
import { recordMany, SOMEBODY, someFact } from './testing/facts'
import { verifyDatabase } from './verify'
import { buildTree } from './verify-tree'

const OLD = 300
const DIGEST = 'ef'.repeat(32)
const NEW = 620
const REWOUND = 550

let database: TestDatabase
let dataDir: string
let signer: Signer
let pins: Pin[]

beforeEach(async () => {
  database = await freshDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'chancery-verify-'))
  signer = await openCheckpointKey(rawSql(), { dataDir })
  pins = []
  for (const size of [OLD, NEW]) {
    await recordMany(size - (pins[0]?.size ?? 0), (i) =>
      someFact({
        ...(i % 10 === 0 ? { private: { reason: `reason ${i}` } } : {}),
        ...(i % 7 === 0 ? { targets: [{ t: 'definition', id: `d-${i}`, sha256: DIGEST }] } : {}),
        ...(i % 11 === 0 ? { targets: [], dept: 'a-department' } : {}),
        ...(i % 13 === 0 ? { onBehalfOf: { t: 'person', id: 'p-1' } } : {}),
      }),
    )
    await integrateAll(rawSql())
    await publishHead(rawSql(), { signer, dataDir })
    const { root } = openCheckpoint((await readHighWater(dataDir))!, signer.vkey)
    pins.push({ size, root, from: `an auditor at ${size}` })
  }
})
afterEach(async () => {
  await database.close()
  await rm(dataDir, { recursive: true })
})

async function verify(kept: readonly Pin[] = pins) {
  const report = await verifyDatabase({ sql: rawSql(), vkey: signer.vkey, pins: kept })
  const codes = [...new Set(report.findings.map((finding) => finding.code))].sort()
  return { ...report, codes }
}

const REPLACED = `convert_to(replace(convert_from(leaf, 'UTF8'), '"revision":1', '"revision":7'), 'UTF8')`
const EDIT = `update audit.event set leaf = ${REPLACED}
  where id = (select event_id from audit.entry where seq = 100);`

/** Cleanly rewinds the log to a smaller size: entries, facts, tiles, heads, state. */
async function rewound(): Promise<string> {
  const rows = await rawSql()`
    select string_agg(leaf_hash, ''::bytea order by seq) as hashes from audit.entry
    where seq < ${REWOUND}`
  const tree = buildTree(rows[0]!.hashes, new Set())
  return `
    delete from audit.private where event_id in (select event_id from audit.entry where seq >= ${REWOUND});
    with gone as (delete from audit.entry where seq >= ${REWOUND} returning event_id)
      delete from audit.event where id in (select event_id from gone);
    delete from audit.tile where (idx + 1) * 256 > ${REWOUND};
    delete from audit.tree_head where size > ${REWOUND};
    update audit.tree_state set size = ${REWOUND}, root = '\\x${tree.root.toString('hex')}',
      frontier = '\\x${tree.frontier.toString('hex')}';`
}

async function backDated(): Promise<string> {
  const id = newId<'event'>()
  const log = await transaction((tx) => logOrigin(tx))
  const now = new Date(Date.now() - 86_400_000)
  const fact = someFact()
  const { leaf } = composeLeaf(log, { id, fact, actor: SOMEBODY, requestId: undefined, now })
  const text = leafText(leaf).replaceAll("'", "''")
  return `
    insert into audit.event (id, at, action, actor_type, actor_id, target_type, target_id, agent_id,
      outcome, leaf, leaf_hash)
    select '${id}', '${leaf.ts}', '${leaf.act}', 'person', '${leaf.actor.id}', 'draft',
      '${leaf.tgt[0]!.id}', '${leaf.tgt[1]!.id}', 'ok', b, sha256('\\x00'::bytea || b)
    from convert_to('${text}', 'UTF8') b;`
}

/** What a superuser does with every trigger off; what is found with pins, and without. */
const ATTACKS: [
  name: string,
  how: () => Promise<string> | string,
  pinned: string[],
  bare: string[],
][] = [
  ['editing the bytes of a fact', () => EDIT, ['LEAF_HASH'], ['LEAF_HASH']],
  [
    'editing a fact and both its hashes',
    () => `${EDIT}
        update audit.event set leaf_hash = sha256('\\x00'::bytea || leaf)
          where id = (select event_id from audit.entry where seq = 100);
        update audit.entry set leaf_hash = (select leaf_hash from audit.event where id = event_id)
          where seq = 100;`,
    ['ROOT', 'STATE', 'TILE'],
    ['ROOT', 'STATE', 'TILE'],
  ],
  [
    'deleting a fact',
    () => `delete from audit.event where id = (select event_id from audit.entry where seq = 101)`,
    ['EVENT_MISSING'],
    ['EVENT_MISSING'],
  ],
  [
    'deleting an entry',
    () => 'delete from audit.entry where seq = 100',
    ['GAP', 'LIMBO_EVENT', 'ROOT', 'STATE', 'TILE', 'TRUNCATED_BELOW_PIN'],
    ['GAP', 'LIMBO_EVENT', 'ROOT', 'STATE', 'TILE'],
  ],
  [
    'deleting an entry and renumbering the rest',
    () => `delete from audit.entry where seq = 100;
        update audit.entry set seq = seq + 1000000 where seq > 100;
        update audit.entry set seq = seq - 1000001 where seq > 100;`,
    ['LIMBO_EVENT', 'ROOT', 'STATE', 'TILE', 'TRUNCATED_BELOW_PIN'],
    ['LIMBO_EVENT', 'ROOT', 'STATE', 'TILE'],
  ],
  [
    'swapping two entries',
    () => `update audit.entry set seq = 1000000 where seq = 100;
        update audit.entry set seq = 100 where seq = 101;
        update audit.entry set seq = 101 where seq = 1000000;`,
    ['ROOT', 'STATE', 'TILE'],
    ['ROOT', 'STATE', 'TILE'],
  ],
  ['inserting a back-dated fact', backDated, ['LIMBO_EVENT'], ['LIMBO_EVENT']],
  [
    'deleting the tail of the log',
    () => `delete from audit.entry where seq >= ${REWOUND}`,
    ['LIMBO_EVENT', 'ROOT', 'STATE', 'TRUNCATED_BELOW_PIN'],
    ['LIMBO_EVENT', 'ROOT', 'STATE'],
  ],
  ['deleting the tail and rebuilding everything else to fit', rewound, ['TRUNCATED_BELOW_PIN'], []],
]

describe('a superuser with every trigger off', () => {
  it.each(ATTACKS)('%s is found', async (_name, how, pinned, bare) => {
    await attack(database, await how())
    const withPins = await verify()
    expect(withPins.codes).toEqual(pinned)
    expect(withPins.verdict).toBe('tampered')
    const without = await verify([])
    expect(without.codes).toEqual(bare)
    expect(without.verdict).toBe(bare.length === 0 ? 'inconclusive' : 'tampered')
  })
})

describe('a log that nobody touched', () => {
  it('is verified against pins, and inconclusive without anything from outside', async () => {
    const report = await verify()
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ verdict: 'verified', size: NEW })
    expect(report.root).toBe(pins[1]!.root.toString('hex'))
    expect(report.steps.every((step) => step.ok)).toBe(true)
    expect(report.rowsPerSecond).toBeGreaterThan(0)
    const bare = await verify([])
    expect(bare.verdict).toBe('inconclusive')
    expect(bare.notChecked.join(' ')).toContain('rewind')
  })

  it('is verified by the note in the data folder alone, and says when no key was given', async () => {
    const highWater = await readHighWater(dataDir)
    const own = await verifyDatabase({ sql: rawSql(), vkey: signer.vkey, highWater })
    expect(own.verdict).toBe('verified')
    const blind = await verifyDatabase({ sql: rawSql(), vkey: null, highWater })
    expect(blind.verdict).toBe('inconclusive')
    expect(blind.notChecked.join(' ')).toContain('Signatures')
  })

  it('may be growing while it is verified', async () => {
    await recordMany(5)
    expect((await verify()).verdict).toBe('verified')
    await integrateAll(rawSql())
    expect((await verify()).verdict).toBe('verified')
  })
})

describe('single changes', () => {
  const at = `where id = (select event_id from audit.entry where seq = 100)`
  it.each([
    `action = 'draft.saved'`,
    `actor_type = 'system'`,
    `actor_id = 'somebody-else'`,
    `dept_id = 'elsewhere'`,
    `target_type = 'person'`,
    `target_id = 'x'`,
    `agent_id = 'x'`,
    `agent_id = null`,
    `outcome = 'denied'`,
    `at = at - interval '1 microsecond'`,
  ])('of an index column (%s) are found as LEAF_COPY', async (change) => {
    await attack(database, `update audit.event set ${change} ${at}`)
    expect((await verify()).codes).toEqual(['LEAF_COPY'])
  })

  it('of a private value, its salt or its path are found, and so is a lost one', async () => {
    const one = `where event_id = (select event_id from audit.private order by event_id limit 1)`
    for (const change of [`value = '"other"'`, `path = 'other'`, `salt = sha256('x')`]) {
      await attack(database, `update audit.private set ${change} ${one}`)
      expect((await verify()).codes).toEqual(['DISCLOSURE'])
    }
    await attack(database, `delete from audit.private ${one}`)
    const report = await verify()
    expect(report.codes).toEqual(['DISCLOSURE'])
    expect(report.findings[0]!.sentence).toContain(
      '62 private values were committed to, 61 are there',
    )
  })

  it('of a stored tile are found', async () => {
    await attack(database, `update audit.tile set root = sha256('x') where idx = 1`)
    expect((await verify()).codes).toEqual(['TILE'])
  })

  it('a checkpoint signed by another key is found', async () => {
    const other = generateSigner(signer.name).signer
    const note = signCheckpoint({ origin: signer.name, ...pins[1]! }, other)
    await attack(database, `update audit.tree_head set note = '${note}' where size = ${NEW}`)
    expect((await verify()).codes).toEqual(['NOTE_SIGNATURE'])
  })

  it('another history of the same size is a fork', async () => {
    const fork = [{ size: NEW, root: Buffer.alloc(32, 7), from: 'a mirror' }]
    expect((await verify(fork)).codes).toEqual(['FORK'])
  })

  it('a guard that was switched off is found', async () => {
    await database.asAdmin('alter table public.version disable trigger tie_change')
    await database.asAdmin('alter table audit.event disable trigger event_immutable')
    const report = await verify()
    expect(report.codes).toEqual(['TIE'])
    expect(report.findings.map((finding) => finding.sentence).join(' ')).toMatch(
      /version.*event_immutable/,
    )
  })
})

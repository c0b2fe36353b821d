import 'server-only'
import type { Sql, TransactionSql } from 'postgres'
import { faultPoint } from '@/lib/core/fault'
import { SEQUENCER_BATCH } from '@/lib/core/limits'
import { leafHash } from './leaf'
import { appendLeaf, type Frontier, frontierBytes, frontierFrom, rootOf } from './merkle'
import { TILE_HEIGHT } from './proofs'
import { list } from './tiles'

/** What one call did: `null` when another sequencer was at work. */
export type Integration = { integrated: number; size: number } | null

type Waiting = { arrival: string; leaf: Buffer }

/**
 * Gives up to `limit` pending events, in order of arrival, their place in the tree: one transaction,
 * all or nothing. Any number of processes may call it at once; the database elects one. Leaf hashes
 * are computed from the stored bytes, and the database compares them with its own.
 */
export async function integrateBatch(sql: Sql, limit = SEQUENCER_BATCH): Promise<Integration> {
  let result: Integration = null
  await sql.begin(async (tx) => {
    const [state] = await tx<{ size: string; frontier: Buffer }[]>`
      select size, frontier from audit.lock_tree()`
    if (!state) return
    const frontier = frontierFrom(Number(state.size), state.frontier)
    const waiting = await readPending(tx, limit)
    if (waiting.length > 0) await integrate(tx, frontier, waiting)
    result = { integrated: waiting.length, size: frontier.size }
    faultPoint('integrate.before-commit')
  })
  faultPoint('integrate.after-commit')
  return result
}

async function readPending(tx: TransactionSql, limit: number): Promise<Waiting[]> {
  // Indexes: pending primary key (arrival), event primary key.
  return tx<Waiting[]>`
    select p.arrival, e.leaf from audit.pending p join audit.event e on e.id = p.event_id
    order by p.arrival limit ${limit}`
}

type TileRoot = { level: number; index: number; root: Buffer }

async function integrate(
  tx: TransactionSql,
  frontier: Frontier,
  waiting: readonly Waiting[],
): Promise<void> {
  const from = frontier.size
  const hashes = Buffer.allocUnsafe(waiting.length * 32)
  const tiles: TileRoot[] = []
  const onNode = (level: number, root: Buffer) => {
    if (level % TILE_HEIGHT !== 0) return
    // The leaf being appended is the last one of the tile that this node stands for.
    const index = Math.floor(frontier.size / 2 ** level)
    tiles.push({ level: level / TILE_HEIGHT - 1, index, root })
  }
  for (const [i, { leaf }] of waiting.entries()) {
    const hash = leafHash(leaf)
    hashes.set(hash, i * 32)
    appendLeaf(frontier, hash, onNode)
  }
  await tx`
    select audit.integrate(
      ${from}::bigint, ${list(waiting.map((w) => w.arrival))}::text::bigint[], ${hashes}::bytea,
      ${list(tiles.map((t) => t.level))}::text::int[],
      ${list(tiles.map((t) => t.index))}::text::bigint[],
      ${Buffer.concat(tiles.map((t) => t.root))}::bytea,
      ${rootOf(frontier)}::bytea, ${frontierBytes(frontier)}::bytea)`
  faultPoint('integrate.after-insert')
}

/** Integrates until nothing is pending or another sequencer is at work. Returns how many. */
export async function integrateAll(sql: Sql): Promise<number> {
  let total = 0
  for (;;) {
    const batch = await integrateBatch(sql)
    total += batch?.integrated ?? 0
    if (!batch || batch.integrated < SEQUENCER_BATCH) return total
  }
}

/** Whether there is anything to do, without taking a lock: events that wait, and the tree's size. */
export async function readBacklog(sql: Sql): Promise<{ waiting: boolean; size: number }> {
  const [row] = await sql<{ waiting: boolean; size: string }[]>`
    select exists (select from audit.pending) as waiting, size from audit.tree_state`
  return { waiting: row?.waiting ?? false, size: Number(row?.size ?? 0) }
}

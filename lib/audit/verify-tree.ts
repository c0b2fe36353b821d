import 'server-only'
import type { TransactionSql } from 'postgres'
import { sha256Bytes } from '@/lib/core/sha256'
import { type Checkpoint, openCheckpoint } from './checkpoint'
import { appendLeaf, emptyFrontier, equal, frontierBytes, rootOf } from './merkle'
import { TILE_HEIGHT, TILE_WIDTH } from './proofs'
import { type Finding, type Pin, summarise } from './report'

/** The tree over all leaf hashes, with its root at each size that somebody asked about. */
export type Tree = {
  size: number
  root: Buffer
  frontier: Buffer
  rootAt: (size: number) => Buffer | undefined
  /** Roots of the full tiles of a tile level, laid end to end. */
  tileRoots: (level: number) => Buffer
}

/** Builds the tree; `hashes` are 32 bytes each, laid end to end. Two hashes a leaf. */
export function buildTree(hashes: Buffer, sizes: ReadonlySet<number>): Tree {
  const frontier = emptyFrontier()
  const roots = new Map<number, Buffer>()
  const tiles: Buffer[][] = []
  const onNode = (level: number, hash: Buffer) => {
    if (level % TILE_HEIGHT !== 0) return
    const at = level / TILE_HEIGHT - 1
    tiles[at] ??= []
    tiles[at].push(hash)
  }
  if (sizes.has(0)) roots.set(0, rootOf(frontier))
  for (let at = 0; at < hashes.length; at += 32) {
    appendLeaf(frontier, hashes.subarray(at, at + 32), onNode)
    if (sizes.has(frontier.size)) roots.set(frontier.size, rootOf(frontier))
  }
  return {
    size: frontier.size,
    root: rootOf(frontier),
    frontier: frontierBytes(frontier),
    rootAt: (size) => roots.get(size),
    tileRoots: (level) => Buffer.concat(tiles[level] ?? []),
  }
}

export type State = { origin: string; size: number; root: Buffer; frontier: Buffer }

/** Whether the stored state is the state of this tree. */
export function checkState(state: State, tree: Tree, entries: number): Finding[] {
  if (state.size !== entries) {
    const sentence = `The state counts ${state.size} entries, there are ${entries}.`
    return [{ code: 'STATE', sentence }]
  }
  const same = equal(state.root, tree.root) && equal(state.frontier, tree.frontier)
  return same ? [] : [{ code: 'STATE', sentence: 'The stored root is not that of the entries.' }]
}

type Log = { tree: Tree; entries: number; heads: readonly Head[] }

/**
 * Whether every pin lies on this tree: a rewound or replaced log cannot pass a kept head. Two
 * different heads of one size are a fork: somebody was shown another log.
 */
export function checkPins(pins: readonly Pin[], { tree, entries, heads }: Log): Finding[] {
  return pins.flatMap((pin): Finding[] => {
    if (entries < pin.size) {
      const sentence = `${pin.from} saw ${pin.size} facts, the log holds ${entries}.`
      return [{ code: 'TRUNCATED_BELOW_PIN', sentence }]
    }
    const root = tree.rootAt(pin.size)
    if (root && equal(root, pin.root)) return []
    const forked = heads.some((head) => head.size === pin.size && !equal(head.root, pin.root))
    const sentence = `The first ${pin.size} facts are not those that ${pin.from} saw.`
    return [{ code: forked ? 'FORK' : 'ROOT', sentence }]
  })
}

export type Head = { size: number; root: Buffer; note: string; signed: boolean }

/** Reads the published heads; `signed` marks those whose signature is to be checked. */
export async function readHeads(tx: TransactionSql, newest: number): Promise<Head[]> {
  const rows = await tx<{ size: string; root: Buffer; note: string; age: string }[]>`
    select size, root, note, row_number() over (order by size desc) as age from audit.tree_head`
  return rows.map((row) => ({
    size: Number(row.size),
    root: row.root,
    note: row.note,
    signed: Number(row.age) <= newest,
  }))
}

/** Whether the published heads are signed by this key and lie on this tree. */
export function checkHeads(heads: readonly Head[], tree: Tree, vkey: string): Finding[] {
  const bad = { note: [] as string[], head: [] as string[], root: [] as string[] }
  for (const head of heads) {
    const place = `size ${head.size}`
    if (head.signed) {
      const said = opened(head.note, vkey)
      if (!said) bad.note.push(place)
      else if (said.size !== head.size || !equal(said.root, head.root)) bad.head.push(place)
    }
    const root = tree.rootAt(head.size)
    if (!root || !equal(root, head.root)) bad.root.push(place)
  }
  return [
    ...summarise('NOTE_SIGNATURE', bad.note, 'Checkpoints are not signed by this key'),
    ...summarise('HEAD', bad.head, 'Checkpoints do not say what their notes say'),
    ...summarise('ROOT', bad.root, 'Checkpoints do not lie on this log'),
  ]
}

function opened(note: string, vkey: string): Checkpoint | null {
  try {
    return openCheckpoint(note, vkey)
  } catch {
    return null
  }
}

/** Whether the stored tiles are the full tiles of this tree, all of them and no others. */
export async function checkTiles(
  tx: TransactionSql,
  tree: Tree,
  hashes: Buffer,
): Promise<Finding[]> {
  // The digest of a tile travels, not its 8 KB.
  const rows = await tx<{ level: number; idx: string; digest: Buffer; root: Buffer }[]>`
    select level, idx, sha256(hashes) as digest, root from audit.tile order by level, idx`
  const wrong: string[] = []
  let full = 0
  for (let level = 0; level === 0 || tree.tileRoots(level - 1).length > 0; level++) {
    const entries = level === 0 ? hashes : tree.tileRoots(level - 1)
    const roots = tree.tileRoots(level)
    const tiles = rows.filter((row) => row.level === level)
    full += roots.length / 32
    for (const tile of tiles) {
      const at = Number(tile.idx)
      const width = TILE_WIDTH * 32
      const digest = sha256Bytes(entries.subarray(at * width, (at + 1) * width))
      const root = roots.subarray(at * 32, (at + 1) * 32)
      if (!equal(digest, tile.digest) || !equal(root, tile.root)) wrong.push(`${level}/${at}`)
    }
  }
  const findings = summarise('TILE', wrong, 'Tiles do not hold the hashes of their entries')
  if (rows.length === full) return findings
  return [...findings, { code: 'TILE', sentence: `${rows.length} tiles are stored, not ${full}.` }]
}

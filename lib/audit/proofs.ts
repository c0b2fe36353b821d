import { foldRight, hashNode } from './merkle'

/**
 * How a proof is put together from stored hashes: pure plans that name the nodes, and the place of
 * each node in tiles of 256 (C2SP tlog-tiles). Reading is left to the caller.
 */

export const TILE_WIDTH = 256
/** Levels of the tree that one level of tiles spans. */
export const TILE_HEIGHT = 8

/** A perfect subtree: `2^level` leaves, the `index`-th of its level. */
export type Node = { level: number; index: number }
/** One hash of a proof: neighbouring perfect subtrees that are folded together. */
export type Plan = Node[][]

/** The hashes of the inclusion proof of leaf `index`, from the leaf upwards (RFC 9162, 2.1.3.1). */
export function planInclusion(at: { index: number; size: number }): Plan {
  const { index, size } = at
  if (!(index >= 0 && index < size)) throw new RangeError(`There is no leaf ${index} of ${size}.`)
  const plan: Plan = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    if (index < middle) {
      plan.push(cover(middle, end))
      end = middle
    } else {
      plan.push(cover(start, middle))
      start = middle
    }
  }
  return plan.reverse()
}

/** The hashes of the consistency proof between two sizes (RFC 9162, 2.1.4.1). */
export function planConsistency(sizes: { first: number; second: number }): Plan {
  const { first, second } = sizes
  if (!(first >= 0 && first <= second)) throw new RangeError(`${first} is not before ${second}.`)
  if (first === 0 || first === second) return []
  const plan: Plan = []
  let [start, end] = [0, second]
  let whole = true
  while (end !== first) {
    const middle = start + splitPoint(end - start)
    if (first <= middle) {
      plan.push(cover(middle, end))
      end = middle
    } else {
      plan.push(cover(start, middle))
      start = middle
      whole = false
    }
  }
  // The old tree as a whole is known to whoever checks; only a part of it must be named.
  if (!whole) plan.push(cover(start, end))
  return plan.reverse()
}

/** The perfect subtrees that make up the whole tree: its root is their fold. */
export function planRoot(size: number): Node[] {
  return cover(0, size)
}

/** Turns a plan into proof hashes, given the hash of each node in the order of the plan. */
export function foldPlan(plan: Plan, hashes: readonly Buffer[]): Buffer[] {
  let at = 0
  return plan.map((nodes) => {
    const part = hashes.slice(at, at + nodes.length)
    at += nodes.length
    return foldRight(part)
  })
}

/** The run of tile entries whose fold is a node: `count` entries of one tile level. */
export function entriesOf(node: Node): { level: number; first: number; count: number } {
  const level = Math.floor(node.level / TILE_HEIGHT)
  const count = 2 ** (node.level % TILE_HEIGHT)
  return { level, first: node.index * count, count }
}

/** Hash of a perfect subtree from its `2^n` hashes, laid end to end. */
export function foldPerfect(bytes: Buffer): Buffer {
  let level = bytes
  while (level.length > 32) {
    const next = Buffer.allocUnsafe(level.length / 2)
    for (let i = 0; i < next.length; i += 32) {
      next.set(
        hashNode(level.subarray(2 * i, 2 * i + 32), level.subarray(2 * i + 32, 2 * i + 64)),
        i,
      )
    }
    level = next
  }
  return level
}

/** Perfect subtrees that cover [start, end), largest first; `start` is aligned to the first. */
function cover(start: number, end: number): Node[] {
  const nodes: Node[] = []
  let at = start
  while (at < end) {
    let [level, width] = [0, 1]
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      level += 1
      width *= 2
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** Largest power of two smaller than `n`. */
function splitPoint(n: number): number {
  let width = 1
  while (width * 2 < n) width *= 2
  return width
}

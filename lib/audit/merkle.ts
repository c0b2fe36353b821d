import { sha256Bytes } from '@/lib/core/sha256'

/**
 * The Merkle tree of RFC 9162 section 2.1 (the same tree as RFC 6962): pure, no I/O, no clock.
 * Hashes are 32 bytes; sizes and indices are whole numbers below 2^53. Leaf hashes are made with
 * prefix 0x00 (`leafHash`), inner nodes with 0x01, so that neither can pass for the other.
 */

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = sha256Bytes(new Uint8Array(0))

// Hashing is synchronous, so one scratch buffer serves every node.
const scratch = Buffer.alloc(65)
scratch[0] = 1

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  scratch.set(left, 1)
  scratch.set(right, 33)
  return sha256Bytes(scratch)
}

/** Roots of the perfect subtrees of a tree, largest first: all that is needed to go on appending. */
export type Frontier = { size: number; hashes: Buffer[] }

export function emptyFrontier(): Frontier {
  return { size: 0, hashes: [] }
}

/**
 * Appends one leaf hash in place; amortised one node hash per leaf. `onNode` is told of every
 * perfect subtree that this leaf completes, from its level 1 upwards.
 */
export function appendLeaf(
  frontier: Frontier,
  leaf: Buffer,
  onNode?: (level: number, hash: Buffer) => void,
): void {
  let node = leaf
  let level = 0
  for (let rest = frontier.size; rest % 2 === 1; rest = half(rest)) {
    node = hashNode(frontier.hashes.pop() as Buffer, node)
    level += 1
    onNode?.(level, node)
  }
  frontier.hashes.push(node)
  frontier.size += 1
}

/** Root of the tree behind a frontier. */
export function rootOf(frontier: Frontier): Buffer {
  return frontier.size === 0 ? EMPTY_ROOT : foldRight(frontier.hashes)
}

/** Joins neighbouring perfect subtrees (largest first) into one hash. */
export function foldRight(hashes: readonly Buffer[]): Buffer {
  let node = hashes[hashes.length - 1]
  if (!node) throw new RangeError('There is nothing to fold.')
  for (let i = hashes.length - 2; i >= 0; i--) node = hashNode(hashes[i] as Buffer, node)
  return node
}

/** The stored form of a frontier: its hashes end to end. */
export function frontierBytes(frontier: Frontier): Buffer {
  return Buffer.concat(frontier.hashes)
}

/** Reads a stored frontier; throws when its length does not fit the size. */
export function frontierFrom(size: number, bytes: Buffer): Frontier {
  const hashes = splitHashes(bytes)
  if (hashes.length !== bitCount(size)) {
    throw new RangeError(`A tree of ${size} leaves has another frontier.`)
  }
  return { size, hashes }
}

/** Hashes laid end to end, as views on the same bytes. */
export function splitHashes(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(bytes.length / 32) }, (_, i) =>
    bytes.subarray(i * 32, i * 32 + 32),
  )
}

/** On which side each hash of an inclusion proof stands, from the leaf upwards. */
export function inclusionSides(at: { index: number; size: number }): ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = []
  let [fn, sn] = [at.index, at.size - 1]
  while (sn > 0) {
    if (fn % 2 === 1 || fn === sn) {
      sides.push('left')
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      sides.push('right')
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sides
}

/**
 * True when `proof` shows that `leaf` stands at `index` of the tree with `size` leaves and `root`
 * (RFC 9162 section 2.1.3.2).
 */
export function verifyInclusion(claim: {
  leaf: Uint8Array
  index: number
  size: number
  root: Uint8Array
  proof: readonly Uint8Array[]
}): boolean {
  const { index, size, proof } = claim
  if (!isSize(index) || !isSize(size) || index >= size || !allHashes([claim.leaf, ...proof])) {
    return false
  }
  const sides = inclusionSides({ index, size })
  if (sides.length !== proof.length) return false
  let node: Uint8Array = claim.leaf
  for (const [i, side] of sides.entries()) {
    const sibling = proof[i] as Uint8Array
    node = side === 'left' ? hashNode(sibling, node) : hashNode(node, sibling)
  }
  return equal(node, claim.root)
}

/**
 * True when `proof` shows that the tree of `second` leaves only appends to the tree of `first`
 * leaves (RFC 9162 section 2.1.4.2). The empty tree is the beginning of every tree.
 */
export function verifyConsistency(claim: {
  first: number
  second: number
  firstRoot: Uint8Array
  secondRoot: Uint8Array
  proof: readonly Uint8Array[]
}): boolean {
  const { first, second, firstRoot, secondRoot, proof } = claim
  if (!isSize(first) || !isSize(second) || first > second || !allHashes(proof)) return false
  if (first === 0) return proof.length === 0 && equal(firstRoot, EMPTY_ROOT)
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot)
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  const start = path[0]
  if (!start) return false
  let [fn, sn] = [first - 1, second - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  let [fr, sr]: [Uint8Array, Uint8Array] = [start, start]
  for (const node of path.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = hashNode(node, fr)
      sr = hashNode(node, sr)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      sr = hashNode(sr, node)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && equal(fr, firstRoot) && equal(sr, secondRoot)
}

/** True for two hashes of the same bytes. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

// Sizes may pass 2^31, where bit operators would wrap.
function half(n: number): number {
  return Math.floor(n / 2)
}
function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}
function isPowerOfTwo(n: number): boolean {
  return bitCount(n) === 1
}
function bitCount(n: number): number {
  let bits = 0
  for (let rest = n; rest > 0; rest = half(rest)) bits += rest % 2
  return bits
}
function allHashes(list: readonly Uint8Array[]): boolean {
  return list.every((hash) => hash.length === 32)
}

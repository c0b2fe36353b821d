import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Bytes } from '@/lib/core/sha256'
import { leafHash } from './leaf'
import {
  appendLeaf,
  EMPTY_ROOT,
  emptyFrontier,
  frontierBytes,
  frontierFrom,
  hashNode,
  inclusionSides,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle'
import { foldPlan, type Node, planConsistency, planInclusion, planRoot } from './proofs'

/** The eight-leaf tree of the Certificate Transparency reference data: inputs and root per size. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
/** Proofs of the same tree, as places in it: "a-b" is the hash over leaves a to b inclusive. */
const INCLUSION: [index: number, size: number, ranges: string[]][] = [
  [0, 1, []],
  [0, 8, ['1-1', '2-3', '4-7']],
  [5, 8, ['4-4', '6-7', '0-3']],
  [2, 3, ['0-1']],
  [1, 5, ['0-0', '2-3', '4-4']],
  [4, 7, ['5-5', '6-6', '0-3']],
  [6, 7, ['4-5', '0-3']],
]
const CONSISTENCY: [first: number, second: number, ranges: string[]][] = [
  [1, 1, []],
  [1, 8, ['1-1', '2-3', '4-7']],
  [6, 8, ['4-5', '6-7', '0-3']],
  [2, 5, ['2-3', '4-4']],
  [3, 7, ['2-2', '3-3', '0-1', '4-6']],
  [4, 7, ['4-6']],
  [6, 7, ['4-5', '6-6', '0-3']],
]

const LEAVES = INPUTS.map((hex) => leafHash(Buffer.from(hex, 'hex')))
const some = (n: number): Buffer[] =>
  Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))

/** The definition of RFC 9162 section 2.1.1, word for word. */
function naiveRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha256Bytes(Buffer.alloc(0))
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hashNode(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}
function naiveInclusion(m: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return []
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return m < k
    ? [...naiveInclusion(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naiveInclusion(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))]
}
function naiveConsistency(m: number, leaves: Buffer[], whole = true): Buffer[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)]
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return m <= k
    ? [...naiveConsistency(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))]
    : [...naiveConsistency(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))]
}
function ofRange(leaves: Buffer[], range: string): Buffer {
  const [a, b] = range.split('-').map(Number)
  return naiveRoot(leaves.slice(a, b! + 1))
}
const nodeHash = (leaves: Buffer[]) => (node: Node) =>
  naiveRoot(leaves.slice(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level))
function inclusion(leaves: Buffer[], index: number, size: number): Buffer[] {
  const plan = planInclusion({ index, size })
  return foldPlan(plan, plan.flat().map(nodeHash(leaves)))
}
function consistency(leaves: Buffer[], first: number, second: number): Buffer[] {
  const plan = planConsistency({ first, second })
  return foldPlan(plan, plan.flat().map(nodeHash(leaves)))
}
const hex = (list: readonly Buffer[]) => list.map((b) => b.toString('hex'))
const flip = (b: Buffer, at = 0): Buffer => {
  const copy = Buffer.from(b)
  copy[at] = copy[at]! ^ 1
  return copy
}

describe('the tree of the reference data', () => {
  it('has the published root at every size', () => {
    const frontier = emptyFrontier()
    expect(EMPTY_ROOT.toString('hex')).toBe(ROOTS[0])
    for (const [i, leaf] of LEAVES.entries()) {
      appendLeaf(frontier, leaf)
      expect(rootOf(frontier).toString('hex')).toBe(ROOTS[i + 1])
    }
  })

  it.each(INCLUSION)('proves leaf %i of %i by the hashes over %j', (index, size, ranges) => {
    const proof = inclusion(LEAVES, index, size)
    expect(hex(proof)).toEqual(hex(ranges.map((range) => ofRange(LEAVES, range))))
    const root = Buffer.from(ROOTS[size]!, 'hex')
    expect(verifyInclusion({ leaf: LEAVES[index]!, index, size, root, proof })).toBe(true)
  })

  it.each(CONSISTENCY)('proves %i to be the beginning of %i by %j', (first, second, ranges) => {
    const proof = consistency(LEAVES, first, second)
    expect(hex(proof)).toEqual(hex(ranges.map((range) => ofRange(LEAVES, range))))
    const [firstRoot, secondRoot] = [first, second].map((n) => Buffer.from(ROOTS[n]!, 'hex'))
    expect(
      verifyConsistency({
        first,
        second,
        firstRoot: firstRoot!,
        secondRoot: secondRoot!,
        proof,
      }),
    ).toBe(true)
  })
})

describe('against the recursive definition', () => {
  it('appending one by one gives the root of the whole list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (n) => {
        const frontier = emptyFrontier()
        for (const leaf of some(n)) appendLeaf(frontier, leaf)
        expect(rootOf(frontier)).toEqual(naiveRoot(some(n)))
        expect(frontierFrom(n, frontierBytes(frontier))).toEqual(frontier)
        if (n > 0) {
          const [nodes] = foldPlan([planRoot(n)], planRoot(n).map(nodeHash(some(n))))
          expect(nodes).toEqual(rootOf(frontier))
        }
      }),
    )
  })

  it('every proof of every size up to 40 is the defined one and verifies', () => {
    const leaves = some(40)
    for (let size = 1; size <= leaves.length; size++) {
      const part = leaves.slice(0, size)
      const root = naiveRoot(part)
      for (let index = 0; index < size; index++) {
        const proof = inclusion(leaves, index, size)
        expect(proof).toEqual(naiveInclusion(index, part))
        expect(verifyInclusion({ leaf: leaves[index]!, index, size, root, proof })).toBe(true)
        expect(inclusionSides({ index, size })).toHaveLength(proof.length)
      }
      for (let first = 0; first <= size; first++) {
        const proof = consistency(leaves, first, size)
        if (first > 0) expect(proof).toEqual(naiveConsistency(first, part))
        const firstRoot = naiveRoot(leaves.slice(0, first))
        const claim = { first, second: size, firstRoot, secondRoot: root, proof }
        expect(verifyConsistency(claim)).toBe(true)
      }
    }
  })
})

describe('a proof that was touched', () => {
  const sized = fc
    .integer({ min: 1, max: 70 })
    .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))

  it('of inclusion is rejected: one hash, one more, one less, another index, leaf or root', () => {
    fc.assert(
      fc.property(sized, fc.nat(31), ([size, index], at) => {
        const leaves = some(size)
        const proof = inclusion(leaves, index, size)
        const claim = { leaf: leaves[index]!, index, size, root: naiveRoot(leaves), proof }
        expect(verifyInclusion(claim)).toBe(true)
        for (let i = 0; i < proof.length; i++) {
          const touched = proof.with(i, flip(proof[i]!, at))
          expect(verifyInclusion({ ...claim, proof: touched })).toBe(false)
          expect(verifyInclusion({ ...claim, proof: proof.toSpliced(i, 1) })).toBe(false)
        }
        expect(verifyInclusion({ ...claim, proof: [...proof, EMPTY_ROOT] })).toBe(false)
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, at) })).toBe(false)
        expect(verifyInclusion({ ...claim, root: flip(claim.root, at) })).toBe(false)
        expect(verifyInclusion({ ...claim, index: size })).toBe(false)
        expect(verifyInclusion({ ...claim, index: -1 })).toBe(false)
        for (let other = 0; other < size; other++) {
          if (other !== index) expect(verifyInclusion({ ...claim, index: other })).toBe(false)
        }
        expect(verifyInclusion({ ...claim, leaf: claim.leaf.subarray(1) })).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('of consistency is rejected: one hash, one more, one less, another root', () => {
    fc.assert(
      fc.property(sized, fc.nat(31), ([second, before], at) => {
        const first = before + 1
        const leaves = some(second)
        const proof = consistency(leaves, first, second)
        const firstRoot = naiveRoot(leaves.slice(0, first))
        const claim = { first, second, firstRoot, secondRoot: naiveRoot(leaves), proof }
        expect(verifyConsistency(claim)).toBe(true)
        for (let i = 0; i < proof.length; i++) {
          const touched = proof.with(i, flip(proof[i]!, at))
          expect(verifyConsistency({ ...claim, proof: touched })).toBe(false)
          expect(verifyConsistency({ ...claim, proof: proof.toSpliced(i, 1) })).toBe(false)
        }
        expect(verifyConsistency({ ...claim, proof: [...proof, EMPTY_ROOT] })).toBe(false)
        expect(verifyConsistency({ ...claim, firstRoot: flip(firstRoot, at) })).toBe(false)
        expect(verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, at) })).toBe(false)
        expect(verifyConsistency({ ...claim, first: second + 1 })).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

it('sizes beyond 2^31 do not wrap', () => {
  const size = 2 ** 40 + 3
  expect(inclusionSides({ index: 2 ** 40 + 2, size })).toHaveLength(2)
  expect(planInclusion({ index: 2 ** 40 - 1, size }).flat()).toHaveLength(42)
  expect(planConsistency({ first: 2 ** 40, second: size })).toHaveLength(1)
})

it('a stored frontier of another size is refused', () => {
  expect(() => frontierFrom(3, EMPTY_ROOT)).toThrow(RangeError)
})

import { diffArrays } from 'diff'

/** A stretch of lines: kept, or found on one side only. */
export type Stretch = { kind: 'same' | 'removed' | 'added'; count: number }
type Aligned = { stretches: Stretch[]; aligned: boolean }

/**
 * Budgets are counted, not timed, so that the same texts give the same diff on every machine:
 * changed lines that one alignment looks for, and lines times changes it may walk through.
 */
const MAX_EDITS = 2_000
const MAX_WORK = 40_000_000
/** Edits of all gaps between anchors together. */
const MAX_GAP_EDITS = 20_000

/**
 * Aligns two texts by their lines (numbers stand for lines, equal numbers for equal lines). The
 * shortest difference where that is affordable; else the lines that stand once in both texts are
 * anchors, and only what lies between two of them is compared. `aligned` is false where even that
 * did not help and a large part is shown as replaced.
 */
export function alignLines(old: readonly number[], now: readonly number[]): Aligned {
  const out = new Stretches()
  const { head, tail } = commonEnds(old, now)
  const [a, b] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)]
  out.add('same', head)
  if (!shortest(a, b, { edits: affordable(a, b), out })) anchored(a, b, out)
  out.add('same', tail)
  return { stretches: out.all, aligned: out.aligned }
}

function affordable(a: readonly number[], b: readonly number[]): number {
  return Math.min(MAX_EDITS, Math.floor(MAX_WORK / (a.length + b.length + 1)))
}

class Stretches {
  readonly all: Stretch[] = []
  aligned = true

  add(kind: Stretch['kind'], count: number): void {
    if (count === 0) return
    const last = this.all[this.all.length - 1]
    if (last?.kind === kind) last.count += count
    else this.all.push({ kind, count })
  }

  replace(removed: number, added: number): void {
    if (Math.max(removed, added) > MAX_EDITS) this.aligned = false
    this.add('removed', removed)
    this.add('added', added)
  }
}

function commonEnds(a: readonly number[], b: readonly number[]): { head: number; tail: number } {
  const most = Math.min(a.length, b.length)
  let head = 0
  while (head < most && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  return { head, tail }
}

/** The shortest difference; false where it needs more edits than are left. */
function shortest(
  a: readonly number[],
  b: readonly number[],
  { edits, out }: { edits: number; out: Stretches },
): boolean {
  if (a.length === 0 || b.length === 0) {
    out.add('removed', a.length)
    out.add('added', b.length)
    return true
  }
  const parts = diffArrays([...a], [...b], { maxEditLength: edits })
  if (!parts) return false
  for (const { added, removed, value } of parts) {
    out.add(added ? 'added' : removed ? 'removed' : 'same', value.length)
  }
  return true
}

/** Lines that stand once on each side, in the longest order that both sides share. */
function anchored(a: readonly number[], b: readonly number[], out: Stretches): void {
  let left = MAX_GAP_EDITS
  let [fromA, fromB] = [0, 0]
  const gap = (toA: number, toB: number) => {
    const [some, other] = [a.slice(fromA, toA), b.slice(fromB, toB)]
    const { head, tail } = commonEnds(some, other)
    out.add('same', head)
    const [inner, outer] = [
      some.slice(head, some.length - tail),
      other.slice(head, other.length - tail),
    ]
    const edits = Math.min(left, affordable(inner, outer), inner.length + outer.length)
    const single = inner.length <= 1 && outer.length <= 1
    left -= single ? 0 : edits
    if (single || !shortest(inner, outer, { edits, out })) out.replace(inner.length, outer.length)
    out.add('same', tail)
  }
  for (const [atA, atB] of anchors(a, b)) {
    gap(atA, atB)
    out.add('same', 1)
    fromA = atA + 1
    fromB = atB + 1
  }
  gap(a.length, b.length)
}

function anchors(a: readonly number[], b: readonly number[]): [number, number][] {
  const [inA, inB] = [onlyOnce(a), onlyOnce(b)]
  const pairs: [number, number][] = []
  for (const [line, atA] of inA) {
    const atB = inB.get(line)
    if (atA >= 0 && atB !== undefined && atB >= 0) pairs.push([atA, atB])
  }
  return longestRising(pairs.sort(([x], [y]) => x - y))
}

/** Where each line stands; -1 for one that stands in several places. */
function onlyOnce(lines: readonly number[]): Map<number, number> {
  const places = new Map<number, number>()
  for (const [at, line] of lines.entries()) places.set(line, places.has(line) ? -1 : at)
  return places
}

/** The longest run of pairs whose second places rise too (patience sorting). */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const tops: number[] = []
  const before: number[] = []
  for (const [index, [, atB]] of pairs.entries()) {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < atB) low = middle + 1
      else high = middle
    }
    before[index] = low > 0 ? (tops[low - 1] ?? -1) : -1
    tops[low] = index
  }
  const found: [number, number][] = []
  for (let at = tops[tops.length - 1] ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair) found.push(pair)
  }
  return found.reverse()
}

import { diffArrays } from 'diff'
import { lineBreak, lineEndingOf } from './lines'

/**
 * Three texts: what two people started from, and what each made of it. Changes of one side alone
 * are taken; where both changed the same lines differently a person chooses. Nothing is dropped
 * unseen, and the work is bounded by a count, as in a comparison.
 */
type MergeSide = 'mine' | 'theirs'
export type MergePart =
  | { kind: 'same'; lines: string[] }
  | { kind: 'taken'; from: MergeSide | 'both'; lines: string[]; base: string[] }
  | { kind: 'conflict'; base: string[]; mine: string[]; theirs: string[] }
export type Merge = {
  /** False when a side is too different to align: then everything is one conflict. */
  aligned: boolean
  /** In the order of the text; lines keep their endings, so joining them loses no byte. */
  parts: MergePart[]
}
/** What becomes of one conflict: one side, or both, mine first. */
export type MergeChoice = MergeSide | 'both'

const MAX_EDITS = 2_000

/** Lines `start..end` of the base became `lines`. */
type Change = { start: number; end: number; lines: string[] }
type Region = { start: number; end: number; mine: Change[]; theirs: Change[] }

/** Merges what two people made of `base`. Merging equal or one-sided changes never conflicts. */
export function mergeTexts(base: string, mine: string, theirs: string): Merge {
  const lines = linesOf(base)
  const changes = {
    mine: changesOf(lines, linesOf(mine)),
    theirs: changesOf(lines, linesOf(theirs)),
  }
  if (changes.mine === null || changes.theirs === null) {
    return { aligned: false, parts: settled(lines, linesOf(mine), linesOf(theirs)) }
  }
  const parts: MergePart[] = []
  let at = 0
  for (const region of regionsOf(changes.mine, changes.theirs)) {
    if (region.start > at) parts.push({ kind: 'same', lines: lines.slice(at, region.start) })
    parts.push(...partsOf(region, lines))
    at = region.end
  }
  if (at < lines.length) parts.push({ kind: 'same', lines: lines.slice(at) })
  return { aligned: true, parts }
}

/** The text that the choices give; null while a conflict has none. Choices count conflicts only. */
export function mergedText(
  merge: Merge,
  choices: readonly (MergeChoice | undefined)[],
): string | null {
  let text = ''
  let conflict = 0
  for (const part of merge.parts) {
    if (part.kind !== 'conflict') {
      text += part.lines.join('')
      continue
    }
    const choice = choices[conflict]
    conflict += 1
    if (choice === undefined) return null
    text += choice === 'both' ? joined(part.mine, part.theirs) : part[choice].join('')
  }
  return text
}

/** Both sides below each other; a last line without an ending gets one. */
function joined(mine: readonly string[], theirs: readonly string[]): string {
  const first = mine.join('')
  if (first === '' || theirs.length === 0 || /[\n\r]$/.test(first)) return first + theirs.join('')
  return first + lineBreak(lineEndingOf(first + theirs.join(''))) + theirs.join('')
}

/** Lines with their endings; an empty text has none. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []
}

/** What changed between the base and a side; null when they are too different. */
function changesOf(base: string[], side: string[]): Change[] | null {
  const pieces = diffArrays(base, side, { maxEditLength: MAX_EDITS })
  if (pieces === undefined) return null
  const changes: Change[] = []
  let at = 0
  let open: Change | null = null
  for (const { added, removed, value } of pieces) {
    if (!added && !removed) {
      at += value.length
      open = null
      continue
    }
    if (!open) {
      open = { start: at, end: at, lines: [] }
      changes.push(open)
    }
    if (added) open.lines.push(...value)
    else {
      at += value.length
      open.end = at
    }
  }
  return changes
}

/** Changes that share a line of the base, or begin at the same place, belong together. */
function regionsOf(mine: readonly Change[], theirs: readonly Change[]): Region[] {
  const all = [
    ...mine.map((change) => ({ change, side: 'mine' as const })),
    ...theirs.map((change) => ({ change, side: 'theirs' as const })),
  ].sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end)
  const regions: Region[] = []
  for (const { change, side } of all) {
    const last = regions.at(-1)
    if (last && (change.start < last.end || change.start === last.start)) {
      last.end = Math.max(last.end, change.end)
      last[side].push(change)
    } else {
      const region: Region = { start: change.start, end: change.end, mine: [], theirs: [] }
      region[side].push(change)
      regions.push(region)
    }
  }
  return regions
}

function partsOf(region: Region, lines: readonly string[]): MergePart[] {
  const base = lines.slice(region.start, region.end)
  const mine = sideOf(region, region.mine, lines)
  const theirs = sideOf(region, region.theirs, lines)
  if (region.theirs.length === 0) return [{ kind: 'taken', from: 'mine', lines: mine, base }]
  if (region.mine.length === 0) return [{ kind: 'taken', from: 'theirs', lines: theirs, base }]
  return settled(base, mine, theirs)
}

/** A side's lines in a region: its changes, and the base between them. */
function sideOf(region: Region, changes: readonly Change[], lines: readonly string[]): string[] {
  const out: string[] = []
  let at = region.start
  for (const change of changes) {
    out.push(...lines.slice(at, change.start), ...change.lines)
    at = change.end
  }
  out.push(...lines.slice(at, region.end))
  return out
}

/** What both say alike at the ends of a region is agreed; only what is left is a conflict. */
function settled(base: string[], mine: string[], theirs: string[]): MergePart[] {
  const most = Math.min(mine.length, theirs.length)
  let head = 0
  while (head < most && mine[head] === theirs[head]) head += 1
  let tail = 0
  while (tail < most - head && mine.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1
  const agreed = (lines: string[], own: string[]): MergePart[] =>
    lines.length === 0 && own.length === 0
      ? []
      : [{ kind: 'taken', from: 'both', lines, base: own }]
  if (head === mine.length && head === theirs.length) return agreed(mine, base)
  return [
    ...agreed(mine.slice(0, head), []),
    {
      kind: 'conflict',
      base,
      mine: mine.slice(head, mine.length - tail),
      theirs: theirs.slice(head, theirs.length - tail),
    },
    ...agreed(mine.slice(mine.length - tail), []),
  ]
}

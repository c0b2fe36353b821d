import { type Change, diffWordsWithSpace } from 'diff'
import { alignLines, type Stretch } from './align'
import type { DiffHunk, DiffLine, TextDiff } from './model'

/** Unchanged lines kept around a change. */
const CONTEXT = 3
/** Changed words in one pair of lines, and characters compared by word in one diff. */
const MAX_WORD_EDITS = 200
const MAX_WORD_CHARACTERS = 200_000

type Line = { text: string; ending: DiffLine['ending'] }

/**
 * The difference of two texts by lines, with changed words inside lines that belong together.
 * Bounded in time by counted budgets; where texts are too different to align, a large part comes back
 * as one replacement and `aligned` is false.
 */
export function diffText(before: string, after: string): TextDiff {
  const old = linesOf(before)
  const now = linesOf(after)
  const number = numbering()
  const { stretches, aligned } = alignLines(old.map(number), now.map(number))
  const lines = alignedLines(stretches, old, now)
  markWords(lines)
  const { hunks, foldAfter } = fold(lines)
  return {
    aligned,
    hunks,
    foldAfter,
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  }
}

/** Equal lines, their endings included, get the same number. */
function numbering(): (line: Line) => number {
  const known = new Map<string, number>()
  return ({ text, ending }) => {
    const key = text + ending
    const number = known.get(key) ?? known.size
    known.set(key, number)
    return number
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  const breaks = /\r\n|\n|\r/g
  let at = 0
  for (let match = breaks.exec(text); match !== null; match = breaks.exec(text)) {
    lines.push({ text: text.slice(at, match.index), ending: match[0] as Line['ending'] })
    at = breaks.lastIndex
  }
  if (at < text.length) lines.push({ text: text.slice(at), ending: '' })
  return lines
}

function diffLine(
  kind: DiffLine['kind'],
  line: Line,
  at: [number | null, number | null],
): DiffLine {
  return { kind, ...line, beforeLine: at[0], afterLine: at[1], marks: [] }
}

function alignedLines(
  stretches: readonly Stretch[],
  old: readonly Line[],
  now: readonly Line[],
): DiffLine[] {
  const lines: DiffLine[] = []
  let before = 0
  let after = 0
  for (const { kind, count } of stretches) {
    for (let n = 0; n < count; n += 1) {
      const line = kind === 'removed' ? old[before] : now[after]
      if (kind !== 'added') before += 1
      if (kind !== 'removed') after += 1
      if (!line) continue
      const at: [number | null, number | null] = [
        kind === 'added' ? null : before,
        kind === 'removed' ? null : after,
      ]
      lines.push(diffLine(kind, line, at))
    }
  }
  return lines
}

/** Inside a replacement of equally many lines, the n-th old line belongs to the n-th new one. */
function markWords(lines: DiffLine[]): void {
  let at = 0
  let budget = MAX_WORD_CHARACTERS
  while (at < lines.length) {
    const removed = runOf(lines, at, 'removed')
    const added = runOf(lines, at + removed.length, 'added')
    if (removed.length > 0 && removed.length === added.length) {
      for (const [index, line] of removed.entries()) {
        const other = added[index]
        budget -= line.text.length + (other?.text.length ?? 0)
        if (other && budget > 0) markPair(line, other)
      }
    }
    at += Math.max(1, removed.length + added.length)
  }
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): DiffLine[] {
  let end = from
  while (lines[end]?.kind === kind) end += 1
  return lines.slice(from, end)
}

function markPair(old: DiffLine, now: DiffLine): void {
  const words: Change[] | undefined = diffWordsWithSpace(old.text, now.text, {
    maxEditLength: MAX_WORD_EDITS,
  })
  if (words === undefined) return
  let before = 0
  let after = 0
  for (const { value, added, removed } of words) {
    if (removed) old.marks.push([before, before + value.length])
    if (added) now.marks.push([after, after + value.length])
    if (!added) before += value.length
    if (!removed) after += value.length
  }
}

/** Leaves the changed lines with their context; what lies between is folded into a count. */
function fold(lines: readonly DiffLine[]): { hunks: DiffHunk[]; foldAfter: number } {
  const shown = new Uint8Array(lines.length)
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'same') continue
    shown.fill(1, Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1))
  }
  const hunks: DiffHunk[] = []
  let folded = 0
  let open: DiffHunk | null = null
  for (const [index, line] of lines.entries()) {
    if (shown[index] === 0) {
      folded += 1
      open = null
      continue
    }
    if (!open) {
      open = { foldBefore: folded, lines: [] }
      hunks.push(open)
      folded = 0
    }
    open.lines.push(line)
  }
  return { hunks, foldAfter: folded }
}

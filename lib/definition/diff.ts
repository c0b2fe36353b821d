import { type Change, diffArrays, diffWordsWithSpace } from 'diff'
import type { DiffHunk, DiffLine, TextDiff } from './model'

/** Unchanged lines kept around a change. */
const CONTEXT = 3
/**
 * Beyond this many changed lines the texts are shown as replaced instead of aligned. Budgets are
 * counted, not timed, so that the same texts give the same diff on every machine.
 */
const MAX_EDITS = 2_000
/** Changed words in one pair of lines, and characters compared by word in one diff. */
const MAX_WORD_EDITS = 200
const MAX_WORD_CHARACTERS = 200_000

type Line = { text: string; ending: DiffLine['ending'] }

/**
 * The difference of two texts by lines, with changed words inside lines that belong together.
 * Bounded in time: texts that are too different come back as one replacement with `aligned` false.
 */
export function diffText(before: string, after: string): TextDiff {
  const old = linesOf(before)
  const now = linesOf(after)
  const key = (line: Line) => line.text + line.ending
  const parts = diffArrays(old.map(key), now.map(key), {
    maxEditLength: MAX_EDITS,
  })
  const lines = parts ? alignedLines(parts, old, now) : replacedLines(old, now)
  markWords(lines)
  const { hunks, foldAfter } = fold(lines)
  return {
    aligned: parts !== undefined,
    hunks,
    foldAfter,
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, content = '', ending = ''] = match
    if (whole === '' && (lines.length > 0 || text === '')) break
    lines.push({ text: content, ending: ending as DiffLine['ending'] })
  }
  return lines
}

function diffLine(
  kind: DiffLine['kind'],
  line: Line,
  at: [number | null, number | null],
): DiffLine {
  return { kind, ...line, beforeLine: at[0], afterLine: at[1], marks: [] }
}

type Part = { added?: boolean; removed?: boolean; value: string[] }

function alignedLines(
  parts: readonly Part[],
  old: readonly Line[],
  now: readonly Line[],
): DiffLine[] {
  const lines: DiffLine[] = []
  let before = 0
  let after = 0
  for (const part of parts) {
    for (let n = 0; n < part.value.length; n += 1) {
      if (part.removed) {
        const line = old[before]
        before += 1
        if (line) lines.push(diffLine('removed', line, [before, null]))
      } else {
        const line = now[after]
        after += 1
        if (!part.added) before += 1
        const at: [number | null, number] = [part.added ? null : before, after]
        if (line) lines.push(diffLine(part.added ? 'added' : 'same', line, at))
      }
    }
  }
  return lines
}

function replacedLines(old: readonly Line[], now: readonly Line[]): DiffLine[] {
  return [
    ...old.map((line, index) => diffLine('removed', line, [index + 1, null])),
    ...now.map((line, index) => diffLine('added', line, [null, index + 1])),
  ]
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

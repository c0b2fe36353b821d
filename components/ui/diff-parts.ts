import type { DiffHunk, DiffLine, TextDiff } from '@/lib/definition/model'

/** Pure parts of the diff drawing. */

type WordPart = { text: string; changed: boolean }

/** A line cut at its changed words; overlapping or unordered marks are taken as their union. */
export function wordParts(text: string, marks: readonly (readonly [number, number])[]): WordPart[] {
  const parts: WordPart[] = []
  let at = 0
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(at, start)
    const to = Math.min(text.length, end)
    if (to <= from) continue
    if (from > at) parts.push({ text: text.slice(at, from), changed: false })
    parts.push({ text: text.slice(from, to), changed: true })
    at = to
  }
  if (at < text.length || parts.length === 0) parts.push({ text: text.slice(at), changed: false })
  return parts
}

/** What the fold before a hunk says: "Lines 6 to 48 unchanged"; null when nothing is folded. */
export function foldBeforeWords(hunk: DiffHunk): string | null {
  if (hunk.foldBefore === 0) return null
  const first = hunk.lines.find((line) => line.afterLine !== null || line.beforeLine !== null)
  const next = first?.afterLine ?? first?.beforeLine
  if (next === null || next === undefined) return countWords(hunk.foldBefore)
  return rangeWords(next - hunk.foldBefore, next - 1)
}

/** What the fold after the last hunk says. */
export function foldAfterWords(diff: TextDiff): string | null {
  if (diff.foldAfter === 0) return null
  const last = diff.hunks.at(-1)?.lines.findLast((line) => line.afterLine !== null)
  return last?.afterLine
    ? rangeWords(last.afterLine + 1, last.afterLine + diff.foldAfter)
    : countWords(diff.foldAfter)
}

function rangeWords(from: number, to: number): string {
  return from === to ? `Line ${from} unchanged` : `Lines ${from} to ${to} unchanged`
}
function countWords(lines: number): string {
  return lines === 1 ? '1 line unchanged' : `${lines} lines unchanged`
}

/** How a line ends when that is worth a word: on changed lines that do not end in a line feed. */
export function endingWords(line: DiffLine): string | null {
  if (line.kind === 'same' || line.ending === '\n') return null
  return { '\r\n': 'CR LF', '\r': 'CR', '': 'no line break' }[line.ending]
}

type SidePair = { left: DiffLine | null; right: DiffLine | null }

/** The lines of a hunk side by side: each removed line beside the added one that replaces it. */
export function sidePairs(lines: readonly DiffLine[]): SidePair[] {
  const pairs: SidePair[] = []
  let removed: DiffLine[] = []
  let added: DiffLine[] = []
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      pairs.push({ left: removed[i] ?? null, right: added[i] ?? null })
    removed = []
    added = []
  }
  for (const line of lines) {
    if (line.kind === 'same') {
      flush()
      pairs.push({ left: line, right: line })
    } else if (line.kind === 'removed') {
      if (added.length > 0) flush()
      removed.push(line)
    } else added.push(line)
  }
  flush()
  return pairs
}

/** Lines of a diff that are drawn at once. */
const PAGE_LINES = 1_000

/** The hunks of a long diff cut into pages; a cut inside a hunk folds nothing away. */
export function pagesOf(hunks: readonly DiffHunk[]): DiffHunk[][] {
  const pages: DiffHunk[][] = []
  let room = 0
  for (const hunk of hunks) {
    for (let at = 0; at < hunk.lines.length; ) {
      if (room === 0) {
        pages.push([])
        room = PAGE_LINES
      }
      const lines = hunk.lines.slice(at, at + room)
      pages.at(-1)?.push({ foldBefore: at === 0 ? hunk.foldBefore : 0, lines })
      at += lines.length
      room -= lines.length
    }
  }
  return pages
}

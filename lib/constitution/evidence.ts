import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import type { EvidenceLine } from './model'

const MAX_LINE = 400

/** The lines that a range covers, at most three, with the range itself marked. */
export function evidence(
  definition: DefinitionContent,
  ranges: readonly TextRange[],
): EvidenceLine[] {
  const lines = new Map<number, EvidenceLine>()
  for (const range of ranges) {
    const start = lineStart(definition.text, range.start)
    const end = lineEnd(definition.text, range.start)
    const known = lines.get(range.line)
    const line = known ?? {
      line: range.line,
      text: definition.text.slice(start, Math.min(end, start + MAX_LINE)),
      marks: [],
    }
    const from = Math.min(range.start - start, line.text.length)
    const to = Math.min(range.end - start, line.text.length)
    if (to > from) line.marks.push([from, to])
    lines.set(range.line, line)
    if (lines.size === 3 && !known) break
  }
  return [...lines.values()].sort((a, b) => a.line - b.line)
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}

function lineEnd(text: string, at: number): number {
  const ends = [text.indexOf('\n', at), text.indexOf('\r', at)].filter((end) => end !== -1)
  return ends.length === 0 ? text.length : Math.min(...ends)
}

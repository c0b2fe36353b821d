import { Lines } from '@/lib/definition/lines'
import type { DefinitionContent, EditResult, TextRange } from '@/lib/definition/model'
import { plainText } from '@/lib/definition/plain'
import { spliceBetween } from '@/lib/definition/splice'
import type { EvidenceLine, FindingFix } from './model'

const MAX_LINE = 400
const MAX_LINES = 3
const MAX_SHOWN = 5
const MAX_NAME = 60

/** The first lines of the ranges, at most three, with the ranges marked; in the order of the file. */
export function evidence(
  definition: DefinitionContent,
  ranges: readonly TextRange[],
): EvidenceLine[] {
  const found = new Map<number, EvidenceLine>()
  for (const range of ranges) {
    const known = found.get(range.line)
    if (!known && found.size === MAX_LINES) continue
    const start = lineStart(definition.text, range.start)
    const text = definition.text.slice(start, lineEnd(definition.text, range.start))
    const line = known ?? { line: range.line, text: plainText(text.slice(0, MAX_LINE)), marks: [] }
    const from = Math.min(range.start - start, line.text.length)
    const to = Math.min(range.end - start, line.text.length)
    if (to > from) line.marks.push([from, to])
    found.set(range.line, line)
  }
  return [...found.values()].sort((a, b) => a.line - b.line)
}

/** A 1-based line, or the first place of `word` in it. */
export function lineRange(definition: DefinitionContent, line: number, word: string): TextRange {
  const lines = new Lines(definition.text)
  const start = lines.startOf(line)
  const content = lines.contentOf(line)
  const at = word === '' ? -1 : content.indexOf(word)
  return at < 0
    ? lines.range(start, start + content.length)
    : lines.range(start + at, start + at + word.length)
}

/** A fix from an edit that was made and checked; nothing where the edit was refused. */
export function fixFrom(
  definition: DefinitionContent,
  label: string,
  edit: EditResult,
): { fix?: FindingFix } {
  if (!edit.ok) return {}
  const after = new TextDecoder('utf-8', { ignoreBOM: true }).decode(edit.bytes)
  const splice = spliceBetween(definition.text, after)
  // A finding is stored as JSON, in which PostgreSQL takes no U+0000.
  return splice.text.includes('\u0000') ? {} : { fix: { label, edit: splice } }
}

/** Names for a sentence: each once, long ones cut, at most five. */
export function shown(names: readonly string[]): string {
  const all = [...new Set(names)].map((name) =>
    plainText(name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name),
  )
  const rest = all.length - MAX_SHOWN
  return rest > 0 ? `${all.slice(0, MAX_SHOWN).join(', ')} and ${rest} more` : all.join(', ')
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}

function lineEnd(text: string, at: number): number {
  const ending = /[\n\r]/g
  ending.lastIndex = at
  return ending.exec(text)?.index ?? text.length
}

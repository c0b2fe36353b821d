import { Lines } from '@/lib/definition/lines'
import type { DefinitionContent, EditResult, Splice, TextRange } from '@/lib/definition/model'
import { plainText } from '@/lib/definition/plain'
import { readDefinition } from '@/lib/definition/read'
import { spliceBetween } from '@/lib/definition/splice'
import type { EvidenceLine, Finding, FindingFix, FindingSeverity, Rule } from './model'

const MAX_LINE = 400
const MAX_LINES = 3
/** A hostile file names a thing a hundred thousand times; nobody looks at more marks than these. */
const MAX_RANGES = 100
const MAX_SHOWN = 5
const MAX_NAME = 60

type Said = {
  message: string
  /** Where it stands; the first place is the finding's. */
  at?: readonly TextRange[]
  /** Default: the rule's own. */
  severity?: FindingSeverity
  fix?: { fix?: FindingFix }
}

/** A finding of `rule` with its evidence. */
export function finding(
  rule: Pick<Rule, 'id' | 'severity' | 'principle'>,
  definition: DefinitionContent,
  { message, at = [], severity = rule.severity, fix = {} }: Said,
): Finding {
  const [first] = at
  return {
    rule: rule.id,
    severity,
    ...(rule.principle === undefined ? {} : { principle: rule.principle }),
    message,
    lines: evidence(definition, at),
    ...(first ? { range: first } : {}),
    ...fix,
  }
}

const linesOfDefinition = new WeakMap<DefinitionContent, Lines>()

/** The line starts of a definition, counted once however many findings it has. */
export function linesOf(definition: DefinitionContent): Lines {
  const known = linesOfDefinition.get(definition)
  if (known) return known
  const lines = new Lines(definition.text)
  linesOfDefinition.set(definition, lines)
  return lines
}

/** The first lines of the ranges, at most three, with the ranges marked; in the order of the file. */
export function evidence(
  definition: DefinitionContent,
  ranges: readonly TextRange[],
): EvidenceLine[] {
  const found = new Map<number, EvidenceLine>()
  for (const range of ranges.slice(0, MAX_RANGES)) {
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
  const lines = linesOf(definition)
  const start = lines.startOf(line)
  const content = lines.contentOf(line)
  const at = word === '' ? -1 : content.indexOf(word)
  return at < 0
    ? lines.range(start, start + content.length)
    : lines.range(start + at, start + at + word.length)
}

/** The same for what a claim says; the whole line where its words are written otherwise. */
export function claimRange(
  definition: DefinitionContent,
  claim: { text: string; line: number },
): TextRange {
  return lineRange(definition, claim.line, claim.text)
}

/** The place of a field, of its key where it has no value; nothing where it is absent. */
export function fieldRange(definition: DefinitionContent, key: string): TextRange[] {
  const field = definition.fields.find((each) => each.key === key)
  return field ? [field.range.end > field.range.start ? field.range : field.keyRange] : []
}

/** A fix that replaces one range, where the bytes can be edited at all. */
export function spliceFix(
  definition: DefinitionContent,
  label: string,
  edit: Splice,
): { fix?: FindingFix } {
  return definition.encoding === 'utf-8' && !edit.text.includes('\u0000')
    ? { fix: { label, edit } }
    : {}
}

const fronts = new WeakMap<DefinitionContent, DefinitionContent>()

/**
 * The same definition without its body, to try an edit of a field on: offsets are the same, and an
 * edit that is checked by reading the result again costs the header and not the whole file.
 */
function front(definition: DefinitionContent): DefinitionContent {
  if (definition.frontmatter === null) return definition
  const known = fronts.get(definition)
  if (known) return known
  const { text, body, path, format } = definition
  const bytes = new TextEncoder().encode(text.slice(0, body.range.start))
  const short = readDefinition(bytes, path === null ? {} : { path })
  const same = short.format === format && short.fields.length === definition.fields.length
  fronts.set(definition, same ? short : definition)
  return same ? short : definition
}

/** A fix from an edit of a field; it is made and checked, and nothing comes of one that is refused. */
export function fieldFix(
  definition: DefinitionContent,
  label: string,
  edit: (header: DefinitionContent) => EditResult,
): { fix?: FindingFix } {
  const header = front(definition)
  return fixFrom(header, label, edit(header))
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

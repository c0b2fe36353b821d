import { encodeText } from './decode'
import { lineBreak } from './lines'
import type { DefinitionContent, EditResult, Field, JsonValue, Splice } from './model'
import { plainText, sameJson } from './plain'
import { readDefinition } from './read'
import { applySplice } from './splice'

/**
 * What all edits share: a splice is tried, the result is parsed again, and only what turned out as
 * wanted is handed on.
 */

const NOT_UTF8 = 'The bytes are not UTF-8. Convert the file first; nothing was changed.'
const MOVED = 'The edit would change something else too, so nothing was changed. Edit the text.'
const UNWRITABLE =
  'The text holds a character that no file can keep (NUL, or half of a character). Take it out.'

export type Edited = { ok: true; after: DefinitionContent } | { ok: false; reason: string }

export function firstThat(
  definition: DefinitionContent,
  splices: readonly Splice[],
  holds: (after: DefinitionContent) => boolean,
): EditResult {
  return finished(tried(definition, splices, holds))
}

export function finished(edited: Edited): EditResult {
  return edited.ok ? { ok: true, bytes: encodeText(edited.after.text, 'utf-8') } : edited
}

/** Tries splices in order; the first whose result parses to what was wanted wins. */
export function tried(
  definition: DefinitionContent,
  splices: readonly Splice[],
  holds: (after: DefinitionContent) => boolean,
): Edited {
  if (definition.encoding !== 'utf-8') return { ok: false, reason: NOT_UTF8 }
  if (splices.some(({ text }) => !isWritable(text))) return { ok: false, reason: UNWRITABLE }
  for (const splice of splices) {
    const text = applySplice(definition.text, splice)
    const after = reread(definition, encodeText(text, 'utf-8'))
    if (after.text === text && holds(after)) return { ok: true, after }
  }
  return { ok: false, reason: MOVED }
}

function reread(definition: DefinitionContent, bytes: Uint8Array): DefinitionContent {
  return readDefinition(bytes, definition.path === null ? {} : { path: definition.path })
}

/** False for what a store or a file cannot keep; escaping it would only hide it. */
function isWritable(value: JsonValue): boolean {
  if (typeof value === 'string') return plainText(value) === value
  if (Array.isArray(value)) return value.every(isWritable)
  return value === null || typeof value !== 'object' || Object.values(value).every(isWritable)
}

/** The refusal of a value that cannot be written as it is; null for every other value. */
export function unwritable(value: JsonValue): { ok: false; reason: string } | null {
  return isWritable(value) ? null : { ok: false, reason: UNWRITABLE }
}

/** Every other field equal and in order, the body untouched. */
export function keepsOthers(
  before: DefinitionContent,
  after: DefinitionContent,
  key: string,
): boolean {
  const others = (definition: DefinitionContent) =>
    definition.fields.filter((field) => field.key !== key)
  const broken = before.frontmatter?.valid === false
  const same = broken
    ? others(before).every((field) => hasValue(after, field.key, field.value))
    : sameJson(pairs(others(before)), pairs(others(after)))
  return same && bodyOf(before) === bodyOf(after)
}

export function sameFields(before: DefinitionContent, after: DefinitionContent): boolean {
  return sameJson(pairs(before.fields), pairs(after.fields))
}

function pairs(fields: readonly Field[]): [string, JsonValue][] {
  return fields.map((field) => [field.key, field.value])
}

export function hasValue(after: DefinitionContent, key: string, value: JsonValue): boolean {
  const field = after.fields.find((each) => each.key === key)
  if (!field) return false
  // What is recovered from YAML that does not parse has no type but text.
  return sameJson(
    field.value,
    field.style === 'recovered' && !Array.isArray(value) ? String(value) : value,
  )
}

function bodyOf(definition: DefinitionContent): string {
  const { start, end } = definition.body.range
  return definition.frontmatter === null ? '' : definition.text.slice(start, end)
}

export function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}

/** Just behind the line ending of the line that holds `at`. */
export function lineEnd(text: string, at: number): number {
  const ending = /\r\n|\n|\r/g
  ending.lastIndex = at
  const found = ending.exec(text)
  return found ? found.index + found[0].length : text.length
}

/** The line ending to write at a place: that of the line above it where a file mixes them. */
export function breakAt({ text, eol }: DefinitionContent, at: number): string {
  if (eol !== 'mixed') return lineBreak(eol)
  return (
    /(?:\r\n|\n|\r)$/.exec(text.slice(lineStart(text, at) - 2, lineStart(text, at)))?.[0] ?? '\n'
  )
}

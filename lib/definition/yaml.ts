import type { Document, Pair, Scalar } from 'yaml'
import { Composer, isAlias, isMap, isPair, isScalar, isSeq, Parser } from 'yaml'
import type { Diagnostic, DiagnosticCode, Field, FieldStyle, JsonValue, TextRange } from './model'
import { plainText } from './plain'
import { prescan } from './yaml-prescan'

/** One entry of a list or map value, with its place: what tools are read from and spliced by. */
export type FieldItem = { key: string | null; value: JsonValue; range: TextRange }
export type RawField = Field & { items: FieldItem[] }
export type FieldBlock = { valid: boolean; fields: RawField[]; diagnostics: Diagnostic[] }

type YamlDocument = Document.Parsed
type RangeOf = (start: number, end: number) => TextRange
/** One mistake makes a parser stumble many times; the first ones say what it is. */
const MAX_DIAGNOSTICS = 5

/**
 * Parses a YAML 1.2 mapping (library `yaml`, strict, unique keys, no aliases) after a pre-scan that
 * bounds bytes, depth and keys, so that no input can exhaust time or memory. Never throws: what is
 * wrong becomes diagnostics and `valid: false` without fields. `at` maps offsets of `source`.
 */
export function parseYamlBlock(
  source: string,
  at: RangeOf,
  options: { asJson?: boolean; maxKeys?: number } = {},
): FieldBlock {
  try {
    return parseChecked(source, at, options)
  } catch (error) {
    if (error instanceof ForbiddenKey) {
      return refused('yaml-forbidden-key', 'A field may not be called __proto__.', at(0, 0))
    }
    const reason = error instanceof Error ? error.message : 'unknown reason'
    return refused('yaml-invalid', `The YAML parser gave up: ${plainText(reason)}.`, at(0, 0))
  }
}

function parseChecked(
  source: string,
  at: RangeOf,
  { asJson = false, maxKeys }: { asJson?: boolean; maxKeys?: number },
): FieldBlock {
  const tokens = [...new Parser().parse(source)]
  const problem = prescan(source, tokens, maxKeys)
  if (problem !== null) {
    return refused(problem.code, problem.message, at(problem.start, problem.end))
  }
  const composer = new Composer<YamlDocument['contents'] & {}>({
    version: '1.2',
    strict: true,
    uniqueKeys: true,
    keepSourceTokens: true,
    prettyErrors: false,
  })
  const documents = [...composer.compose(tokens, true, source.length)] as YamlDocument[]
  const [document] = documents
  if (!document) return refused('frontmatter-only-comments', ONLY_COMMENTS, at(0, 0))
  const diagnostics = documents.flatMap((each) => each.errors).map((error) => yamlError(error, at))
  if (documents.length > 1) {
    diagnostics.push({
      code: 'yaml-invalid',
      message: 'The block holds more than one YAML document.',
      range: null,
    })
  }
  if (diagnostics.length > 0) {
    return { valid: false, fields: [], diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS) }
  }
  return readMap(document, source, { at, asJson })
}

const ONLY_COMMENTS = 'The frontmatter holds no fields, only blanks or comments.'

function readMap(
  document: YamlDocument,
  source: string,
  { at, asJson }: { at: RangeOf; asJson: boolean },
): FieldBlock {
  const { contents } = document
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return refused('frontmatter-only-comments', ONLY_COMMENTS, at(0, source.length))
  }
  if (!isMap(contents)) {
    return refused(
      'frontmatter-not-a-map',
      'The frontmatter is not a list of fields (key: value).',
      at(0, source.length),
    )
  }
  const fields = contents.items.map((pair) => readField(pair as Pair, source, { at, asJson }))
  return { valid: true, fields, diagnostics: [] }
}

function readField(
  pair: Pair,
  source: string,
  { at, asJson }: { at: RangeOf; asJson: boolean },
): RawField {
  const [keyStart, keyEnd] = rangeOf(pair.key) ?? [0, 0]
  const [start, end] = rangeOf(pair.value) ?? [keyEnd, keyEnd]
  // A block value's node range runs through its last line break; the value itself does not.
  const trimmed = asJson ? end : trimEnd(source, start, end)
  return {
    key: keyText(pair.key, source),
    value: toPlain(pair.value, source),
    range: at(start, trimmed),
    keyRange: at(keyStart, keyEnd),
    style: asJson ? 'json' : styleOf(pair.value),
    items: itemsOf(pair.value, source, at),
  }
}

function itemsOf(node: unknown, source: string, at: RangeOf): FieldItem[] {
  if (isSeq(node)) {
    return node.items.map((item) => {
      const [start, end] = rangeOf(item) ?? [0, 0]
      const range = at(start, trimEnd(source, start, end))
      return { key: null, value: toPlain(item, source), range }
    })
  }
  if (!isMap(node)) return []
  return node.items.map((pair) => {
    const [start, keyEnd] = rangeOf(pair.key) ?? [0, 0]
    const [, end] = rangeOf(pair.value) ?? [keyEnd, keyEnd]
    const range = at(start, trimEnd(source, start, Math.max(keyEnd, end)))
    return { key: keyText(pair.key, source), value: toPlain(pair.value, source), range }
  })
}

function trimEnd(source: string, start: number, end: number): number {
  let at = end
  while (at > start && /\s/.test(source[at - 1] ?? '')) at -= 1
  return at
}

function rangeOf(node: unknown): [number, number] | null {
  const range = (node as { range?: [number, number, number] | null } | null)?.range
  return range ? [range[0], range[1]] : null
}

/** The one name that would set an object's prototype instead of a field. */
class ForbiddenKey extends Error {}

function keyText(key: unknown, source: string): string {
  const [start, end] = rangeOf(key) ?? [0, 0]
  const written = isScalar(key) && typeof key.value === 'string'
  const text = plainText(written ? String(key.value) : source.slice(start, end))
  if (text === '__proto__') throw new ForbiddenKey()
  return text
}

/** Nodes as plain JSON. Depth is bounded by the pre-scan; aliases were refused there. */
function toPlain(node: unknown, source: string): JsonValue {
  if (isScalar(node)) return scalarValue(node, source)
  if (isSeq(node)) return node.items.map((item) => toPlain(item, source))
  if (isMap(node)) {
    const object: { [key: string]: JsonValue } = {}
    for (const pair of node.items) object[keyText(pair.key, source)] = toPlain(pair.value, source)
    return object
  }
  if (isPair(node) || isAlias(node)) return null
  return null
}

function scalarValue(scalar: Scalar, source: string): JsonValue {
  const { value } = scalar
  if (typeof value === 'string') return plainText(value)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null
  const [start, end] = rangeOf(scalar) ?? [0, 0]
  return plainText(source.slice(start, end))
}

function styleOf(node: unknown): FieldStyle {
  if (isSeq(node)) return node.flow ? 'flow-seq' : 'block-seq'
  if (isMap(node)) return node.flow ? 'flow-map' : 'block-map'
  if (!isScalar(node)) return 'null'
  switch (node.type) {
    case 'QUOTE_DOUBLE':
      return 'double'
    case 'QUOTE_SINGLE':
      return 'single'
    case 'BLOCK_LITERAL':
      return 'literal'
    case 'BLOCK_FOLDED':
      return 'folded'
    default:
      return node.value === null && node.source === '' ? 'null' : 'plain'
  }
}

function yamlError(
  error: { code: string; message: string; pos: [number, number] },
  at: RangeOf,
): Diagnostic {
  const range = at(error.pos[0], Math.max(error.pos[0], error.pos[1]))
  if (error.code === 'DUPLICATE_KEY') {
    return { code: 'yaml-duplicate-key', message: 'The same field stands here twice.', range }
  }
  return { code: 'yaml-invalid', message: explain(error), range }
}

function explain({ code, message }: { code: string; message: string }): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'The value holds a colon followed by a blank, so YAML reads it as a field of its own. Put the value in quotes.'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'The value goes on in a line that is not indented. Quote it, or write it as a block.'
    case 'BAD_ALIAS':
      return 'A value that begins with * is an alias in YAML. Put it in quotes.'
    default:
      return `Not valid YAML: ${plainText(message)}`
  }
}

function refused(code: DiagnosticCode, message: string, range: TextRange): FieldBlock {
  return { valid: false, fields: [], diagnostics: [{ code, message, range }] }
}

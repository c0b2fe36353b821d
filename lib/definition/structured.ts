import { parse as parseToml, TomlDate } from 'smol-toml'
import { KB, MAX_FRONTMATTER_DEPTH, MAX_FRONTMATTER_KEYS } from '@/lib/core/limits'
import type { Lines } from './lines'
import type { Diagnostic, DiagnosticCode, JsonValue, TextRange } from './model'
import { plainText } from './plain'
import { type FieldBlock, parseYamlBlock, type RawField } from './yaml'

/** A whole file of structured data holds its prompt as a value, so it may be larger than a header. */
const MAX_STRUCTURED_BYTES = 256 * KB

type Bounds = { depth: number; keys: number }

/**
 * Fields of a JSON definition (Kiro, OpenCode). `JSON.parse` decides what is valid; places come
 * from the YAML parser, of which JSON is a subset. Never throws.
 */
export function parseJsonBlock(lines: Lines): FieldBlock {
  const { text } = lines
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const whole = lines.range(start, text.length)
  if (text.length > MAX_STRUCTURED_BYTES) return tooLarge(whole)
  let value: unknown
  try {
    value = JSON.parse(text.slice(start))
  } catch (error) {
    return broken('json-invalid', `Not valid JSON: ${reasonOf(error)}`, whole)
  }
  const problem = outOfBounds(value)
  if (problem !== null) return broken(problem, SENTENCES[problem], whole)
  // Tabs inside JSON strings are illegal, so every tab is white space; YAML refuses it as such.
  const source = text.slice(start).replaceAll('\t', ' ')
  return parseYamlBlock(source, (from, to) => lines.range(start + from, start + to), {
    asJson: true,
  })
}

/** Fields of a Codex definition: TOML 1.0 by `smol-toml`, places from the lines that begin a key. */
export function parseTomlBlock(lines: Lines): FieldBlock {
  const { text } = lines
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const whole = lines.range(start, text.length)
  if (text.length > MAX_STRUCTURED_BYTES) return tooLarge(whole)
  let table: Record<string, unknown>
  try {
    table = parseToml(text.slice(start), { maxDepth: MAX_FRONTMATTER_DEPTH })
  } catch (error) {
    return broken('toml-invalid', `Not valid TOML: ${reasonOf(error)}`, whole)
  }
  const problem = outOfBounds(table)
  if (problem !== null) return broken(problem, SENTENCES[problem], whole)
  const fields = Object.entries(table).map(([key, value]) => tomlField(lines, key, value))
  return { valid: true, fields, diagnostics: [] }
}

function tomlField(lines: Lines, key: string, value: unknown): RawField {
  const { keyRange, range } = tomlPlace(lines, key)
  return { key: plainText(key), value: tomlValue(value), range, keyRange, style: 'toml', items: [] }
}

function tomlPlace(lines: Lines, key: string): { keyRange: TextRange; range: TextRange } {
  const { text } = lines
  const name = escapeRegExp(key)
  const assignment = new RegExp(`^\\ufeff?[ \\t]*(["']?)${name}\\1[ \\t]*=[ \\t]*`, 'm').exec(text)
  const header = new RegExp(`^[ \\t]*\\[\\[?[ \\t]*["']?${name}["']?[\\].]`, 'm').exec(text)
  const found = assignment ?? header
  if (!found) return { keyRange: lines.range(0, 0), range: lines.range(0, text.length) }
  const keyStart = found.index + found[0].indexOf(key)
  const keyRange = lines.range(keyStart, keyStart + key.length)
  const start = assignment ? found.index + found[0].length : found.index
  return { keyRange, range: lines.range(start, tomlEnd(lines, start)) }
}

/** End of a multi-line string, else of the line. */
function tomlEnd(lines: Lines, start: number): number {
  const quotes = lines.text.slice(start, start + 3)
  if (quotes === '"""' || quotes === "'''") {
    const end = lines.text.indexOf(quotes, start + 3)
    if (end >= 0) return end + 3
  }
  const line = lines.lineAt(start)
  return lines.startOf(line) + lines.contentOf(line).trimEnd().length
}

function tomlValue(value: unknown): JsonValue {
  if (typeof value === 'string') return plainText(value)
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint' || value instanceof TomlDate) return String(value)
  if (Array.isArray(value)) return value.map(tomlValue)
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [plainText(k), tomlValue(v)]))
}

/** Same bounds as for YAML; without recursion, because depth is what is being checked. */
function outOfBounds(root: unknown): keyof typeof SENTENCES | null {
  const seen: Bounds = { depth: 0, keys: 0 }
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { value, depth } = node
    if (typeof value !== 'object' || value === null) continue
    if (depth > MAX_FRONTMATTER_DEPTH) return 'frontmatter-too-deep'
    if (!Array.isArray(value)) seen.keys += Object.keys(value).length
    if (seen.keys > MAX_FRONTMATTER_KEYS) return 'frontmatter-too-many-keys'
    if (Object.hasOwn(value, '__proto__')) return 'yaml-forbidden-key'
    for (const child of Object.values(value)) stack.push({ value: child, depth: depth + 1 })
  }
  return null
}

const SENTENCES = {
  'frontmatter-too-deep': `The file is nested deeper than ${MAX_FRONTMATTER_DEPTH} levels.`,
  'frontmatter-too-many-keys': `The file holds more than ${MAX_FRONTMATTER_KEYS} keys.`,
  'yaml-forbidden-key': 'A field may not be called __proto__.',
} as const

function tooLarge(range: TextRange): FieldBlock {
  const message = `The file is larger than ${MAX_STRUCTURED_BYTES / KB} KB, so its fields are not read.`
  return broken('frontmatter-too-large', message, range)
}

function broken(code: DiagnosticCode, message: string, range: TextRange): FieldBlock {
  const diagnostics: Diagnostic[] = [{ code, message, range }]
  return { valid: false, fields: [], diagnostics }
}

function reasonOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : 'unknown reason').split('\n')
  return plainText(line ?? '')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

import { MAX_FRONTMATTER_KEYS } from '@/lib/core/limits'
import type { Lines } from './lines'
import type { FieldStyle, JsonValue, TextRange } from './model'
import { plainText } from './plain'
import type { FieldItem, RawField } from './yaml'

/** Fields that the loading tool documents, and two that many files have. */
const KNOWN_KEYS = new Set([
  'name',
  'description',
  'tools',
  'disallowedTools',
  'model',
  'permissionMode',
  'skills',
  'hooks',
  'memory',
  'background',
  'isolation',
  'effort',
  'maxTurns',
  'initialPrompt',
  'mcpServers',
  'color',
  'version',
  'category',
])
const FIELD = /^([A-Za-z_][\w-]*):[ \t]*(.*)$/
/** An unknown field is one plain word or number; a sentence behind a colon is dialogue. */
const SHORT_FIELD = /^([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*):[ \t]+\S+[ \t]*$/
const SPEAKERS = new Set(['user', 'assistant', 'context', 'commentary', 'example', 'examples'])

/**
 * The key that begins a field in this line of YAML that does not parse; null for a line that goes
 * on with the field before it, such as `user: …` inside a description.
 */
export function fieldStart(content: string): string | null {
  const key = FIELD.exec(content)?.[1]
  if (key !== undefined && KNOWN_KEYS.has(key)) return key
  const short = SHORT_FIELD.exec(content)?.[1]
  return short !== undefined && !SPEAKERS.has(short) ? short : null
}
const STYLE: FieldStyle = 'recovered'

const LISTED = new Set(['tools', 'disallowedTools', 'skills'])

type Found = { key: string; first: number; last: number }

/**
 * Reads fields line by line from the lines `from..to` (1-based, inclusive). Guarantees no
 * throw and no invention: every value is text that stands in the file. For display and one-line
 * edits only; it is never written back. The first of two fields with one name counts.
 */
export function recoverFields(lines: Lines, from: number, to: number): RawField[] {
  const found: Found[] = []
  const keys = new Set<string>()
  let open: Found | null = null
  for (let line = from; line <= to && keys.size < MAX_FRONTMATTER_KEYS; line++) {
    const content = lines.contentOf(line)
    const key = fieldStart(content)
    if (key !== null) {
      open = { key, first: line, last: line }
      if (!keys.has(key)) found.push(open)
      keys.add(key)
    } else if (open !== null && /\S/.test(content)) {
      if (LISTED.has(open.key) && !goesOn(lines, open, content)) open = null
      else open.last = line
    }
  }
  return found.map((each) => recoverField(lines, each))
}

/** A list goes on in lines that begin with a dash, or until its bracket closes. */
function goesOn(lines: Lines, { first, last }: Found, content: string): boolean {
  const rest = FIELD.exec(lines.contentOf(first))?.[2]?.trim() ?? ''
  if (rest === '') return /^\s*-\s/.test(content)
  if (!rest.startsWith('[')) return false
  const before = lines.text.slice(lines.startOf(first), lines.endOf(last))
  return !before.includes(']')
}

function recoverField(lines: Lines, { key, first, last }: Found): RawField {
  const keyStart = lines.startOf(first)
  const line = lines.contentOf(first)
  const rest = FIELD.exec(line)?.[2]?.trimEnd() ?? ''
  const start = keyStart + line.trimEnd().length - rest.length
  const end = lines.startOf(last) + lines.contentOf(last).trimEnd().length
  const range = lines.range(start, Math.max(start, end))
  const { value, items } = recoverValue(lines, range, { key, rest, first, last })
  return {
    key,
    value,
    items,
    range,
    keyRange: lines.range(keyStart, keyStart + key.length),
    style: STYLE,
  }
}

type ValuePlace = Found & { rest: string }

function recoverValue(
  lines: Lines,
  range: TextRange,
  { key, rest, first, last }: ValuePlace,
): { value: JsonValue; items: FieldItem[] } {
  const listed = LISTED.has(key)
  if (listed && rest.startsWith('[')) {
    const items = flowItems(lines, range)
    return { value: items.map((item) => item.value), items }
  }
  if (listed && rest === '' && last > first) {
    const items = dashItems(lines, first + 1, last)
    return { value: items.map((item) => item.value), items }
  }
  return { value: plainText(unquote(joinLines(lines, rest, { first, last }))), items: [] }
}

function joinLines(
  lines: Lines,
  rest: string,
  { first, last }: { first: number; last: number },
): string {
  const parts = /^[>|][+-]?\d?$/.test(rest) ? [] : [rest]
  for (let line = first + 1; line <= last; line++) parts.push(lines.contentOf(line).trim())
  return parts.join('\n').trim()
}

function unquote(text: string): string {
  const quote = text[0]
  const quoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote)
  if (!quoted) return text
  const inside = text.slice(1, -1)
  if (quote === "'") return /(?<!')'(?!')/.test(inside) ? inside : inside.replaceAll("''", "'")
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : inside
  } catch {
    return inside
  }
}

function flowItems(lines: Lines, range: TextRange): FieldItem[] {
  const items: FieldItem[] = []
  const source = lines.text.slice(range.start, range.end)
  for (const match of source.matchAll(/"([^"]*)"|'([^']*)'|[^\s,[\]"']+/g)) {
    const start = range.start + match.index
    const value = plainText(match[1] ?? match[2] ?? match[0])
    items.push({ key: null, value, range: lines.range(start, start + match[0].length) })
  }
  return items
}

function dashItems(lines: Lines, from: number, to: number): FieldItem[] {
  const items: FieldItem[] = []
  for (let line = from; line <= to; line++) {
    const match = /^\s*-\s+(.*\S)\s*$/.exec(lines.contentOf(line))
    if (!match?.[1]) continue
    const start = lines.startOf(line) + match[0].indexOf(match[1])
    const range = lines.range(start, start + match[1].length)
    items.push({ key: null, value: plainText(unquote(match[1])), range })
  }
  return items
}

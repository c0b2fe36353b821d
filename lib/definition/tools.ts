import type { Lines } from './lines'
import type { Diagnostic, JsonValue, ToolEntry, ToolList, ToolsForm } from './model'
import { splitNames } from './names'
import type { RawField } from './yaml'

type Read = { form: ToolsForm; entries: ToolEntry[]; denied: ToolEntry[]; inheritsAll: boolean }

/**
 * Reads `tools` and `disallowedTools` in every form that real files use (formats.md section 5).
 * What cannot be understood counts as "everything": the checker must never take a risk for smaller
 * than it is. An empty list `[]` is the one way to grant nothing.
 */
export function readTools(
  fields: readonly RawField[],
  lines: Lines,
): { tools: ToolList; diagnostics: Diagnostic[] } {
  const field = fields.find((each) => each.key === 'tools')
  const read: Read = field
    ? readToolsField(field, lines)
    : { form: 'absent', entries: [], denied: [], inheritsAll: true }
  const disallowed = fields.find((each) => each.key === 'disallowedTools')
  const denied = disallowed ? [...read.denied, ...entriesOf(disallowed, lines)] : read.denied
  const diagnostics: Diagnostic[] = []
  if (field && read.form === 'invalid') {
    const message =
      '`tools` is neither a list nor a line of names, so nobody can tell what it grants.'
    diagnostics.push({ code: 'tools-invalid', message, range: field.range })
  }
  const names = read.entries.map((entry) => entry.name)
  return { tools: { ...read, names, denied }, diagnostics }
}

function readToolsField(field: RawField, lines: Lines): Read {
  const { value } = field
  const none = { entries: [], denied: [] }
  if (value === true) return { form: 'true', ...none, inheritsAll: true }
  if (value === null) return { form: 'empty', ...none, inheritsAll: true }
  if (Array.isArray(value)) return readList(field, lines)
  if (typeof value === 'string') return readString(field, lines)
  if (typeof value === 'object') return readMap(field)
  return { form: 'invalid', ...none, inheritsAll: true }
}

function readList(field: RawField, lines: Lines): Read {
  if (field.items.length === 0) {
    return { form: 'empty', entries: [], denied: [], inheritsAll: false }
  }
  if (field.items.some((item) => typeof item.value !== 'string')) {
    return { form: 'invalid', entries: entriesOf(field, lines), denied: [], inheritsAll: true }
  }
  const block =
    field.style === 'block-seq' || (field.style === 'recovered' && !isFlow(field, lines))
  return { form: block ? 'block' : 'flow', ...grants(entriesOf(field, lines)), denied: [] }
}

function isFlow(field: RawField, lines: Lines): boolean {
  return lines.text[field.range.start] === '['
}

function readString(field: RawField, lines: Lines): Read {
  const entries = entriesOf(field, lines)
  if (entries.length === 0) return { form: 'empty', entries, denied: [], inheritsAll: true }
  return { form: entries.length === 1 ? 'single' : 'comma', ...grants(entries), denied: [] }
}

/**
 * OpenCode: a map of booleans. What is not named stays switched on unless `"*": false` says
 * otherwise (opencode.ai/docs/agents).
 */
function readMap(field: RawField): Read {
  const named = field.items.filter((item) => item.key !== null && item.key !== '*')
  const entry = (item: (typeof named)[number]): ToolEntry => ({
    name: item.key ?? '',
    range: item.range,
  })
  const off = (value: unknown) => value === false || value === 'deny'
  return {
    form: named.length === 0 && field.items.length === 0 ? 'empty' : 'map',
    entries: named.filter((item) => !off(item.value)).map(entry),
    denied: named.filter((item) => off(item.value)).map(entry),
    inheritsAll: !field.items.some((item) => item.key === '*' && off(item.value)),
  }
}

function grants(entries: ToolEntry[]): { entries: ToolEntry[]; inheritsAll: boolean } {
  return { entries, inheritsAll: entries.some((entry) => entry.name === '*') }
}

/** The names of a list or of a line of names, each with its place. */
function entriesOf(field: RawField, lines: Lines): ToolEntry[] {
  if (field.items.length > 0) {
    return field.items
      .map((item) => ({ name: item.key ?? written(item.value), range: item.range }))
      .filter((entry) => entry.name !== '')
  }
  if (typeof field.value !== 'string') return []
  const source = lines.text.slice(field.range.start, field.range.end)
  let from = 0
  return splitNames(field.value).map(({ name }) => {
    const found = source.indexOf(name, from)
    if (found < 0) return { name, range: field.range }
    from = found + name.length
    const start = field.range.start + found
    return { name, range: lines.range(start, start + name.length) }
  })
}

function written(value: JsonValue): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}

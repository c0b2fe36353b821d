import { parseDocument } from 'yaml'
import type { FieldStyle, JsonValue } from './model'

/** Where a scalar will stand: in a line of its own field, or between the commas of a flow list. */
type ScalarPlace = 'block' | 'flow'

/**
 * Ways to write a value in YAML, best first: the field's own style, then double quotes, which can
 * write every string. Whoever uses one must parse again: a style may not suit the value.
 */
export function scalarForms(value: JsonValue, style: FieldStyle, eol: string): string[] {
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (value === null) return ['null']
  if (typeof value !== 'string') return Array.isArray(value) ? [flowList(value)] : []
  const quoted = JSON.stringify(value)
  const own = ownStyle(value, style, eol)
  return own === null || own === quoted ? [quoted] : [own, quoted]
}

function ownStyle(value: string, style: FieldStyle, eol: string): string | null {
  const oneLine = !/[\n\r]/.test(value)
  switch (style) {
    case 'single':
      return oneLine ? `'${value.replaceAll("'", "''")}'` : null
    case 'double':
      return null
    case 'literal':
      return blockScalar('|', value, eol)
    case 'folded':
      return oneLine ? blockScalar('>', value, eol) : blockScalar('|', value, eol)
    default:
      return isPlain(value, 'block') ? value : null
  }
}

/** A block scalar with two blanks of indent; null when the text needs an indentation mark. */
function blockScalar(mark: '|' | '>', value: string, eol: string): string | null {
  const text = value.endsWith('\n') ? value.slice(0, -1) : value
  if (text === '' || text.endsWith('\n') || /^[ \t\n]/.test(text)) return null
  const chomp = value.endsWith('\n') ? '' : '-'
  const lines = text.split('\n').map((line) => (line === '' ? '' : `  ${line}`))
  return `${mark}${chomp}${eol}${lines.join(eol)}`
}

/** True when the text, written without quotes, reads back as the same string. */
function isPlain(value: string, place: ScalarPlace): boolean {
  if (value === '' || value !== value.trim() || /[\n\r]/.test(value)) return false
  const source = place === 'flow' ? `[${value}]` : `key: ${value}`
  const document = parseDocument(source, { prettyErrors: false, logLevel: 'silent' })
  if (document.errors.length > 0) return false
  try {
    const read: unknown = document.toJS()
    const expected = place === 'flow' ? [value] : { key: value }
    return JSON.stringify(read) === JSON.stringify(expected)
  } catch {
    return false
  }
}

/** One item of a list, in the quotes of its neighbour where they fit. */
export function listItem(name: string, neighbour: string, place: ScalarPlace): string {
  if (neighbour.startsWith("'") && !/[\n\r]/.test(name)) return `'${name.replaceAll("'", "''")}'`
  if (neighbour.startsWith('"')) return JSON.stringify(name)
  return isPlain(name, place) ? name : JSON.stringify(name)
}

function flowList(values: readonly JsonValue[]): string {
  const items = values.map((value) =>
    typeof value === 'string' ? listItem(value, '', 'flow') : JSON.stringify(value),
  )
  return `[${items.join(', ')}]`
}

import { stringify } from 'smol-toml'
import type { JsonValue } from '../model'
import { scalarForms } from '../scalar'
import { isMap } from './agent'

/** A document to write: a note (a comment line) or null, fields in order, the instructions. */
export type Draft = {
  note: string | null
  fields: ReadonlyMap<string, JsonValue>
  instructions: string
  eol: string
}

/** Markdown with YAML frontmatter; the instructions stand below it byte for byte. */
export function markdownText({ note, fields, instructions, eol }: Draft): string {
  const lines = [...fields].map(([key, value]) => yamlField(key, value, eol))
  const header = [...(note === null ? [] : [note]), ...lines].map((line) => line + eol)
  return `---${eol}${header.join('')}---${eol}${instructions.replace(/^\ufeff/, '')}`
}

function yamlField(key: string, value: JsonValue, eol: string): string {
  const name = keyText(key)
  if (isMap(value) && Object.values(value).every((each) => typeof each === 'boolean')) {
    const rows = Object.entries(value).map(([each, on]) => `  ${keyText(each)}: ${on}`)
    return rows.length === 0 ? `${name}: {}` : `${name}:${eol}${rows.join(eol)}`
  }
  const nested = Array.isArray(value) && value.some((each) => typeof each === 'object')
  const [text] = isMap(value) || nested ? [JSON.stringify(value)] : scalarForms(value, 'plain', eol)
  return `${name}: ${text ?? JSON.stringify(value)}`
}

function keyText(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name)
    ? name
    : JSON.stringify(name)
}

/** TOML with the instructions as one long string; tables come last, as TOML wants it. */
export function tomlText({ note, fields, instructions, eol }: Draft): string {
  const plain: string[] = []
  const tables: string[] = []
  for (const [key, value] of fields) {
    if (value === null) continue
    if (key === 'developer_instructions') plain.push(`${key} = ${longString(instructions)}`)
    else if (typeof value === 'string') plain.push(`${tomlKey(key)} = ${tomlString(value)}`)
    else if (isMap(value)) tables.push(stringify({ [key]: withoutNulls(value) }).trimEnd())
    else plain.push(stringify({ [key]: withoutNulls(value) }).trimEnd())
  }
  const lines = [
    ...(note === null ? [] : [note]),
    ...plain,
    ...tables.flatMap((table) => ['', table]),
  ]
  // Line breaks within the long string are content and stay as they are.
  return lines.map((line) => line + eol).join('')
}

function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNulls)
  if (!isMap(value)) return value
  const kept = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutNulls(each)]))
}

function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : tomlString(key)
}

function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f')
}

/** A literal string where nothing needs an escape, else a basic one. */
function longString(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what TOML refuses
  const control = /[\u0000-\u0008\u000b-\u001f\u007f\r]/g
  if (!text.includes("'''") && !text.endsWith("'") && text.search(control) < 0) {
    return `'''\n${text}'''`
  }
  const escaped = text
    .replace(/\\|"""|"+$/g, (found) => (found === '\\' ? '\\\\' : found.replaceAll('"', '\\u0022')))
    .replace(control, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `"""\n${escaped}"""`
}

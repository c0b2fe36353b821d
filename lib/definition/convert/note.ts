import type { DefinitionContent, DefinitionFormat, JsonValue } from '../model'
import { sameJson } from '../plain'
import { isMap } from './agent'

/**
 * What a format cannot say travels in a comment on the first line of the header, which every loader
 * skips: `# chancery-source: {"from":"claude","fields":{"color":{"was":"red"}}}`. `was` is the value
 * before the conversion, `as` what the converted file says instead; a missing one means no field.
 * On the way back `was` returns only where the file still says `as`, so nothing that somebody
 * changed in between is undone. A note is hostile input like everything else in a file.
 */
export type Note = { from: DefinitionFormat; fields: Record<string, Kept> }
type Kept = { was?: JsonValue; as?: JsonValue }

const MARK = '# chancery-source: '
const MAX_KEYS = 200
const MAX_KEY = 200

type Fields = ReadonlyMap<string, JsonValue>

/** The note for converting back: every field that would not come back as it was. */
export function noteOf(from: DefinitionFormat, before: Fields, back: Fields): Note {
  const fields: Note['fields'] = {}
  for (const key of new Set([...before.keys(), ...back.keys()])) {
    const [was, as] = [before.get(key), back.get(key)]
    if (was !== undefined && as !== undefined && sameJson(was, as)) continue
    fields[key] = { ...(was === undefined ? {} : { was }), ...(as === undefined ? {} : { as }) }
  }
  return { from, fields }
}

/** One line; what some readers take for a line break is escaped. */
export function writeNote(note: Note): string {
  const hidden = /[\u007f-\u009f\u2028\u2029\ufeff]/g
  const json = JSON.stringify(note).replace(
    hidden,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return MARK + json
}

/** The note of a definition; null where there is none or it is no note of ours. */
export function readNote({ text, frontmatter, format }: DefinitionContent): Note | null {
  if (frontmatter === null && format !== 'codex-toml') return null
  const start = frontmatter?.contentRange.start ?? 0
  const [line = ''] = text.slice(start).split(/[\n\r]/, 1)
  if (!line.startsWith(MARK)) return null
  try {
    const note: unknown = JSON.parse(line.slice(MARK.length))
    return isNote(note) ? note : null
  } catch {
    return null
  }
}

function isNote(value: unknown): value is Note {
  const note = value as JsonValue
  if (!isMap(note) || typeof note.from !== 'string' || !isMap(note.fields ?? null)) return false
  const entries = Object.entries(note.fields as Record<string, JsonValue>)
  return (
    entries.length <= MAX_KEYS &&
    entries.every(([key, kept]) => key.length <= MAX_KEY && key !== '__proto__' && isMap(kept))
  )
}

type Restored = { key: string; before: JsonValue | undefined; after: JsonValue | undefined }

/** Fields with what a note keeps, and what that changed; `since` are keys that were changed since. */
export function restore(
  fields: Fields,
  note: Note,
): { fields: Map<string, JsonValue>; restored: Restored[]; since: string[] } {
  const all = new Map(fields)
  const restored: Restored[] = []
  const since: string[] = []
  for (const [key, { was, as }] of Object.entries(note.fields)) {
    const now = all.get(key)
    if (JSON.stringify(now) !== JSON.stringify(as)) {
      since.push(key)
      continue
    }
    if (was === undefined) all.delete(key)
    else all.set(key, was)
    restored.push({ key, before: as, after: was })
  }
  return { fields: all, restored, since }
}

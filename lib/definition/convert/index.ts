import { rowsBetween, sideOf } from '../change-rows'
import { encodeText } from '../decode'
import { lineBreak } from '../lines'
import type { DefinitionContent, JsonValue } from '../model'
import { readDefinition } from '../read'
import { claude } from './claude'
import { codex } from './codex'
import { copilot } from './copilot'
import { cursor } from './cursor'
import { isCursorRule } from './cursor-rule'
import { type Draft, markdownText, tomlText } from './document'
import { gemini } from './gemini'
import { KIRO_KEYS, readKiro } from './kiro'
import { reportMissing, shown, sorted, withoutDenied } from './losses'
import type { Agent, Conversion, ConvertTarget, Format, Loss, Report, Written } from './model'
import { type Note, noteOf, readNote, restore, writeNote } from './note'
import { opencode } from './opencode'

export { CONVERT_TARGETS, type Conversion, type ConvertTarget, type Loss } from './model'

const FORMATS: Record<ConvertTarget, Format> = {
  claude,
  copilot,
  opencode,
  'codex-toml': codex,
  gemini,
  cursor,
}
/** Formats that can say whom to deny what. */
const DENY: ReadonlySet<ConvertTarget> = new Set(['claude', 'opencode'])
/** Fields that hold the instructions, which are not fields here. */
const INSTRUCTIONS = new Set(['developer_instructions', 'prompt'])
const silent: Report = () => {}

/**
 * The agent of a definition in another format, with everything that it says differently there, worst
 * first. What the format cannot say stays in a note (see `note.ts`), so that converting back restores
 * it. A conversion, not a round trip: comments and layout of the header are not kept.
 */
export function convertTo(definition: DefinitionContent, target: ConvertTarget): Conversion {
  const reason = refusalOf(definition)
  if (reason !== null) return { ok: false, reason }
  if (definition.format === target && !isCursorRule(definition)) return unchanged(definition)
  const losses: Loss[] = []
  const report: Report = (loss) => losses.push(loss)
  const source = sourceOf(definition)
  const agent = source.read(definition, report)
  const format = FORMATS[target]
  reportMissing(agent, format, report)
  const able = DENY.has(target) ? agent : withoutDenied(agent, format, report)
  const written = format.write(able, report)
  const kept = readNote(definition)
  const fields = restored(written, { definition, target, kept, agent: able }, report)
  const draft: Draft = {
    note: null,
    fields,
    instructions: agent.instructions,
    eol: lineBreak(definition.eol),
  }
  reportUnknown(definition, { source, format, target }, report)
  const bare = placed(draft, written, target)
  if (bare === null)
    return { ok: false, reason: `The result would not read as an agent in ${format.label}.` }
  const noted =
    source.back === null
      ? null
      : placed({ ...draft, note: noteFor(definition, source.back, bare) }, written, target)
  if (source.back !== null && noted === null) {
    report({
      field: 'note',
      severity: 'lost',
      before: 'a note for the way back',
      after: null,
      sentence:
        'The note for the way back is too large, so converting back will not restore everything.',
    })
  }
  const { folder, fileName } = written
  return {
    ok: true,
    bytes: encodeText((noted ?? bare).text, 'utf-8'),
    folder,
    fileName,
    losses: sorted(losses),
  }
}

function refusalOf({ encoding, format, diagnostics }: DefinitionContent): string | null {
  if (encoding !== 'utf-8') return 'The bytes are not UTF-8. Convert the text first.'
  if (format === 'opencode-json') return 'The file holds a configuration with many agents, not one.'
  const broken = diagnostics.find(
    ({ code }) => code === 'too-large' || code === 'json-invalid' || code === 'toml-invalid',
  )
  return broken ? broken.message.replace(/\.?$/, '.') : null
}

function unchanged({ text, path }: DefinitionContent): Conversion {
  const parts = (path ?? 'agent.md').split(/[\\/]/)
  const fileName = parts.pop() ?? 'agent.md'
  return {
    ok: true,
    bytes: encodeText(text, 'utf-8'),
    folder: parts.join('/'),
    fileName,
    losses: [],
  }
}

/** `back`: the format in which it can be written again; null for what is read only. */
type Source = Pick<Format, 'label' | 'keys' | 'read'> & { back: ConvertTarget | null }

function sourceOf(definition: DefinitionContent): Source {
  const { format } = definition
  if (format === 'kiro') return { label: 'Kiro', keys: KIRO_KEYS, read: readKiro, back: null }
  const known = format === 'unknown' || format === 'opencode-json' ? 'claude' : format
  // Values that were recovered line by line are no values to come back to.
  const sound = definition.frontmatter?.valid !== false && !isCursorRule(definition)
  return { ...FORMATS[known], back: sound ? known : null }
}

type Placed = { text: string; definition: DefinitionContent }

/** The document, read again; null where it does not say what it was written to say. */
function placed(draft: Draft, { folder, fileName }: Written, target: ConvertTarget): Placed | null {
  const text = target === 'codex-toml' ? tomlText(draft) : markdownText(draft)
  const definition = readDefinition(encodeText(text, 'utf-8'), { path: `${folder}/${fileName}` })
  const sound =
    target === 'codex-toml' ? definition.fields.length > 0 : definition.frontmatter?.valid === true
  if (definition.format !== target || !sound) return null
  const said = FORMATS[target].read(definition, silent)
  const same =
    said.instructions === draft.instructions &&
    said.description === (draft.fields.get('description') ?? null)
  return same ? { text, definition } : null
}

function fieldsOf(definition: DefinitionContent): Map<string, JsonValue> {
  const fields = definition.fields.filter(({ key }) => !INSTRUCTIONS.has(key))
  return new Map(fields.map(({ key, value }) => [key, value]))
}

function said(written: Written): Map<string, JsonValue> {
  return new Map(written.fields.filter(([, value]) => value !== null))
}

function noteFor(
  definition: DefinitionContent,
  from: ConvertTarget,
  { definition: there }: Placed,
): string | null {
  const back = FORMATS[from].write(
    FORMATS[there.format as ConvertTarget].read(there, silent),
    silent,
  )
  const fields = said(back)
  for (const key of INSTRUCTIONS) fields.delete(key)
  const note = noteOf(from, fieldsOf(definition), fields)
  return Object.keys(note.fields).length === 0 ? null : writeNote(note)
}

type Restoring = {
  definition: DefinitionContent
  target: ConvertTarget
  kept: Note | null
  agent: Agent
}

/** The fields with what a note of an earlier conversion from this very format keeps. */
function restored(
  written: Written,
  { definition, target, kept, agent }: Restoring,
  report: Report,
): ReadonlyMap<string, JsonValue> {
  const fields = said(written)
  if (kept === null) return fields
  if (kept.from !== target) {
    report({
      field: 'note',
      severity: 'lost',
      before: Object.keys(kept.fields).join(', '),
      after: null,
      sentence: `The file keeps a note for converting back to ${kept.from}; it is left out here.`,
    })
    return fields
  }
  const result = restore(fields, kept)
  const eol = lineBreak(definition.eol)
  const side = (all: ReadonlyMap<string, JsonValue>) =>
    sideOf(
      placed({ note: null, fields: all, instructions: agent.instructions, eol }, written, target)
        ?.definition ?? null,
    )
  const widens = rowsBetween(side(fields), side(result.fields)).some(
    (row) => row.direction === 'widens',
  )
  for (const { key, before, after } of result.restored) {
    report({
      field: key,
      severity: widens && !PLAIN.has(key) ? 'widened' : 'restored',
      before: shown(before),
      after: after === undefined ? null : shown(after),
      sentence: `${key} is again what it was before the file was converted: ${shown(after)}.`,
    })
  }
  for (const key of result.since) {
    report({
      field: key,
      severity: 'lost',
      before: shown(kept.fields[key]?.was),
      after: shown(fields.get(key)),
      sentence: `${key} was changed since the file was converted, so the earlier value does not return.`,
    })
  }
  return result.fields
}

/** Fields that give no power. */
const PLAIN = new Set(['name', 'description', 'color', 'model', 'effort', 'temperature'])

/** Keys that nobody knows there; comments of the header. */
function reportUnknown(
  definition: DefinitionContent,
  { source, format }: { source: Source; format: Format; target: ConvertTarget },
  report: Report,
): void {
  const returns = source.back === null ? '' : ' Converting back restores it.'
  for (const { key, value } of definition.fields) {
    if (
      source.keys.includes(key) ||
      (isCursorRule(definition) && /^(?:globs|alwaysApply)$/.test(key))
    )
      continue
    report({
      field: key,
      severity: 'lost',
      before: shown(value),
      after: null,
      sentence: `${format.label} has no field ${key}.${returns}`,
    })
  }
  const { start, end } = definition.frontmatter?.contentRange ?? { start: 0, end: 0 }
  const comments =
    definition.text.slice(start, end).match(/^[ \t]*#(?! chancery-source: ).*$/gm) ?? []
  if (comments.length > 0) {
    report({
      field: 'comments',
      severity: 'lost',
      before: `${comments.length}`,
      after: null,
      sentence: 'Comments between the fields are left out.',
    })
  }
  if (definition.frontmatter?.valid === false && !isCursorRule(definition)) {
    report({
      field: 'frontmatter',
      severity: 'lost',
      before: 'does not parse',
      after: 'read line by line',
      sentence:
        'The frontmatter does not parse, so only what could be read line by line is converted.',
    })
  }
}

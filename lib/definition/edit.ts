import { encodeText } from './decode'
import { lineBreak } from './lines'
import type { DefinitionContent, EditResult, Field, JsonValue, Section, Splice } from './model'
import { plainText, sameJson } from './plain'
import { readDefinition } from './read'
import { scalarForms } from './scalar'
import { applySplice } from './splice'
import { type Planned, planAddTool, planRemoveTool } from './tool-splices'

const NOT_UTF8 = 'The bytes are not UTF-8. Convert the file first; nothing was changed.'
const MOVED = 'The edit would change something else too, so nothing was changed. Edit the text.'

/**
 * Sets one field to a string, number, boolean, null or list, as a splice in the field's own style;
 * a field that is not there becomes one line before the closing fence. The result is parsed again:
 * the field has the new value and everything else is as it was, or the edit is refused.
 */
export function setField(definition: DefinitionContent, key: string, value: JsonValue): EditResult {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { ok: false, reason: 'A field with fields of its own is edited in the text.' }
  }
  const field = definition.fields.find((each) => each.key === key)
  if (!field) return insertField(definition, key, value)
  if (field.style === 'recovered' && field.range.line !== field.range.endLine) {
    const reason =
      'The frontmatter does not parse and this value spans several lines. Repair it first.'
    return { ok: false, reason }
  }
  const splices = valueForms(definition, field, value).map((text) => ({
    start: field.range.start,
    end: field.range.end,
    text: field.range.start === field.range.end ? ` ${text}` : text,
  }))
  return firstThat(
    definition,
    splices,
    (after) => keepsOthers(definition, after, key) && hasValue(after, key, value),
  )
}

/** Removes a field with its lines; comments on lines of their own stay. Refuses as `setField`. */
export function removeField(definition: DefinitionContent, key: string): EditResult {
  const field = definition.fields.find((each) => each.key === key)
  if (!field) return { ok: false, reason: `There is no field ${key}.` }
  if (definition.frontmatter === null) {
    return { ok: false, reason: 'Fields of this format are removed in the text.' }
  }
  const { text } = definition
  const start = lineStart(text, field.keyRange.start)
  const splice = {
    start,
    end: lineEnd(text, Math.max(field.keyRange.end, field.range.end)),
    text: '',
  }
  return firstThat(
    definition,
    [splice],
    (after) =>
      keepsOthers(definition, after, key) && after.fields.every((each) => each.key !== key),
  )
}

/** Grants a tool in the form that the list already has. Never turns "every tool" into one. */
export function addTool(definition: DefinitionContent, name: string): EditResult {
  if (!isToolName(name))
    return { ok: false, reason: 'A tool is one name without blanks or commas.' }
  const planned = planAddTool(definition, name)
  return finished(editTools(definition, planned, (names) => [...names, name]))
}

/** Takes a tool away, wherever it is named. The last one leaves `[]`, which grants nothing. */
export function removeTool(definition: DefinitionContent, name: string): EditResult {
  return removeTools(definition, [name])
}

/** The same for several tools at once: all of them go, or nothing changes. */
export function removeTools(definition: DefinitionContent, names: readonly string[]): EditResult {
  let edited: Edited = { ok: false, reason: 'No tool was named.' }
  let current = definition
  for (const name of names) {
    do {
      edited = editTools(current, planRemoveTool(current, name), (left) => {
        const at = left.indexOf(name)
        return left.filter((_, index) => index !== at)
      })
      if (!edited.ok) return edited
      current = edited.after
    } while (current.tools.names.includes(name))
  }
  return finished(edited)
}

/**
 * Replaces what a section says (its sub-sections included); the blank lines around it stay. Refused
 * when the new text would end the section early or swallow the next one.
 */
export function replaceSection(
  definition: DefinitionContent,
  section: Section,
  content: string,
): EditResult {
  const known = definition.sections.findIndex((each) => each.range.start === section.range.start)
  const target = definition.sections[known]
  if (!target)
    return { ok: false, reason: 'The section is not there any more. Reload the definition.' }
  const { start, end } = target.contentRange
  const text = sectionText(definition, { start, end }, content)
  return firstThat(definition, [{ start, end, text }], (after) =>
    keepsSections(definition, after, known),
  )
}

function insertField(definition: DefinitionContent, key: string, value: JsonValue): EditResult {
  const { frontmatter } = definition
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return { ok: false, reason: `${key} is no field name.` }
  if (frontmatter === null) {
    return { ok: false, reason: 'There is no frontmatter to put a field into. Add it in the text.' }
  }
  const eol = lineBreak(definition.eol)
  const { contentRange } = frontmatter
  const at = contentRange.end
  const splices = scalarForms(value, 'plain', eol).map((text) => ({
    start: at,
    end: at,
    text: `${key}: ${text}${eol}`,
  }))
  return firstThat(
    definition,
    splices,
    (after) => keepsOthers(definition, after, key) && hasValue(after, key, value),
  )
}

function valueForms(definition: DefinitionContent, field: Field, value: JsonValue): string[] {
  if (field.style === 'json' || field.style === 'toml') return [JSON.stringify(value)]
  const eol = lineBreak(definition.eol)
  if (field.style === 'block-seq' && Array.isArray(value) && value.length > 0) {
    const lead = definition.text.slice(
      lineStart(definition.text, field.range.start),
      field.range.start,
    )
    const items = value.map((each) => scalarForms(each, 'plain', eol)[0] ?? 'null')
    return [items.map((item, index) => `${index === 0 ? '' : lead}- ${item}`).join(eol)]
  }
  return scalarForms(value, field.style, eol)
}

function editTools(
  definition: DefinitionContent,
  planned: Planned,
  expected: (names: string[]) => string[],
): Edited {
  if (!planned.ok) return planned
  const wanted = expected(definition.tools.names)
  const inherits = definition.tools.form === 'map' && definition.tools.inheritsAll
  return tried(
    definition,
    planned.splices,
    (after) =>
      keepsOthers(definition, after, 'tools') &&
      after.tools.inheritsAll === inherits &&
      sameJson([...after.tools.names].sort(), [...wanted].sort()),
  )
}

function isToolName(name: string): boolean {
  return /^\S(?:[^\n\r]*\S)?$/.test(name) && !/[\s,]/.test(name.replace(/\(.*\)$/, ''))
}

type Edited = { ok: true; after: DefinitionContent } | { ok: false; reason: string }

function firstThat(
  definition: DefinitionContent,
  splices: readonly Splice[],
  holds: (after: DefinitionContent) => boolean,
): EditResult {
  return finished(tried(definition, splices, holds))
}

function finished(edited: Edited): EditResult {
  return edited.ok ? { ok: true, bytes: encodeText(edited.after.text, 'utf-8') } : edited
}

/** Tries splices in order; the first whose result parses to what was wanted wins. */
function tried(
  definition: DefinitionContent,
  splices: readonly Splice[],
  holds: (after: DefinitionContent) => boolean,
): Edited {
  if (definition.encoding !== 'utf-8') return { ok: false, reason: NOT_UTF8 }
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

/** Every other field equal and in order, the body untouched. */
function keepsOthers(before: DefinitionContent, after: DefinitionContent, key: string): boolean {
  const others = (definition: DefinitionContent) =>
    definition.fields.filter((field) => field.key !== key)
  const pairs = (fields: readonly Field[]) => fields.map((field) => [field.key, field.value])
  const broken = before.frontmatter?.valid === false
  const same = broken
    ? others(before).every((field) => hasValue(after, field.key, field.value))
    : sameJson(pairs(others(before)), pairs(others(after)))
  return same && bodyOf(before) === bodyOf(after)
}

function hasValue(after: DefinitionContent, key: string, value: JsonValue): boolean {
  const field = after.fields.find((each) => each.key === key)
  if (!field) return false
  const wanted = typeof value === 'string' ? plainText(value) : value
  // What is recovered from YAML that does not parse has no type but text.
  return sameJson(
    field.value,
    field.style === 'recovered' && !Array.isArray(wanted) ? String(wanted) : wanted,
  )
}

function bodyOf(definition: DefinitionContent): string {
  const { start, end } = definition.body.range
  return definition.frontmatter === null ? '' : definition.text.slice(start, end)
}

function keepsSections(
  before: DefinitionContent,
  after: DefinitionContent,
  index: number,
): boolean {
  const target = before.sections[index]
  if (!target) return false
  const title = ({ depth, title }: Section) => [depth, title]
  const tail = before.sections.filter((each) => each.range.start >= target.range.end)
  const head = before.sections.slice(0, index + 1)
  const inner = after.sections.slice(head.length, after.sections.length - tail.length)
  return (
    after.sections.length >= head.length + tail.length &&
    sameJson(head.map(title), after.sections.slice(0, head.length).map(title)) &&
    sameJson(
      tail.map(title),
      after.sections.slice(after.sections.length - tail.length).map(title),
    ) &&
    inner.every((each) => each.depth > target.depth) &&
    sameJson(
      before.fields.map((f) => f.value),
      after.fields.map((f) => f.value),
    )
  )
}

function sectionText(
  definition: DefinitionContent,
  { start, end }: { start: number; end: number },
  content: string,
): string {
  const eol = lineBreak(definition.eol)
  const old = definition.text.slice(start, end)
  const body = content.replace(/\r\n|\r|\n/g, eol).trimEnd()
  const own = body.slice(leadingBlankLines(body))
  const lead = /[\n\r]/.test(definition.text[start - 1] ?? '') ? '' : eol
  const atEnd = end === definition.text.length
  if (old.trim() === '') return own === '' ? old : `${lead}${eol}${own}${eol}${atEnd ? '' : eol}`
  if (own === '') return `${lead}${atEnd ? '' : eol}`
  return lead + old.slice(0, leadingBlankLines(old)) + own + old.slice(old.trimEnd().length)
}

/** Length of the blank lines at the start of a text. */
function leadingBlankLines(text: string): number {
  const blank = text.slice(0, text.length - text.trimStart().length)
  return Math.max(blank.lastIndexOf('\n'), blank.lastIndexOf('\r')) + 1
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}

function lineEnd(text: string, at: number): number {
  const ending = /\r\n|\n|\r/g
  ending.lastIndex = at
  const found = ending.exec(text)
  return found ? found.index + found[0].length : text.length
}

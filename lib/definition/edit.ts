import {
  breakAt,
  type Edited,
  finished,
  firstThat,
  hasValue,
  keepsOthers,
  lineEnd,
  lineStart,
  tried,
  unwritable,
} from './checked'
import type { DefinitionContent, EditResult, Field, JsonValue } from './model'
import { sameJson } from './plain'
import { scalarForms } from './scalar'
import { type Planned, planAddTool, planRemoveTool } from './tool-splices'

const COMMENTED =
  'The value holds comments that would be lost, so nothing was changed. Edit it in the text.'

/**
 * Sets one field to a string, number, boolean, null or list, as a splice in the field's own style;
 * a field that is not there becomes one line before the closing fence. The result is parsed again:
 * the field has the new value and everything else is as it was, or the edit is refused.
 */
export function setField(definition: DefinitionContent, key: string, value: JsonValue): EditResult {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { ok: false, reason: 'A field with fields of its own is edited in the text.' }
  }
  const refusal = unwritable(value)
  if (refusal !== null) return refusal
  const field = definition.fields.find((each) => each.key === key)
  if (!field) return insertField(definition, key, value)
  if (field.style === 'recovered' && field.range.line !== field.range.endLine) {
    const reason =
      'The frontmatter does not parse and this value spans several lines. Repair it first.'
    return { ok: false, reason }
  }
  if (holdsComments(definition, field)) return { ok: false, reason: COMMENTED }
  const splices = valueForms(definition, field, value).map((text) => ({
    ...placeOf(definition, field, text),
    text,
  }))
  return firstThat(
    definition,
    splices.map((splice) => ({
      ...splice,
      text: splice.behindKey ? ` ${splice.text}` : splice.text,
    })),
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

function insertField(definition: DefinitionContent, key: string, value: JsonValue): EditResult {
  const { frontmatter } = definition
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return { ok: false, reason: `${key} is no field name.` }
  if (frontmatter === null) {
    return { ok: false, reason: 'There is no frontmatter to put a field into. Add it in the text.' }
  }
  const at = frontmatter.contentRange.end
  const eol = breakAt(definition, at)
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

/**
 * Where a value goes: over the old one, or directly behind the key where there was none, and where
 * a block below the key becomes one line.
 */
function placeOf({ text }: DefinitionContent, field: Field, value: string) {
  const { start, end } = field.range
  const block = field.style === 'block-seq' || field.style === 'block-map'
  if (block && !value.startsWith('- ')) {
    return { start: text.indexOf(':', field.keyRange.end) + 1, end, behindKey: true }
  }
  return { start, end, behindKey: start === end }
}

/** A list or map over several lines may hold comments; those of a scalar stand outside of it. */
function holdsComments({ text }: DefinitionContent, { style, range, keyRange }: Field): boolean {
  if (!/^(?:flow|block)-(?:seq|map)$/.test(style)) return false
  const source = text.slice(keyRange.end, range.end)
  return /(?:^|\s)#/.test(source.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""'))
}

function valueForms(definition: DefinitionContent, field: Field, value: JsonValue): string[] {
  if (field.style === 'json' || field.style === 'toml') {
    // TOML refuses DEL, which JSON leaves as it is.
    return [JSON.stringify(value).replaceAll('\u007f', '\\u007f')]
  }
  const eol = breakAt(definition, lineEnd(definition.text, field.range.start))
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

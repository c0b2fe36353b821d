import { breakAt, firstThat, lineStart, sameFields } from './checked'
import type { DefinitionContent, EditResult, Section, Splice } from './model'
import { sameJson } from './plain'

const GONE = 'The section is not there any more. Reload the definition.'

/** Beside a section as its sibling, below it as its last child, or at the end (null). */
export type SectionPlace = { before: Section } | { after: Section } | { under: Section } | null

/**
 * Replaces what a section says (its sub-sections included); the blank lines around it stay. Refused
 * when the new text would end the section early or swallow the next one.
 */
export function replaceSection(
  definition: DefinitionContent,
  section: Section,
  content: string,
): EditResult {
  const known = indexOf(definition, section)
  const target = definition.sections[known]
  if (!target) return { ok: false, reason: GONE }
  const { start, end } = target.contentRange
  const text = sectionText(definition, { start, end }, content)
  return firstThat(definition, [{ start, end, text }], (after) =>
    keepsAround(definition, after, { from: known + 1, to: endOfSection(definition, known) }),
  )
}

/**
 * Puts a new section beside or below another one: its level is that of its siblings, blank lines
 * and line endings are those of the file. Refused where the text would not read as one section.
 */
export function insertSection(
  definition: DefinitionContent,
  { title, content }: { title: string; content: string },
  place: SectionPlace,
): EditResult {
  if (title.trim() === '' || /[\n\r]/.test(title)) {
    return { ok: false, reason: 'A heading is one line with words in it.' }
  }
  const spot = spotOf(definition, place)
  if (spot === null) return { ok: false, reason: GONE }
  if (spot.depth > 6) return { ok: false, reason: 'Markdown has six levels of headings only.' }
  const eol = breakAt(definition, spot.at)
  const gap = headingsHaveGap(definition) ? eol : ''
  const words = content.replace(/\r\n|\r|\n/g, eol).trim()
  const heading = `${'#'.repeat(spot.depth)} ${title.trim()}${eol}`
  const block = words === '' ? heading : `${heading}${gap}${words}${eol}`
  return firstThat(definition, [spliceBlock(definition, spot.at, block)], (after) => {
    const added = after.sections[spot.index]
    return (
      added?.depth === spot.depth &&
      added.title !== '' &&
      keepsAround(definition, after, { from: spot.index, to: spot.index }, spot.depth)
    )
  })
}

/**
 * Moves a section with its sub-sections beside another one. Its headings take the level of their
 * new siblings. Every section says afterwards what it said before, or the move is refused.
 */
export function moveSection(
  definition: DefinitionContent,
  section: Section,
  place: { before: Section } | { after: Section },
): EditResult {
  const known = indexOf(definition, section)
  const target = definition.sections[known]
  const spot = spotOf(definition, place)
  if (!target || spot === null) return { ok: false, reason: GONE }
  const past = endOfSection(definition, known)
  const mark = indexOf(definition, 'before' in place ? place.before : place.after)
  if (mark >= known && mark < past) {
    return { ok: false, reason: 'A section cannot be moved into itself.' }
  }
  const inner = definition.sections.slice(known, past)
  const shift = spot.depth - target.depth
  if (inner.some((each) => each.depth + shift > 6)) {
    return { ok: false, reason: 'Markdown has six levels of headings only.' }
  }
  const splice = moveSplice(definition, target, { at: spot.at, shift, inner })
  if (splice === null) return { ok: false, reason: 'Only headings written with # change level.' }
  const rest = [...definition.sections.slice(0, known), ...definition.sections.slice(past)]
  const at = spot.index > known ? spot.index - inner.length : spot.index
  const moved = inner.map((each) => ({ ...each, depth: each.depth + shift }))
  const wanted = [...rest.slice(0, at), ...moved, ...rest.slice(at)]
  return firstThat(
    definition,
    [splice],
    (after) =>
      sameFields(definition, after) &&
      sameJson(wanted.map(outline), after.sections.map(outline)) &&
      sameJson(
        wanted.map((each) => ownText(definition, each)),
        after.sections.map((each) => ownText(after, each)),
      ),
  )
}

function indexOf({ sections }: DefinitionContent, { range }: Section): number {
  return sections.findIndex((each) => each.range.start === range.start)
}

/** Index of the first section behind this one and its sub-sections. */
function endOfSection({ sections }: DefinitionContent, index: number): number {
  const { range } = sections[index] as Section
  const past = sections.findIndex((each) => each.range.start >= range.end)
  return past < 0 ? sections.length : past
}

type Spot = { at: number; index: number; depth: number }

function spotOf(definition: DefinitionContent, place: SectionPlace): Spot | null {
  const { sections, body } = definition
  if (place === null) {
    const tops = sections.filter((each, at) => at > 0 || each.depth > 1)
    const depth = Math.min(...tops.map((each) => each.depth), 6)
    return { at: body.range.end, index: sections.length, depth: tops.length === 0 ? 2 : depth }
  }
  const mark = 'before' in place ? place.before : 'after' in place ? place.after : place.under
  const index = indexOf(definition, mark)
  const known = sections[index]
  if (!known) return null
  if ('before' in place) return { at: known.range.start, index, depth: known.depth }
  const past = endOfSection(definition, index)
  const child = 'under' in place ? sections.slice(index + 1, past)[0]?.depth : known.depth
  return { at: known.range.end, index: past, depth: child ?? known.depth + 1 }
}

/** Most headings of the file are followed by a blank line. */
function headingsHaveGap({ sections, text }: DefinitionContent): boolean {
  const filled = sections.filter(({ empty }) => !empty)
  const gaps = filled.filter(({ contentRange }) =>
    /^[ \t]*[\n\r]/.test(text.slice(contentRange.start, contentRange.end)),
  )
  return gaps.length * 2 >= filled.length
}

/** A block of lines at a place, with one blank line before and behind it; the file's end stays. */
function spliceBlock(definition: DefinitionContent, at: number, block: string): Splice {
  const { text, body } = definition
  const eol = breakAt(definition, at)
  if (at < body.range.end) {
    const before = text.slice(body.range.start, at)
    return { start: at, end: at, text: `${missingBlank(before, eol)}${block}${eol}` }
  }
  const kept = Math.max(body.range.start, text.slice(0, at).trimEnd().length)
  const tail = text.slice(kept, at)
  const lead = kept === body.range.start ? '' : `${eol}${eol}`
  const end = /[\n\r]/.test(tail) ? tail.slice(0, /\r\n|\n|\r/.exec(tail)?.[0].length) : ''
  return { start: kept, end: at, text: `${lead}${block.trimEnd()}${end}` }
}

/** The line endings that lack for a blank line at the end of a text. */
function missingBlank(before: string, eol: string): string {
  if (before.trim() === '' || /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)[ \t]*$/.test(before)) return ''
  return /[\n\r][ \t]*$/.test(before) ? eol : `${eol}${eol}`
}

type Move = { at: number; shift: number; inner: readonly Section[] }

/** One splice over everything between the old place and the new one. */
function moveSplice(
  definition: DefinitionContent,
  target: Section,
  { at, shift, inner }: Move,
): Splice | null {
  const { text, body } = definition
  const { start, end } = target.range
  const source = shifted(definition, inner, { start, end, shift })
  if (source === null) return null
  if (at === start || at === end) return { start, end, text: source }
  const eol = breakAt(definition, start)
  const last = Math.max(at, end) === body.range.end
  const block = source.trimEnd()
  // What is moved to the end of the file, or away from it, leaves the file's own end in place.
  const gap =
    source.length > block.length && end < body.range.end ? source.slice(block.length) : eol + eol
  if (at >= end) {
    const between = text.slice(end, at)
    if (!last) return { start, end: at, text: `${between}${block}${gap}` }
    const tail = between.slice(between.trimEnd().length)
    return { start, end: at, text: `${between.trimEnd()}${eol}${eol}${block}${tail}` }
  }
  const between = text.slice(at, start)
  const head = `${missingBlank(text.slice(body.range.start, at), eol)}${block}${gap}`
  if (!last) return { start: at, end, text: head + between }
  const tail = source.slice(block.length)
  return { start: at, end, text: `${head}${between.trimEnd()}${tail}` }
}

/** The section's text with every heading of it raised or lowered; null where one cannot be. */
function shifted(
  { text }: DefinitionContent,
  inner: readonly Section[],
  { start, end, shift }: { start: number; end: number; shift: number },
): string | null {
  let source = text.slice(start, end)
  if (shift === 0) return source
  for (const each of [...inner].reverse()) {
    const at = lineStart(text, each.range.start) - start
    const marks = /^ {0,3}(#{1,6})(?=[ \t])/.exec(source.slice(Math.max(0, at)))
    if (!marks?.[1]) return null
    const from = Math.max(0, at) + marks[0].length - marks[1].length
    source =
      source.slice(0, from) + '#'.repeat(each.depth + shift) + source.slice(from + marks[1].length)
  }
  return source
}

/**
 * True when everything but the sections `from..to` of `before` still stands in `after`, in order and
 * word for word, and what is there instead lies below the section before it, or is a new section of
 * the level `added` with what lies below that.
 */
function keepsAround(
  before: DefinitionContent,
  after: DefinitionContent,
  { from, to }: { from: number; to: number },
  added?: number,
): boolean {
  const depth = added ?? before.sections[from - 1]?.depth ?? 0
  const behind = before.sections.length - to
  const head = before.sections.slice(0, from)
  const first = added === undefined ? from : from + 1
  const inner = after.sections.slice(first, after.sections.length - behind)
  const tail = after.sections.slice(after.sections.length - behind)
  return (
    after.sections.length >= from + behind &&
    sameJson(head.map(outline), after.sections.slice(0, from).map(outline)) &&
    sameJson(before.sections.slice(to).map(outline), tail.map(outline)) &&
    inner.every((each) => each.depth > depth) &&
    sameFields(before, after)
  )
}

function outline({ depth, title }: Section): [number, string] {
  return [depth, title]
}

/** What a section says before its first sub-section. */
function ownText({ sections, text }: DefinitionContent, section: Section): string {
  const { start, end } = section.contentRange
  const inner = sections.find((each) => each.range.start > section.range.start)
  return text.slice(start, Math.min(end, inner?.range.start ?? end)).trim()
}

function sectionText(
  definition: DefinitionContent,
  { start, end }: { start: number; end: number },
  content: string,
): string {
  const eol = breakAt(definition, start)
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

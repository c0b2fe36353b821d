import { slugify } from '@/lib/core/ids'
import type { Section } from '../model'
import { constitutionOf } from './constitution'
import { type Body, type Leaf, leavesWithin, linesOf, plainTitle, readable } from './leaves'
import type { ClaimedPrinciples, Principle } from './model'

const ABOUT = /\bprinciples\b/
/** "Principle VI - Git approval (CRITICAL): text", "VI. Git approval: text", "Principle 6: …". */
const NUMBERED = /^(?:principle\s+)?([ivxlc]+|\d{1,3})\s*[-–—:.)]\s*(.+)$/i
const WORDED = /^principle\s+([ivxlc]+|\d{1,3})\b\s*[-–—:.)]?\s*(.*)$/i
/** Under a heading of the constitution an entry may have no number: "1. **Library-first**: text". */
const CONSTITUTIONAL = /\bconstitutional principles\b/
const LABELLED =
  /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*(?:\([^()]*\)\s*)?:\s*\S|^\s*(?:\*\*|__)[^*_]+:(?:\*\*|__)\s*\S/
/** "Library-first (Principle I - IMMUTABLE): text": the number stands behind the title. */
const BEHIND = /^(.+?)\s*\(principle\s+([ivxlc]+|\d{1,3})\b[^)]*\)\s*(.*)$/i
const MARKED = /^\s*(?:\*\*|__)/
const BOLD_LABEL = /^\s*(?:\*\*|__)([^*_]+?):?(?:\*\*|__):?\s*$/

/**
 * The principles that a body lists (S38 to S41): in the first section about principles that has
 * entries. Numbers and marks are those of the text; nothing is looked up in a constitution.
 */
export function principlesOf(body: Body): ClaimedPrinciples | null {
  for (const section of body.sections) {
    if (!ABOUT.test(plainTitle(section.title))) continue
    const items = entriesOf(body, section)
    if (items.length === 0) continue
    const owner = innermost(body, section, items)
    const label = constitutionOf({ text: labelIn(owner.title), line: owner.line })
    return {
      label: label.version === null && label.principles === null ? null : label,
      items,
      range: owner.contentRange,
      line: owner.line,
    }
  }
  return null
}

/** The sub-section about principles that holds all entries, if there is one. */
function innermost(body: Body, section: Section, items: readonly Principle[]): Section {
  const inner = body.sections.filter(
    (each) =>
      each.range.start > section.range.start &&
      each.range.end <= section.range.end &&
      ABOUT.test(plainTitle(each.title)) &&
      items.every(({ line }) => line > each.line && line <= each.range.endLine),
  )
  return inner[inner.length - 1] ?? section
}

function labelIn(title: string): string {
  return /\(([^()]*)\)\s*$/.exec(title)?.[1] ?? title
}

function entriesOf(body: Body, section: Section): Principle[] {
  const found: Principle[] = []
  const constitutional = CONSTITUTIONAL.test(plainTitle(section.title))
  let group: string | null = null
  for (const leaf of leavesWithin(body, section.contentRange)) {
    // A line under a list belongs to its last item in CommonMark; a group label may be one.
    for (const [at, line] of linesOf(leaf).entries()) {
      const label = BOLD_LABEL.exec(line.text)?.[1]
      if (label !== undefined && !WORDED.test(label)) {
        group = label
        continue
      }
      if (at > 0 && !MARKED.test(line.text)) continue
      const entry =
        entryOf(leaf, line.text) ?? (constitutional ? labelledEntry(leaf, line.text) : null)
      if (entry) found.push({ ...entry, group, line: body.lines.lineAt(line.start) })
    }
  }
  return found
}

type Entry = Omit<Principle, 'group' | 'line'>

function entryOf(leaf: Leaf, source: string): Entry | null {
  const text = readable(source)
  const behind = BEHIND.exec(text)
  if (behind?.[1] !== undefined && MARKED.test(source)) {
    return made(
      behind[2] ?? null,
      `${behind[1]}: ${(behind[3] ?? '').replace(/^[:\s]+/, '')}`,
      text,
    )
  }
  const worded = WORDED.exec(text)
  if (worded?.[2]) return made(worded[1] ?? null, worded[2], text)
  if (!leaf.inList || !MARKED.test(source)) return null
  const numbered = NUMBERED.exec(text)
  return numbered?.[2] ? made(numbered[1] ?? null, numbered[2], text) : null
}

function labelledEntry(leaf: Leaf, source: string): Entry | null {
  if (!leaf.inList || !LABELLED.test(source)) return null
  const text = readable(source)
  return made(null, text, text)
}

function made(numeral: string | null, rest: string, whole: string): Entry {
  const cut = /^(.*?)(?:\s*\(([^()]*)\))?\s*:\s*(.*)$/.exec(rest)
  const title = (cut?.[1] ?? rest).replace(/\s*\([^()]*\)\s*$/, '').trim()
  return {
    numeral,
    number: numeral === null ? null : numberOf(numeral),
    title,
    slug: slugify(title, ''),
    text: (cut?.[3] ?? '').trim(),
    critical: /\bCRITICAL\b/.test(whole),
  }
}

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 }

function numberOf(numeral: string): number | null {
  if (/^\d+$/.test(numeral)) return Number(numeral)
  const values = [...numeral.toLowerCase()].map((letter) => ROMAN[letter] ?? 0)
  return values.reduce(
    (sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value),
    0,
  )
}

import type { Lines } from '../lines'
import { inlineText, type Tree } from '../markdown'
import type { Section, TextRange } from '../model'
import type { ClaimedList, ClaimedText } from './model'

/** A paragraph, or the paragraph of a list item; code is left out. */
export type Leaf = { text: string; start: number; inList: boolean }
/** A section with what stands in it, its sub-sections included. */
export type Part = { section: Section; leaves: Leaf[] }
/** `marked`: the key stands in bold, italics or a table. */
export type Labelled = { key: string; claim: ClaimedText; start: number; marked: boolean }

/** The body as claims are read from it. */
export type Body = {
  lines: Lines
  sections: readonly Section[]
  leaves: readonly Leaf[]
}

/** Paragraphs in reading order. `offset` is where the body begins in the file. */
export function leavesOf(tree: Tree, text: string, offset: number): Leaf[] {
  const leaves: Leaf[] = []
  let lists = 0
  tree.iterate({
    enter: (node) => {
      if (node.name === 'ListItem') lists += 1
      if (node.name !== 'Paragraph') return
      const paragraph = text.slice(node.from, node.to)
      leaves.push(...itemsOf({ text: paragraph, start: offset + node.from, inList: lists > 0 }))
    },
    leave: (node) => {
      if (node.name === 'ListItem') lists -= 1
    },
  })
  return leaves
}

const ORDINAL = /(\r\n|\n|\r)([ \t]*\d{1,3}[.)][ \t]+)/g

/**
 * A list that counts on from another number cannot interrupt a paragraph in CommonMark, so its lines
 * are part of the paragraph above. Here they are the items that the author wrote.
 */
function itemsOf(leaf: Leaf): Leaf[] {
  const found: Leaf[] = []
  let { inList } = leaf
  let from = 0
  for (const match of leaf.text.matchAll(ORDINAL)) {
    found.push({ text: leaf.text.slice(from, match.index), start: leaf.start + from, inList })
    from = match.index + match[0].length
    inList = true
  }
  found.push({ text: leaf.text.slice(from), start: leaf.start + from, inList })
  return found
}

/** A heading as it is compared: lower case, no numbering, no punctuation or emoji. */
export function plainTitle(title: string): string {
  return title
    .toLowerCase()
    .replace(/^[\d.\s]+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The first section with such a heading; what stands in brackets at its end does not count. */
export function partOf(body: Body, title: RegExp): Part | null {
  const section = body.sections.find(
    (each) =>
      title.test(plainTitle(each.title)) ||
      title.test(plainTitle(each.title.replace(/\s*\([^()]*\)\s*$/, ''))),
  )
  return section ? { section, leaves: leavesWithin(body, section.contentRange) } : null
}

export function leavesWithin({ leaves }: Body, range: TextRange): Leaf[] {
  return leaves.filter((leaf) => leaf.start >= range.start && leaf.start < range.end)
}

/** A leaf as one line of words, with the line it begins on. */
export function textOf(leaf: Leaf, lines: Lines): ClaimedText {
  return { text: readable(leaf.text), line: lines.lineAt(leaf.start) }
}

/** One line of words: no markup, no line breaks, the few entities of everyday text decoded. */
export function readable(source: string): string {
  const words = inlineText(source.replace(/\s+/g, ' ')).replace(/\*\*|__/g, '')
  if (!words.includes('&')) return words.trim()
  return words
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()
}

/** The list items of a section, or its paragraphs where it has no list; null without a section. */
export function listOf(body: Body, title: RegExp): ClaimedList | null {
  const part = partOf(body, title)
  if (part === null) return null
  const { section, leaves } = part
  const chosen = leaves.some((leaf) => leaf.inList) ? leaves.filter((leaf) => leaf.inList) : leaves
  return {
    items: chosen.map((leaf) => textOf(leaf, body.lines)).filter(({ text }) => text !== ''),
    range: section.contentRange,
    line: section.line,
  }
}

type SourceLine = { text: string; start: number }

/** The lines of a leaf with their places, whatever ends them. */
export function linesOf(leaf: Leaf): SourceLine[] {
  const found: SourceLine[] = []
  let at = 0
  for (const text of leaf.text.split(/\r\n|\n|\r/)) {
    found.push({ text, start: leaf.start + at })
    at += text.length
    at += leaf.text.startsWith('\r\n', at) ? 2 : 1
  }
  return found
}

/** `**Key**: value`, also `**Key:** value`, `__Key__: value`, and with its marks escaped. */
const BOLD = /(?:\*\*|__|\\\*\\\*|\\_\\_)([^*\n:|_\\]{1,60}?)\s*:?(?:\*\*|__|\\\*\\\*|\\_\\_)\s*:?/g
const ROW = /^\s*\|\s*([^|]{1,60}?)\s*\|\s*([^|]*?)\s*\|\s*$/
const PLAIN = /^\s*([^:|]{1,60}?)\s*:(?:\s+|$)(.*)$/

/** Every label with its value that stands at the start of a line or, in bold, within it. */
export function labelsOf(leaves: readonly Leaf[], lines: Lines): Labelled[] {
  return leaves.flatMap((leaf) => linesOf(leaf).flatMap((line) => labelsOfLine(line, lines)))
}

function labelsOfLine({ text, start }: SourceLine, lines: Lines): Labelled[] {
  const label = (key: string, value: string, marked = true): Labelled => ({
    key: readable(key).toLowerCase(),
    claim: { text: readable(value), line: lines.lineAt(start) },
    start,
    marked,
  })
  const row = ROW.exec(text)
  if (row?.[1] !== undefined) return [label(row[1], row[2] ?? '')]
  const bold = [...text.matchAll(BOLD)].filter(
    (match) => match[0].endsWith(':') || /:\W*$/.test(match[0]) || match.index === leadOf(text),
  )
  if (bold.length > 0 && bold[0]?.index === leadOf(text)) {
    return bold.map((match, at) => {
      const end = bold[at + 1]?.index ?? text.length
      const value = text.slice(match.index + match[0].length, end)
      return label(match[1] ?? '', value.replace(/\s*[|·•\\]\s*$/, ''))
    })
  }
  const plain = PLAIN.exec(text)
  return plain?.[1] === undefined ? [] : [label(plain[1], plain[2] ?? '', false)]
}

const leadOf = (text: string) => text.length - text.trimStart().length

import { parser, Table } from '@lezer/markdown'
import { plainText } from './plain'

/**
 * The one place that knows the CommonMark parser. Lezer's is used because it is linear where
 * others are not (a body of nested lists takes it milliseconds, not minutes) and runs in the
 * editor too. Inline syntax is left out of the block parse: nothing in it can open a section.
 */
const INLINE = [
  'Escape',
  'Entity',
  'InlineCode',
  'HTMLTag',
  'Emphasis',
  'HardBreak',
  'Link',
  'Image',
  'LinkEnd',
  'Autolink',
]
const blockParser = parser.configure({ remove: [...INLINE, 'LinkReference'] })
const tableParser = parser.configure([{ remove: INLINE }, Table])

export type Tree = ReturnType<typeof parser.parse>
export type MarkdownNode = Tree['topNode']

/** Container markers (`>`, `-`, `1.`) that begin one line, and in the whole body. */
const MAX_MARKERS_PER_LINE = 32
const MAX_MARKERS = 50_000

/** Block structure of a Markdown text; null when it is nested beyond what any person writes. */
export function parseBlocks(text: string): Tree | null {
  return tooNested(text) ? null : blockParser.parse(withLineFeeds(text))
}

/** The same with GFM tables; for one section, never for a whole body. */
export function parseTables(text: string): Tree | null {
  return tooNested(text) ? null : tableParser.parse(withLineFeeds(text))
}

/** Every line break as `\n`, at the same offsets; the parser knows no other. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', ' \n').replaceAll('\r', '\n') : text
}

function tooNested(text: string): boolean {
  let total = 0
  const lineStarts = /(?:^|[\n\r])(?=[ \t]*(?:[>*+-]|\d{1,9}[.)]))/g
  for (let match = lineStarts.exec(text); match !== null; match = lineStarts.exec(text)) {
    const markers = countMarkers(text, match.index + match[0].length)
    total += markers
    if (markers > MAX_MARKERS_PER_LINE || total > MAX_MARKERS) return true
    // An empty match at the very start would be found again and again.
    if (match[0] === '') lineStarts.lastIndex += 1
  }
  return false
}

function countMarkers(text: string, from: number): number {
  const marker = /[ \t]*(?:>|[*+-](?=[ \t\n\r])|\d{1,9}[.)](?=[ \t\n\r]))/y
  marker.lastIndex = from
  let count = 0
  while (count <= MAX_MARKERS_PER_LINE && marker.test(text)) count += 1
  return count
}

const MARKUP = /[*_`[\]\\<&]/
const MARK_NODES = new Set([
  'HeaderMark',
  'EmphasisMark',
  'CodeMark',
  'LinkMark',
  'URL',
  'LinkTitle',
  'HTMLTag',
])

/** One line of inline Markdown as the words that a reader sees. */
export function inlineText(source: string): string {
  if (!MARKUP.test(source)) return plainText(source).trim()
  const hidden: [number, number][] = []
  parser.parse(source).iterate({
    enter: (node) => {
      // `[word]` without an address is no link unless the text defines it; it reads as written.
      if (node.name === 'Link' && node.node.getChild('URL') === null) return false
      if (node.name === 'Escape') hidden.push([node.from, node.from + 1])
      if (!MARK_NODES.has(node.name)) return true
      hidden.push([node.from, node.to])
      return false
    },
  })
  let text = ''
  let at = 0
  for (const [from, to] of hidden) {
    text += source.slice(at, from)
    at = Math.max(at, to)
  }
  return plainText(text + source.slice(at)).trim()
}

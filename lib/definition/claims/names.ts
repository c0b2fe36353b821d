import type { Lines } from '../lines'
import type { ToolEntry } from '../model'
import { baseName, splitNames } from '../names'
import type { Leaf, Part } from './leaves'
import type { ClaimedMcp, ClaimedNames, McpGrant } from './model'

const NAME = /^(?:[A-Za-z][\w-]*|mcp__[\w-]+\*?)$/

/** The tools that a section names; null where it says something else than names. */
export function claimedNames(part: Part | null, lines: Lines): ClaimedNames | null {
  return part === null ? null : namesIn(part, lines, namesOf)
}

/** Grants of MCP servers, and of single tools of one. In lists only names that begin with mcp. */
export function claimedMcp(part: Part | null, lines: Lines): ClaimedMcp | null {
  if (part === null) return null
  const names = namesIn(part, lines, (leaf) => {
    const found = namesOf(leaf)
    return leaf.inList && found?.some(({ name }) => !/^mcp/i.test(name)) ? null : found
  })
  if (names === null) return null
  const grants = names.entries.flatMap(({ name, range }): McpGrant[] => {
    if (!name.startsWith('mcp__')) return []
    const [server = '', ...rest] = name.slice('mcp__'.length).split('__')
    const tool = rest.join('__')
    return [{ name, server, tool: tool === '' || tool === '*' ? null : tool, line: range.line }]
  })
  return { ...names, grants }
}

type NameAt = { name: string; start: number; end: number }

function namesIn(
  { section, leaves }: Part,
  lines: Lines,
  read: (leaf: Leaf) => NameAt[] | null,
): ClaimedNames | null {
  const entries: ToolEntry[] = []
  let understood = false
  for (const leaf of leaves) {
    const names = read(leaf)
    if (names === null) continue
    understood = true
    for (const { name, start, end } of names) {
      entries.push({ name, range: lines.range(leaf.start + start, leaf.start + end) })
    }
  }
  if (!understood) return null
  const names = [...new Set(entries.map((entry) => entry.name))]
  return { names, entries, range: section.contentRange }
}

/**
 * The names that a paragraph or list item lists; null when it is prose. In a list item the names
 * stand before the explanation: `- **Read**: look at sources`.
 */
function namesOf(leaf: Leaf): NameAt[] | null {
  const { text, places } = unescaped(leaf.text)
  const plain = text.replace(/\*\*|`/g, (marks) => ' '.repeat(marks.length))
  const head = leaf.inList ? plain.slice(0, explanationAt(plain)) : plain
  const listed = head.replace(/\band\b/g, ' , ').replace(/\.\s*$/, ' ')
  const pieces = splitNames(listed)
  if (pieces.length === 0 || !pieces.every(({ name }) => NAME.test(baseName(name)))) return null
  // Names are separated by commas; several words between two commas are a phrase.
  const parts = listed.replace(/\([^()]*\)/g, '').split(',')
  if (parts.some((part) => /\S\s+\S/.test(part.trim()))) return null
  const [only] = pieces
  const word = pieces.length === 1 ? only?.name.toLowerCase() : undefined
  if (word === 'none') return []
  if (word === 'all') return null
  return pieces.map(({ name, start }) => {
    const from = places[start] ?? start
    return { name, start: from, end: (places[start + name.length - 1] ?? from) + 1 }
  })
}

/** A formatter writes `mcp\_\_bank` and `Bash(git:\*)`: without the backslashes, with the places. */
function unescaped(source: string): { text: string; places: number[] } {
  const places: number[] = []
  let text = ''
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '\\' && /[_*]/.test(source[at + 1] ?? '')) continue
    text += source[at]
    places.push(at)
  }
  return { text, places }
}

/** Where the names of a list item end: at a colon or dash outside parentheses. */
function explanationAt(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth = Math.max(0, depth - 1)
    if (depth === 0 && /^(?::(?=\s|$)|\s[-–—(]\s?)/.test(text.slice(at, at + 3))) return at
  }
  return text.length
}

import type { Lines } from '../lines'
import { inlineText, type MarkdownNode, parseTables, type Tree } from '../markdown'
import type { Section, TextRange, ToolEntry } from '../model'
import { baseName, splitNames } from '../names'
import {
  type ClaimedConstitution,
  type ClaimedMcp,
  type ClaimedNames,
  type ClaimedText,
  type Claims,
  type HistoryRow,
  NO_CLAIMS,
} from './model'

/** Words without which a body makes no claim: 98 % of files are done after this one test. */
const ANY_CLAIM =
  /\*\*(?:department|role type|interaction level|constitution|review schedule|(?:agent )?version|created|last (?:modified|updated))\b|^ {0,3}#+.*\b(?:tools|mcp|restricted operations|history|change ?log)\b/im
const AUTHORISED = /^(?:authori[sz]ed|allowed|permitted) tools$/
const MCP = /^mcp (?:server )?access$/
const RESTRICTED = /^restricted operations$/
const HISTORY = /^(?:(?:update|change|version|revision) (?:history|log)|change ?log)$/

type Leaf = { text: string; start: number; inList: boolean }

/**
 * Reads what a definition claims about its own governance. Claims are never trusted and never
 * completed: what is absent stays null. `tree` is the body's block tree, `body` its place.
 */
export function readClaims(
  lines: Lines,
  body: TextRange,
  { tree, sections }: { tree: Tree | null; sections: readonly Section[] },
): Claims {
  const text = lines.text.slice(body.start, body.end)
  if (tree === null || !ANY_CLAIM.test(text)) return NO_CLAIMS
  const leaves = leavesOf(tree, text, body.start)
  const labels = labelled(leaves, lines)
  const first = (key: string) => labels.find((each) => each.key === key)?.claim ?? null
  const last = (...keys: string[]) =>
    labels.findLast((each) => keys.includes(each.key))?.claim ?? null
  const within = (title: RegExp) => {
    const section = sections.find((each) => title.test(plainTitle(each.title)))
    return section ? { section, leaves: leavesWithin(leaves, section.contentRange) } : null
  }
  const footer = {
    version: last('agent version', 'version'),
    created: last('created'),
    lastModified: last('last modified', 'last updated'),
  }
  const history = within(HISTORY)
  return {
    ...NO_CLAIMS,
    department: first('department'),
    roleType: first('role type'),
    interactionLevel: first('interaction level'),
    authorisedTools: claimedNames(within(AUTHORISED), lines),
    mcpAccess: mcpClaim(claimedNames(within(MCP), lines)),
    restrictedOperations: restrictions(within(RESTRICTED), lines),
    historyRows: history ? historyRows(lines, history.section.contentRange) : [],
    constitutionLabel: constitutionClaim(last('constitution')),
    reviewSchedule: last('review schedule'),
    footer: Object.values(footer).some((claim) => claim !== null) ? footer : null,
  }
}

/** A heading as it is compared: lower case, no numbering, no punctuation or emoji. */
export function plainTitle(title: string): string {
  return title
    .toLowerCase()
    .replace(/^[\d.\s]+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Paragraphs in reading order, code left out. */
function leavesOf(tree: Tree, text: string, offset: number): Leaf[] {
  const leaves: Leaf[] = []
  let lists = 0
  tree.iterate({
    enter: (node) => {
      if (node.name === 'ListItem') lists += 1
      if (node.name !== 'Paragraph') return
      const paragraph = text.slice(node.from, node.to)
      leaves.push({ text: paragraph, start: offset + node.from, inList: lists > 0 })
    },
    leave: (node) => {
      if (node.name === 'ListItem') lists -= 1
    },
  })
  return leaves
}

function leavesWithin(leaves: readonly Leaf[], range: TextRange): Leaf[] {
  return leaves.filter((leaf) => leaf.start >= range.start && leaf.start < range.end)
}

type Labelled = { key: string; claim: ClaimedText }
const LABEL = /^[ \t]*\*\*([^*\n:]{1,40}?):?\*\*:?[ \t]*(\S.*?)[ \t]*$/

/** Every line of the form `**Key**: value` that stands in a paragraph. */
function labelled(leaves: readonly Leaf[], lines: Lines): Labelled[] {
  const found: Labelled[] = []
  for (const leaf of leaves) {
    let start = leaf.start
    for (const line of leaf.text.split('\n')) {
      const match = LABEL.exec(line)
      if (match?.[1] && match[2]) {
        const claim = { text: inlineText(match[2]), line: lines.lineAt(start) }
        found.push({ key: match[1].trim().toLowerCase().replace(/\s+/g, ' '), claim })
      }
      start += line.length + 1
    }
  }
  return found
}

type Within = { section: Section; leaves: Leaf[] } | null
const NAME = /^(?:[A-Za-z][\w-]*|mcp__[\w-]+\*?)$/

function claimedNames(within: Within, lines: Lines): ClaimedNames | null {
  if (within === null) return null
  const entries: ToolEntry[] = []
  let understood = false
  for (const leaf of within.leaves) {
    const names = namesOf(leaf)
    if (names === null) continue
    understood = true
    for (const { name, start } of names) {
      const at = leaf.start + start
      entries.push({ name, range: lines.range(at, at + name.length) })
    }
  }
  if (!understood) return null
  const names = [...new Set(entries.map((entry) => entry.name))]
  return { names, entries, range: within.section.contentRange }
}

/**
 * The names that a paragraph or list item lists; null when it is prose. In a list item the names
 * stand before the explanation: `- **Read**: look at sources`.
 */
function namesOf(leaf: Leaf): { name: string; start: number }[] | null {
  const plain = leaf.text.replace(/\*\*|`/g, (marks) => ' '.repeat(marks.length))
  const head = leaf.inList ? plain.slice(0, explanationAt(plain)) : plain
  const pieces = splitNames(head.replace(/\band\b/g, '   ').replace(/\.\s*$/, ' '))
  if (pieces.length === 0 || !pieces.every(({ name }) => NAME.test(baseName(name)))) return null
  const separated = pieces.length === 1 || leaf.text.includes(',') || leaf.inList
  if (!separated || (leaf.inList && pieces.length > 1 && !head.includes(','))) return null
  const [only] = pieces
  const word = pieces.length === 1 ? only?.name.toLowerCase() : undefined
  if (word === 'none') return []
  return word === 'all' ? null : pieces
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

function restrictions(within: Within, lines: Lines): ClaimedText[] {
  if (within === null) return []
  return within.leaves
    .filter((leaf) => leaf.inList)
    .map((leaf) => ({
      text: inlineText(leaf.text.replace(/\s+/g, ' ')),
      line: lines.lineAt(leaf.start),
    }))
}

function historyRows(lines: Lines, range: TextRange): HistoryRow[] {
  const text = lines.text.slice(range.start, range.end)
  const tree = parseTables(text)
  for (let node = tree?.topNode.firstChild ?? null; node !== null; node = node.nextSibling) {
    if (node.name !== 'Table') continue
    const [header, ...rows] = [...node.getChildren('TableHeader'), ...node.getChildren('TableRow')]
    if (!header) continue
    const titles = cellsOf(header, text).map(plainTitle)
    if (!titles.includes('version')) continue
    return rows.map((row) =>
      historyRow(titles, cellsOf(row, text), lines.lineAt(range.start + row.from)),
    )
  }
  return []
}

function historyRow(titles: readonly string[], cells: readonly string[], line: number): HistoryRow {
  const cell = (pattern: RegExp) => cells[titles.findIndex((title) => pattern.test(title))] ?? ''
  return {
    version: cell(/^version$/),
    date: cell(/^date$/),
    change: cell(/^(?:changes?|description|summary)$/),
    approvedBy: cell(/^(?:approved by|approver|approval)$/),
    line,
  }
}

/** Cells by the delimiters: the parser makes no node for an empty cell. */
function cellsOf(row: MarkdownNode, text: string): string[] {
  const bars = row.getChildren('TableDelimiter').map((node) => node.from)
  const cells: string[] = []
  let start = row.from
  for (const bar of [...bars, row.to]) {
    cells.push(text.slice(start, bar))
    start = bar + 1
  }
  if (cells[0]?.trim() === '') cells.shift()
  if (cells[cells.length - 1]?.trim() === '') cells.pop()
  return cells.map((cell) => inlineText(cell.trim()))
}

function mcpClaim(names: ClaimedNames | null): ClaimedMcp | null {
  if (names === null) return null
  const grants = names.entries
    .filter((entry) => entry.name.startsWith('mcp__'))
    .map(({ name, range }) => {
      const [server = '', ...rest] = name.slice('mcp__'.length).split('__')
      const tool = rest.join('__')
      return { name, server, tool: tool === '' || tool === '*' ? null : tool, line: range.line }
    })
  return { ...names, grants }
}

function constitutionClaim(claim: ClaimedText | null): ClaimedConstitution | null {
  if (claim === null) return null
  const principles = /(\d+)\s+principles/i.exec(claim.text)?.[1]
  return {
    ...claim,
    version: /\bv?(\d+(?:\.\d+){1,2})\b/i.exec(claim.text)?.[1] ?? null,
    principles: principles === undefined ? null : Number(principles),
  }
}

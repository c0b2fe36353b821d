import type { Lines } from '../lines'
import { inlineText, type MarkdownNode, parseTables } from '../markdown'
import type { TextRange } from '../model'
import { plainTitle } from './leaves'
import type { HistoryRow } from './model'

/** One row by its column titles, compared as headings are. */
export type TableRow = { cell: (title: RegExp) => string; line: number }

/** The rows of the first GFM table in `range` that has a column of this title. */
export function tableRows(lines: Lines, range: TextRange, column: RegExp): TableRow[] {
  const source = lines.text.slice(range.start, range.end)
  if (!source.includes('|')) return []
  // The parser takes a line with blanks or a carriage return at its end for no row of a table.
  const text = source.replace(/[ \t]*(?:\r\n|\n|\r)/g, '\n')
  const tree = parseTables(text)
  for (let node = tree?.topNode.firstChild ?? null; node !== null; node = node.nextSibling) {
    if (node.name !== 'Table') continue
    const [header, ...rows] = [...node.getChildren('TableHeader'), ...node.getChildren('TableRow')]
    if (!header) continue
    const titles = cellsOf(header, text).map(plainTitle)
    if (!titles.some((title) => column.test(title))) continue
    return rows.map((row) => {
      const cells = cellsOf(row, text)
      return {
        cell: (pattern) => cells[titles.findIndex((title) => pattern.test(title))] ?? '',
        line: range.line + (text.slice(0, row.from).match(/\n/g)?.length ?? 0),
      }
    })
  }
  return []
}

/** The history that a body claims; never trusted (S79). */
export function historyRows(lines: Lines, range: TextRange): HistoryRow[] {
  return tableRows(lines, range, /^version$/).map(({ cell, line }) => ({
    version: cell(/^version$/),
    date: cell(/^date$/),
    change: cell(/^(?:changes?|description|summary)$/),
    approvedBy: cell(/^(?:approved by|approver|approval)$/),
    line,
  }))
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

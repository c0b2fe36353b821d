import type { ClaimedText, HistoryRow } from '@/lib/definition/model'
import { claimRange, finding, lineRange, shown } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, governedExample } from './make'
import { constitutionPlace, isConstitutional } from './principle-match'

const DATE = /^\d{4}-\d{2}-\d{2}$/
const VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/i

/** A version or a date as numbers that can be compared; null for anything else. */
function versionOf(text: string): number[] | null {
  const match = VERSION.exec(text.trim())
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : null
}

function rises(before: readonly number[], after: readonly number[]): boolean {
  const at = before.findIndex((part, index) => part !== after[index])
  return at >= 0 && (after[at] ?? 0) > (before[at] ?? 0)
}

const table = (...rows: readonly [string, string, string][]) =>
  `## Update History\n\n| Version | Date | Changes | Approved By |\n| --- | --- | --- | --- |\n${rows
    .map(([version, date, change]) => `| ${version} | ${date} | ${change} | Ida Botha |`)
    .join('\n')}`
const FIRST = ['1.0.0', '2026-01-10', 'First berths'] as const
const SECOND = ['1.1.0', '2026-03-02', 'Night shifts'] as const
const footer = (version: string, modified: string) =>
  `\n\n---\n\n**Agent Version**: ${version}\n**Created**: 2026-01-10\n**Last Modified**: ${modified}`

/** Versions rise and days pass, in whatever order the table is written (S80). */
export const historyOrder: Rule = definitionRule({
  id: 'history-order',
  severity: 'error',
  principle: 'documentation',
  title: 'Versions rise and dates do not fall.',
  page: {
    what: 'In the history a later row has a lower version or an earlier date than the row before.',
    why: 'A history out of order was put together afterwards.',
    passes: governedExample({ body: table([...FIRST], [...SECOND]) }),
    fails: governedExample({ body: table([...FIRST], ['1.0.0', '2025-03-02', 'Night shifts']) }),
    fix: 'Put the rows in order and correct their numbers.',
  },
  check: (definition) => {
    const rows = inOrder(definition.claims.historyRows)
    const wrong = rows.flatMap((row, at) => {
      const before = rows[at - 1]
      if (!before) return []
      const [from, to] = [versionOf(before.version), versionOf(row.version)]
      const says: string[] = []
      if (from && to && !rises(from, to))
        says.push(`${before.version} is followed by ${row.version}`)
      const dated = DATE.test(before.date) && DATE.test(row.date)
      if (dated && row.date < before.date) says.push(`${before.date} is followed by ${row.date}`)
      return says.length > 0 ? [{ row, says }] : []
    })
    if (wrong.length === 0) return []
    return [
      finding(historyOrder, definition, {
        message: `The history is out of order: ${shown(wrong.flatMap(({ says }) => says))}.`,
        at: wrong.map(({ row }) => lineRange(definition, row.line, row.version)),
      }),
    ]
  },
})

/** Oldest first; many tables are written newest first. */
function inOrder(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  const [first, last] = [rows[0], rows.at(-1)]
  const down =
    first && last && DATE.test(first.date) && DATE.test(last.date) && first.date > last.date
  return down ? [...rows].reverse() : rows
}

/** What the footer says is what the history says (S84 to S86, drift D6). */
export const historyFooter: Rule = definitionRule({
  id: 'history-footer',
  severity: 'warning',
  principle: 'documentation',
  title: 'The footer agrees with the history.',
  page: {
    what: 'Version, creation or last change in the footer differ from the rows of the history.',
    why: 'One of the two was changed without the other: there is a change without a record, or a record without a change.',
    passes: governedExample({
      body: table([...FIRST], [...SECOND]) + footer('1.1.0', '2026-03-02'),
    }),
    fails: governedExample({ body: table([...FIRST]) + footer('1.1.0', '2026-03-02') }),
    fix: 'Add the missing row, or correct the footer.',
  },
  check: (definition) => {
    const { footer: said, historyRows } = definition.claims
    const rows = inOrder(historyRows)
    const [first, last] = [rows[0], rows.at(-1)]
    if (!said || !first || !last) return []
    const pairs = [
      { what: 'version', claim: said.version, row: last, value: last.version },
      { what: 'creation', claim: said.created, row: first, value: first.date },
      { what: 'last change', claim: said.lastModified, row: last, value: last.date },
    ].filter(({ claim, value }) => differs(claim, value))
    if (pairs.length === 0) return []
    const words = pairs.map(({ what, claim, value }) => `${what} ${claim?.text} against ${value}`)
    return [
      finding(historyFooter, definition, {
        message: `Footer and history disagree: ${shown(words)}.`,
        at: pairs.flatMap(({ claim, row, value }) => [
          ...(claim ? [claimRange(definition, claim)] : []),
          lineRange(definition, row.line, value),
        ]),
      }),
    ]
  },
})

function differs(claim: ClaimedText | null, value: string): boolean {
  if (claim === null || value === '') return false
  const [one, two] = [versionOf(claim.text), versionOf(value)]
  if (one && two) return one.some((part, at) => part !== two[at])
  return DATE.test(claim.text) && DATE.test(value) && claim.text !== value
}

/** A file that cites a constitution keeps a history of itself (S79, drift D18). */
export const historyMissing: Rule = definitionRule({
  id: 'history-missing',
  severity: 'warning',
  principle: 'documentation',
  title: 'A governed file keeps its history.',
  page: {
    what: 'The file rests on a constitution and has no history of its changes.',
    why: 'Outside the console nobody can see when it changed and who agreed.',
    passes: governedExample({ body: `${table([...FIRST])}\n\n**Constitution**: v1.0.0` }),
    fails: governedExample({ body: '**Constitution**: v1.0.0' }),
    fix: 'Add a table with version, date, change and approver.',
  },
  check: (definition) => {
    if (definition.claims.historyRows.length > 0 || !isConstitutional(definition)) return []
    const message = 'It rests on a constitution and keeps no history of its changes.'
    return [finding(historyMissing, definition, { message, at: constitutionPlace(definition) })]
  },
})

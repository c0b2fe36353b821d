import type { FindingSeverity } from '@/lib/constitution/model'
import type { LintFile, LintReport } from './inspect'

/** A name or a message for a terminal: what would move the cursor or hide text becomes visible. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (odd) => `\\u{${(odd.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

export type Counts = Record<FindingSeverity, number>

export function countsOf(report: LintReport): Counts {
  const counts: Counts = { blocking: 0, error: 0, warning: 0, note: 0 }
  for (const { findings } of report.files) for (const one of findings) counts[one.severity] += 1
  return counts
}

/** A report for people: one line a finding, below the file it is about. */
export function textOf(report: LintReport): string {
  const blocks = report.files.filter((file) => file.findings.length > 0).map(fileText)
  const { label, title } = report.rulebook.content
  const unreadable = report.unreadable.map(
    ({ path, reason }) => `${printable(path)}\n  not read  ${printable(reason)}\n`,
  )
  const under = `Under constitution ${printable(label)} (${printable(title)}).`
  return [...blocks, ...unreadable, `${totals(report)} ${under}`].join('\n')
}

function fileText({ path, findings }: LintFile): string {
  const rows = findings.map(({ place, severity, message, rule }) => {
    const at = place ? `${place.line}:${place.column}` : '-'
    return `  ${at.padEnd(8)} ${severity.padEnd(9)} ${printable(message)}  ${rule}`
  })
  return `${printable(path)}\n${rows.join('\n')}\n`
}

const counted = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

function totals(report: LintReport): string {
  const { blocking, error, warning, note } = countsOf(report)
  const files = counted(report.files.length, 'file')
  const unread = report.unreadable.length > 0 ? `, ${report.unreadable.length} not read` : ''
  if (blocking + error + warning + note === 0) return `${files}${unread}, nothing found.`
  return `${files}${unread}: ${blocking} blocking, ${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(note, 'note')}.`
}

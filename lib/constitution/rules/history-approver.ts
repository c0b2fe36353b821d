import { evidence } from '../evidence'
import type { Rule } from '../model'

const PROGRAM =
  /\.(sh|py|js|ts|mjs|rb)\b|\b(script|bot|agent|pipeline|workflow|automation|phase|sprint|release)\b/i

/** A history that names a script or a project phase as approver (S81). Silent without a history. */
export const historyApprover: Rule = {
  id: 'history-approver',
  severity: 'warning',
  principle: 'observability',
  title: 'Who approved is a person.',
  check: (definition, context) => {
    const suspicious = definition.claims.historyRows.filter(
      (row) => PROGRAM.test(row.approvedBy) || context.agentSlugs.includes(row.approvedBy.trim()),
    )
    if (suspicious.length === 0) return []
    const named = [...new Set(suspicious.map((row) => row.approvedBy))].slice(0, 3).join(', ')
    const ranges = suspicious.map((row) => lineRange(definition.text, row.line, row.approvedBy))
    return [
      {
        rule: 'history-approver',
        severity: 'warning',
        principle: 'observability',
        message: `The history names an approver that is not a person: ${named}.`,
        lines: evidence(definition, ranges),
        ...(ranges[0] ? { range: ranges[0] } : {}),
      },
    ]
  },
}

function lineRange(text: string, line: number, word: string) {
  const lines = text.split(/\r\n|\r|\n/)
  let start = 0
  for (let at = 1; at < line; at += 1) {
    start +=
      (lines[at - 1]?.length ?? 0) +
      (text.startsWith('\r\n', start + (lines[at - 1]?.length ?? 0)) ? 2 : 1)
  }
  const offset = Math.max(0, (lines[line - 1] ?? '').indexOf(word))
  return { start: start + offset, end: start + offset + word.length, line, endLine: line }
}

import type { Diagnostic } from '@codemirror/lint'
import type { Finding, FindingSeverity } from '@/lib/constitution/model'
import {
  type Analysis,
  approvalWords,
  isStop,
  wideningLine,
  wideningRows,
  wideningWords,
} from './analysis'
import type { Mark, Note } from './code-notes'
import type { CodeMarks } from './code-view'
import { positionsIn, separatorOf } from './positions'

const LINT: Record<FindingSeverity, Diagnostic['severity']> = {
  blocking: 'error',
  error: 'error',
  warning: 'warning',
  note: 'info',
}

type Hands = {
  /** Applies the fix of a finding; null in a text that may not be edited. */
  fix: ((finding: Finding) => void) | null
  removeTool: ((name: string) => void) | null
  approvers: readonly string[]
}

/** Everything that is drawn on the text: underlines, shapes, and the rows that speak. */
export function marksOf(analysis: Analysis, hands: Hands): CodeMarks {
  return {
    diagnostics: diagnosticsOf(analysis, hands),
    marks: analysis.findings.flatMap((finding) => markOf(finding)),
    notes: [...wideningNote(analysis, hands), ...stopNotes(analysis, hands)],
  }
}

function diagnosticsOf(analysis: Analysis, hands: Hands): Diagnostic[] {
  const { text, eol } = analysis.content
  const position = positionsIn(text, separatorOf(eol))
  return analysis.findings.flatMap((finding): Diagnostic[] => {
    const { range, fix } = finding
    if (!range) return []
    const applied = hands.fix
    return [
      {
        from: position(range.start),
        to: Math.max(position(range.end), position(range.start)),
        severity: LINT[finding.severity],
        source: finding.rule,
        message: finding.message,
        ...(fix && applied
          ? { actions: [{ name: fix.label, apply: () => applied(finding) }] }
          : {}),
      },
    ]
  })
}

function markOf(finding: Finding): Mark[] {
  const line = finding.range?.line ?? finding.lines[0]?.line
  return line === undefined ? [] : [{ line, severity: finding.severity, words: finding.message }]
}

function wideningNote(analysis: Analysis, hands: Hands): Note[] {
  const rows = wideningRows(analysis.change)
  if (rows.length === 0) return []
  const [only] = rows
  const { removeTool } = hands
  const isTool = only && analysis.capabilities.tools.some((tool) => tool.name === only.name)
  return [
    {
      line: wideningLine(analysis.content),
      tone: 'widening',
      title: `Widens: ${wideningWords(rows)}`,
      text: `Needs ${approvalWords(analysis.quorum, hands.approvers).replace(/\.$/, '')}.`,
      actions:
        removeTool && only && isTool && rows.length === 1
          ? [{ label: 'Remove it', run: () => removeTool(only.name) }]
          : [],
    },
  ]
}

/** Below the line that stops a proposal stands why, and its repair. */
function stopNotes(analysis: Analysis, hands: Hands): Note[] {
  return analysis.findings.filter(isStop).flatMap((finding): Note[] => {
    if (!finding.range) return []
    const { fix } = finding
    const apply = hands.fix
    return [
      {
        line: finding.range.endLine,
        tone: 'error',
        title: finding.message,
        text: '',
        code: finding.rule,
        actions: fix && apply ? [{ label: fix.label, run: () => apply(finding) }] : [],
      },
    ]
  })
}

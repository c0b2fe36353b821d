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
import { ruleLink } from './rule-href'
import { type Unconfirmed, unconfirmedIn } from './section-help'

const LINT: Record<FindingSeverity, Diagnostic['severity']> = {
  blocking: 'error',
  error: 'error',
  warning: 'warning',
  note: 'info',
}

export type Hands = {
  /** Applies the fix of a finding; null in a text that may not be edited. */
  fix: ((finding: Finding) => void) | null
  removeTool: ((name: string) => void) | null
  /** Makes a draft count, or takes it away. */
  settle: ((draft: Unconfirmed, how: 'confirm' | 'remove') => void) | null
  approvers: readonly string[]
}

/** Everything that is drawn on the text: underlines, shapes, and the rows that speak. */
export function marksOf(analysis: Analysis, hands: Hands): CodeMarks {
  return {
    diagnostics: diagnosticsOf(analysis, hands),
    marks: analysis.findings.flatMap((finding) => markOf(finding, analysis.excused.get(finding))),
    notes: [
      ...wideningNote(analysis, hands),
      ...stopNotes(analysis, hands),
      ...draftNotes(analysis, hands),
    ],
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
        severity: analysis.excused.has(finding) ? 'hint' : LINT[finding.severity],
        message: finding.message,
        renderMessage: () => messageOf(finding, analysis.excused.get(finding)),
        ...(fix && applied
          ? { actions: [{ name: fix.label, apply: () => applied(finding) }] }
          : {}),
      },
    ]
  })
}

/** The sentence and the rule behind it, as the tooltip shows them. */
function messageOf(finding: Finding, waivedUntil: string | undefined): Node {
  const words = document.createElement('span')
  words.append(waivedWords(finding.message, waivedUntil), ' ')
  words.append(ruleLink(finding.rule, 'cm-diagnosticRule'))
  return words
}

/** "Waived until 2026-12-01: …". */
export function waivedWords(message: string, until: string | undefined): string {
  return until === undefined ? message : `Waived until ${until}: ${message}`
}

function markOf(finding: Finding, waivedUntil: string | undefined): Mark[] {
  const line = finding.range?.line ?? finding.lines[0]?.line
  if (line === undefined) return []
  const words = waivedWords(finding.message, waivedUntil)
  return [{ line, severity: finding.severity, words, waived: waivedUntil !== undefined }]
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
      text:
        hands.approvers.length === 0
          ? approvalWords(analysis.quorum, hands.approvers)
          : `Needs ${approvalWords(analysis.quorum, hands.approvers).replace(/\.$/, '')}.`,
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
    if (!finding.range || analysis.excused.has(finding)) return []
    const { fix } = finding
    const apply = hands.fix
    return [
      {
        line: finding.range.endLine,
        tone: 'error',
        title: finding.message,
        text: '',
        rule: finding.rule,
        actions: fix && apply ? [{ label: fix.label, run: () => apply(finding) }] : [],
      },
    ]
  })
}

/** A draft that nobody confirmed says so where it stands. */
function draftNotes(analysis: Analysis, { settle }: Hands): Note[] {
  return unconfirmedIn(analysis.content.text).map((draft) => ({
    line: draft.endLine,
    tone: 'offer',
    title: 'A draft that nobody confirmed.',
    text: 'It says nothing yet: the section counts as empty until a person takes these words for their own.',
    actions: settle
      ? [
          { label: 'Confirm these words', run: () => settle(draft, 'confirm') },
          { label: 'Remove the draft', run: () => settle(draft, 'remove') },
        ]
      : [],
  }))
}

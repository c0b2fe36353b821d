import type { HistoryRow } from '@/lib/definition/model'
import { evidence, lineRange, shown } from '../evidence'
import type { Rule, RuleContext } from '../model'
import { isGoverned } from './family'
import { definitionRule, example } from './make'

/** Programs, phases and stand-ins: what histories in the wild name instead of a person (D10). */
const NO_PERSON =
  /\.(?:sh|py|js|ts|mjs|rb|ps1)\b|\b(?:script|bot|agent|pipeline|workflow|automat\w*|system|phase|sprint|release|implementation|migration|ci|claude|copilot|chatgpt|gpt|llm|n\/a|tbd|none)\b/i
const MAX_FINDINGS = 20
const history = (approver: string) =>
  `## Update History\n\n| Version | Date | Changes | Approved By |\n| --- | --- | --- | --- |\n| 1.0.0 | 2026-01-10 | First berths | ${approver} |`

/**
 * The imported history names an approver that is no person (S81). Silent without a history: only an
 * approval made here counts anyway, and a name that could be a person's is believed.
 */
export const historyApprover: Rule = definitionRule({
  id: 'history-approver',
  severity: 'error',
  principle: 'observability',
  title: 'Who approved is a person.',
  page: {
    what: 'The history names a script, a project phase or an agent as the one who approved.',
    why: 'A program cannot answer for anything. It is an error where the file lives under a constitution, though it stops nothing: no edit undoes a past.',
    passes: example({ body: history('Ida Botha') }),
    fails: example({ body: history('make-agent.sh') }),
    fix: 'Have the version approved here; the row in the text stays a claim.',
  },
  check: (definition, context) =>
    definition.claims.historyRows
      .filter((row) => isNoPerson(row, context))
      .slice(0, MAX_FINDINGS)
      .map((row) => {
        const range = lineRange(definition, row.line, row.approvedBy)
        return {
          rule: 'history-approver',
          severity: isGoverned(definition) ? ('error' as const) : ('warning' as const),
          principle: 'observability',
          message: `The approver of ${shown([row.version])} is not a person: ${shown([row.approvedBy])}.`,
          lines: evidence(definition, [range]),
          range,
          past: true as const,
        }
      }),
})

function isNoPerson({ approvedBy }: HistoryRow, context: RuleContext): boolean {
  return (
    NO_PERSON.test(approvedBy) ||
    context.constitution.domains.some((each) =>
      each.agents.includes(approvedBy.trim().toLowerCase()),
    )
  )
}

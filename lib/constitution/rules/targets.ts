import { plainTitle } from '@/lib/definition/claims'
import type { DefinitionContent } from '@/lib/definition/model'
import { claimRange, finding, lineRange, shown } from '../evidence'
import type { Rule } from '../model'
import { isGoverned } from './family'
import { definitionRule, governedExample } from './make'
import { constitutionPlace, isConstitutional } from './principle-match'

const MEASURED =
  /\b(?:measured|counted|sampled?|samples|numerator|denominator|source|rated by|self-reported|estimated|telemetry|survey|out of the last|per (?:run|month|week|quarter))\b/i
const metrics = (text: string) => `### Quality Metrics\n\n- ${text}`

/** A number that nobody measures is a wish (S71, drift D19). */
export const targetsUnmeasured: Rule = definitionRule({
  id: 'targets-unmeasured',
  severity: 'warning',
  principle: 'observability',
  title: 'A target says how it is measured.',
  page: {
    what: 'The file states quality targets, and nothing says how they are counted, over which sample, or from which source.',
    why: 'A target without a measurement is always met.',
    passes: governedExample({
      body: metrics(
        'Accuracy target: > 95%, sampled from 50 plans per month by the harbour office',
      ),
    }),
    fails: governedExample({ body: metrics('Accuracy target: > 95%') }),
    fix: 'Say what is counted, over how many cases, and where the figure comes from.',
  },
  check: (definition) => {
    const { qualityTargets } = definition.claims
    if (qualityTargets.length === 0 || !isGoverned(definition)) return []
    const stated = qualityTargets.filter(({ value }) => value !== null)
    if (stated.length === 0 || MEASURED.test(sectionText(definition))) return []
    return [
      finding(targetsUnmeasured, definition, {
        message: `Targets are stated, but no measurement: ${shown(stated.map(({ text }) => text))}.`,
        at: stated.map((target) => lineRange(definition, target.line, target.label)),
      }),
    ]
  },
})

function sectionText({ sections, text }: DefinitionContent): string {
  return sections
    .filter(({ title }) => /^quality (?:metrics|targets)$/.test(plainTitle(title)))
    .map(({ contentRange }) => text.slice(contentRange.start, contentRange.end))
    .join('\n')
}

/** What every record must hold, by the words that name it (S73 to S77). */
const FIELDS = [
  { title: 'time and duration', words: /\btime|duration|when\b/i },
  { title: 'approval', words: /\bapprov|consent/i },
  { title: 'tools', words: /\btools?\b/i },
  { title: 'outcome and errors', words: /\boutcome|\bresult|\berror/i },
  { title: 'compliance', words: /\bcomplian|\bprinciples?\b|\bconstitution/i },
]
const audit = (fields: readonly string[]) =>
  `**Constitution**: v1.0.0\n\n## Audit Requirements\n\nAll operations must log:\n\n${fields.map((field) => `- ${field}`).join('\n')}`
const RECORD = ['Time and duration', 'Approval', 'Tools', 'Outcome and errors', 'Compliance check']

/** A record that leaves out who agreed, or what came of it, proves nothing (S49, S73 to S78). */
export const auditFields: Rule = definitionRule({
  id: 'audit-fields',
  severity: 'warning',
  principle: 'observability',
  title: 'The record of an operation is complete.',
  page: {
    what: 'A file that rests on the constitution does not say what each operation must record, or leaves out one of five fields: time and duration, approval, tools, outcome and errors, compliance.',
    why: 'What is missing in the record cannot be found out afterwards.',
    passes: governedExample({ body: audit(RECORD) }),
    fails: governedExample({ body: audit(RECORD.slice(0, 3)) }),
    fix: 'Add the missing fields.',
  },
  check: (definition) => {
    const { audit: claim } = definition.claims
    if (claim === null) {
      if (!isConstitutional(definition)) return []
      return [
        finding(auditFields, definition, {
          message: 'It does not say what must be recorded.',
          at: constitutionPlace(definition),
        }),
      ]
    }
    if (!isGoverned(definition)) return []
    const missing = FIELDS.filter(({ words }) => !claim.fields.some(({ text }) => words.test(text)))
    if (missing.length === 0) return []
    const at = claim.fields.map((field) => claimRange(definition, field))
    return [
      finding(auditFields, definition, {
        message: `The record of an operation leaves out ${shown(missing.map(({ title }) => title))}.`,
        at: at.length > 0 ? at : [lineRange(definition, claim.line, '')],
      }),
    ]
  },
})

import { finding, lineRange, shown } from '../evidence'
import { FINDING_SEVERITIES, type Rule } from '../model'
import { definitionRule, governedExample } from './make'
import {
  citedConstitution,
  constitutionPlace,
  isConstitutional,
  statedAs,
  weakening,
} from './principle-match'

const LIST = [
  'Library-First Architecture: stands on its own first',
  'Test-First Development: a failing test comes first',
  'Contract-First Design: interfaces before code',
  'Idempotent Operations: repeating is safe',
  'Progressive Enhancement: simple first',
  'Git Operation Approval (CRITICAL): nothing without a yes',
  'Observability: what happened can be read',
  'Documentation: true at all times',
  'Dependencies: declared and pinned',
  'Delegation (CRITICAL): work goes to whom it belongs',
  'Input and Output: checked in, harmless out',
  'Design System: tokens only',
  'Access Control: held where the data is',
  'Model Selection: chosen by need',
]
const listed = (entries: readonly string[]) => {
  const items = entries.map((entry, at) => {
    const [title = '', text = ''] = entry.split(': ')
    return `${at + 1}. **Principle ${at + 1} - ${title}**: ${text}`
  })
  return `## Principles (v1.0.0)\n\n${items.join('\n')}`
}

/** The agent does not state what the constitution that it cites demands (S41, S43 to S55). */
export const principleMissing: Rule = definitionRule({
  id: 'principle-missing',
  severity: 'error',
  principle: 'documentation',
  title: 'Every principle of the constitution is stated.',
  page: {
    what: 'A file that rests on the constitution leaves some of its principles out. They are compared by name, not by number.',
    why: 'An agent knows only what its text tells it. The severity is the one that the constitution gives to the principle.',
    passes: governedExample({ body: listed(LIST) }),
    fails: governedExample({ body: listed(LIST.slice(0, 12)) }),
    fix: 'Add the missing principles in your own words.',
  },
  check: (definition, context) => {
    const { principles } = definition.claims
    if (!isConstitutional(definition)) return []
    const constitution = citedConstitution(definition, context) ?? context.constitution
    const stated = principles?.items ?? []
    const missing = constitution.principles.filter((each) => !statedAs(each, stated))
    const none = missing.length === constitution.principles.length
    const at = constitutionPlace(definition)
    if (none && missing.length > 0) {
      const message = `It rests on constitution ${constitution.label} and states none of its ${missing.length} principles.`
      return [finding(principleMissing, definition, { severity: 'warning', message, at })]
    }
    return FINDING_SEVERITIES.flatMap((severity) => {
      const those = missing.filter((each) => each.severity === severity)
      if (those.length === 0) return []
      const titles = shown(those.map((each) => each.title))
      const message = `It does not state what constitution ${constitution.label} demands: ${titles}.`
      return [finding(principleMissing, definition, { severity, message, at })]
    })
  },
})

/** An entry takes its principle back, or a critical one has lost its mark (S23, S39). */
export const principleWeakened: Rule = definitionRule({
  id: 'principle-weakened',
  severity: 'error',
  principle: 'git-approval',
  title: 'A principle is stated as strongly as it was decided.',
  page: {
    what: 'An entry adds an escape (“unless”, “when possible”), or a critical principle has lost its CRITICAL mark.',
    why: 'Agents may add to the constitution and may be stricter. They may never take from it.',
    passes: governedExample({ body: listed(LIST) }),
    fails: governedExample({
      body: listed(
        LIST.map((entry) => entry.replace('nothing without a yes', 'ask unless it is urgent')),
      ),
    }),
    fix: 'Take the escape out and put the mark back.',
  },
  check: (definition, context) => {
    const { principles } = definition.claims
    if (principles === null || !isConstitutional(definition)) return []
    return context.constitution.principles.flatMap((principle) => {
      const entry = statedAs(principle, principles.items)
      if (!entry) return []
      const strict = principle.critical || principle.group === 'immutable'
      const severity = strict ? ('error' as const) : ('warning' as const)
      const words = weakening(entry.text)
      const lost = principle.critical && !entry.critical
      const messages = [
        ...(words ? [`“${shown([entry.title])}” is weakened by “${shown([words])}”.`] : []),
        ...(lost ? [`“${shown([entry.title])}” has lost its CRITICAL mark.`] : []),
      ]
      return messages.map((message) =>
        finding(principleWeakened, definition, {
          severity,
          message,
          at: [lineRange(definition, entry.line, words ?? '')],
        }),
      )
    })
  },
})

import { finding, lineRange, shown } from '../evidence'
import type { Rule } from '../model'
import { isGoverned } from './family'
import { definitionRule, governedExample } from './make'

const SERIOUS = /\b(?:major|critical|severe|serious|high|urgent|emergency|blocker|violation)\b/i
const levels = (major: string) =>
  `### Escalation Procedures\n\n1. Minor issues: note it and go on\n2. Major issues: ${major}`

/** "Alert the user and wait": whom, how, for how long, and what then? (S68) */
export const escalationIncomplete: Rule = definitionRule({
  id: 'escalation-incomplete',
  severity: 'warning',
  principle: 'observability',
  title: 'Serious trouble reaches a named person in time.',
  page: {
    what: 'A serious level of escalation does not say to whom, by which channel, or within which time.',
    why: 'An agent that waits for nobody in particular waits for ever.',
    passes: governedExample({
      body: levels('notify the harbour master by phone within 10 minutes'),
    }),
    fails: governedExample({ body: levels('Alert user and wait') }),
    fix: 'Name the role, the channel and the time limit.',
  },
  check: (definition) => {
    if (!isGoverned(definition)) return []
    const open = definition.claims.escalation
      .filter(({ level }) => SERIOUS.test(level))
      .map((each) => ({
        ...each,
        lacks: [
          ...(each.recipients.length === 0 ? ['recipient'] : []),
          ...(each.channel === null ? ['channel'] : []),
          ...(each.timeLimit === null ? ['time limit'] : []),
        ],
      }))
      .filter(({ lacks }) => lacks.length > 0)
    if (open.length === 0) return []
    const lacks = [...new Set(open.flatMap((each) => each.lacks))]
    return [
      finding(escalationIncomplete, definition, {
        message: `Escalation of ${shown(open.map(({ level }) => level))} issues lacks ${lacks.join(', ')}.`,
        at: open.map(({ line, action }) => lineRange(definition, line, action)),
      }),
    ]
  },
})

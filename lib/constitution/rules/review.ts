import { addMonths } from '@/lib/core/time'
import { capabilitiesOf, riskOf } from '@/lib/definition/capabilities'
import { lineBreak } from '@/lib/definition/lines'
import type { DefinitionContent } from '@/lib/definition/model'
import { claimRange, finding, linesOf, shown, spliceFix } from '../evidence'
import type { Rule } from '../model'
import { isGoverned } from './family'
import { definitionRule, governedExample } from './make'

/** Months between reviews, by the word that stands at the start of the schedule. */
const EVERY: readonly (readonly [RegExp, number])[] = [
  [/^(?:weekly|every week|fortnightly|every two weeks)\b/i, 0],
  [/^(?:monthly|every month)\b/i, 1],
  [/^(?:bi-?monthly|every (?:two|2) months)\b/i, 2],
  [/^(?:quarterly|every (?:quarter|three months|3 months))\b/i, 3],
  [/^(?:half[- ]yearly|semi-?annual(?:ly)?|bi-?annual(?:ly)?|every (?:six|6) months)\b/i, 6],
  [/^(?:yearly|annual(?:ly)?|every (?:year|twelve months|12 months))\b/i, 12],
]
const monthsOf = (schedule: string) =>
  EVERY.find(([word]) => word.test(schedule.trim()))?.[1] ?? null

const DATE = /\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/
const dateIn = (text: string | undefined) => DATE.exec(text ?? '')?.[0] ?? null
const footer = (...lines: string[]) => `**Last Modified**: 2026-03-31\n${lines.join('\n')}`

/** "Quarterly" is a word; a review has a date (S88, drift D24). */
export const reviewUndated: Rule = definitionRule({
  id: 'review-undated',
  severity: 'warning',
  principle: 'observability',
  title: 'A review that is promised has a date.',
  page: {
    what: 'The file promises reviews at an interval and says neither when the last one was nor when the next one is due.',
    why: 'A review without a date is never overdue.',
    passes: governedExample({
      body: footer('**Review Schedule**: Quarterly', '**Next Review**: 2026-06-30'),
    }),
    fails: governedExample({ body: footer('**Review Schedule**: Quarterly') }),
    fix: 'Add the date of the next review.',
  },
  check: (definition) => {
    const { reviewSchedule, lastReview, nextReview } = definition.claims
    if (!reviewSchedule || lastReview || nextReview || !isGoverned(definition)) return []
    const due = dueOf(definition)
    const line = linesOf(definition).contentOf(reviewSchedule.line)
    const label = /^(\s*(?:[-*+] )?\*\*)[^*]+(\*\*:|:\*\*)/.exec(line)
    const at = linesOf(definition).startOf(reviewSchedule.line) + line.length
    const text = `${lineBreak(definition.eol)}${label?.[1]}Next Review${label?.[2]} ${due}`
    return [
      finding(reviewUndated, definition, {
        message: `Reviews are ${shown([reviewSchedule.text.toLowerCase()])}, without a last or a next date.${due ? ` By its last change one is due on ${due}.` : ''}`,
        at: [claimRange(definition, reviewSchedule)],
        fix: due && label ? spliceFix(definition, `Add ${due}`, { start: at, end: at, text }) : {},
      }),
    ]
  },
})

/** Last change plus interval: nobody has reviewed it yet. */
function dueOf({ claims }: DefinitionContent): string | null {
  const months = monthsOf(claims.reviewSchedule?.text ?? '')
  const from = dateIn(claims.footer?.lastModified?.text) ?? dateIn(claims.historyRows.at(-1)?.date)
  return months && from ? addMonths(from, months) : null
}

/** The interval that the file gives itself is one that its risk allows (S88). */
export const reviewInterval: Rule = definitionRule({
  id: 'review-interval',
  severity: 'warning',
  principle: 'observability',
  title: 'Reviews are as frequent as the risk asks.',
  page: {
    what: 'The interval is longer than the rulebook allows for what the agent may do, is a word that says no interval, or the next date does not follow from the last.',
    why: 'The more an agent may do, the sooner a mistake in it costs something.',
    passes: governedExample({
      body: footer('**Review Schedule**: Quarterly', '**Next Review**: 2026-06-30'),
    }),
    fails: governedExample({
      body: footer('**Review Schedule**: Yearly', '**Next Review**: 2027-03-31'),
    }),
    fix: 'Shorten the interval and correct the date.',
  },
  check: (definition, { constitution }) => {
    const { reviewSchedule, lastReview, nextReview } = definition.claims
    if (!reviewSchedule || !isGoverned(definition)) return []
    const months = monthsOf(reviewSchedule.text)
    const { tier } = riskOf(capabilitiesOf(definition, constitution.tools))
    const most = constitution.reviews.months[tier]
    const said: string[] = []
    if (months === null) said.push(`“${shown([reviewSchedule.text])}” says no interval`)
    else if (months > most) {
      said.push(`${months} months is longer than the ${most} that ${tier} risk allows`)
    }
    const [last, next] = [dateIn(lastReview?.text), dateIn(nextReview?.text)]
    if (months && last && next && addMonths(last, months) !== next) {
      said.push(`the review after ${last} is due on ${addMonths(last, months)}, not ${next}`)
    }
    if (said.length === 0) return []
    return [
      finding(reviewInterval, definition, {
        message: `The review schedule does not hold: ${said.join('; ')}.`,
        at: [claimRange(definition, reviewSchedule)],
      }),
    ]
  },
})

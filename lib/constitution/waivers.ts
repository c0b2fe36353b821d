import { storableText } from '@/lib/core/storable'
import { daysBetween, type LocalDate, localDate } from '@/lib/core/time'
import {
  FINDING_SEVERITIES,
  type Finding,
  type FindingSeverity,
  MAX_WAIVER_DAYS,
  type WaiverState,
} from './model'

/**
 * What a finding is about, whatever line it stands on: its rule, its sentence and the words of its
 * evidence. Moving the text elsewhere keeps it; other words are another finding.
 */
export function findingWords(finding: Pick<Finding, 'rule' | 'message' | 'lines'>): string {
  const words = finding.lines.flatMap(({ text, marks }) =>
    marks.length === 0 ? [text] : marks.map(([from, to]) => text.slice(from, to)),
  )
  // As the database keeps it, because a stored finding and a fresh one must have the same words.
  const kept = words.map((word) => storableText(word).trim().replace(/\s+/g, ' '))
  const message = storableText(finding.message).replace(PLACE, '$1')
  return JSON.stringify([finding.rule, message, ...kept.sort()])
}
/** Sentences that name a place of the file would end a waiver whenever a line is added above. */
const PLACE = /\b(lines?|columns?) \d+(?:(?:, | and |–|-)\d+)*/gi

/** What an approved waiver excuses, and until when. `words` are `findingWords` of what was shown. */
export type Excuse = {
  waiverId: string
  rule: string
  words: string
  severity: FindingSeverity
  endsOn: LocalDate
}

/** Approved, and its last day (in UTC) has not passed. Nothing has to run for it to end. */
export function isInForce(waiver: { state: WaiverState; endsOn: LocalDate }, now: Date): boolean {
  return waiver.state === 'approved' && waiver.endsOn >= localDate(now)
}

const rank = (severity: FindingSeverity) => FINDING_SEVERITIES.indexOf(severity)

/**
 * The waiver in force that covers a finding, or null. What blocks is never covered, and neither is
 * what a newer rulebook counts as worse than what people agreed to.
 */
export function excuseFor(finding: Finding, excuses: readonly Excuse[]): Excuse | null {
  if (excuses.length === 0 || finding.severity === 'blocking') return null
  const words = findingWords(finding)
  return (
    excuses.find((one) => one.words === words && rank(finding.severity) >= rank(one.severity)) ??
    null
  )
}

/** Why nobody can be asked to excuse a finding; null when people can. */
export function whyNotWaivable(finding: Pick<Finding, 'severity' | 'message'>): string | null {
  if (finding.severity === 'blocking') return 'What blocks is never excused. It must be fixed.'
  // A waiver covers what was shown, so something must not hide behind "and 3 more".
  if (/ and \d+ more\b/.test(finding.message)) {
    return 'It names more than can be excused at once. Fix some of it first.'
  }
  return null
}

/** Why a last day is refused; null when it holds. Days are calendar days in UTC. */
export function whyNotLastDay(endsOn: LocalDate, now: Date): string | null {
  const days = daysBetween(localDate(now), endsOn)
  if (days < 0) return 'The last day has already passed.'
  if (days <= MAX_WAIVER_DAYS) return null
  return `A waiver lasts at most ${MAX_WAIVER_DAYS} days. Ask again before it ends, or fix the finding.`
}

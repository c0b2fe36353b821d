import type { NoticeTopic } from './model'

/** How long notices gather before they leave as one mail. */
export const DIGEST_DELAY_MS = 2 * 60 * 1000
/** After so many failed attempts a mail is left for a person to look at. */
export const MAX_MAIL_ATTEMPTS = 8
/** Notices in one mail; the rest is counted. */
const MAX_LINES = 40

/** Most urgent first; the words of a heading in a digest. */
const HEADINGS: readonly [NoticeTopic, string][] = [
  ['approval_blocked', 'Nobody may decide these'],
  ['approval_reminder', 'Running out of time'],
  ['approval_needed', 'Needs your decision'],
  ['decision_dismissed', 'Your decision no longer counts'],
  ['approval_settled', 'Decided'],
]

export type DigestLine = { topic: NoticeTopic; sentence: string; href: string }

/**
 * One mail about many notices. Plain text, so that nothing in it can be anything but text; a link
 * only shows the thing, because programs open the links of a mail before people do.
 */
export function digestOf(
  lines: readonly DigestLine[],
  site: { url: string; organisation: string },
): { subject: string; body: string } {
  const parts = HEADINGS.flatMap(([topic, heading]) => {
    const some = lines.filter((line) => line.topic === topic)
    if (some.length === 0) return []
    const shown = some.slice(0, MAX_LINES).map(({ sentence, href }) => {
      return `- ${oneLine(sentence)}\n  ${site.url}${href}`
    })
    const more = some.length > MAX_LINES ? [`- and ${some.length - MAX_LINES} more`] : []
    return [[heading, '', ...shown, ...more].join('\n')]
  })
  const foot = `To stop these mails: ${site.url}/settings#mail`
  const needed = lines.filter((line) => line.topic !== 'approval_settled').length
  const [first] = lines
  const subject =
    lines.length === 1 && first
      ? oneLine(first.sentence)
      : needed > 0
        ? `${needed} things need you`
        : `${lines.length} things were decided`
  return {
    subject: `${oneLine(site.organisation)}: ${subject}`.slice(0, 200),
    body: `${[...parts, foot].join('\n\n')}\n`,
  }
}

/** A header or a line of a list never holds a line end, whatever a definition is called. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** Shares of an item's time at which people are reminded. */
const REMIND_AT = [0.5, 0.75, 0.9] as const

/** How many reminders should have gone out by now: 0 to 3. */
export function remindersDue(item: { openedAt: Date; deadlineAt: Date }, now: Date): number {
  const whole = item.deadlineAt.getTime() - item.openedAt.getTime()
  if (whole <= 0) return 0
  const passed = (now.getTime() - item.openedAt.getTime()) / whole
  return REMIND_AT.filter((share) => passed >= share).length
}

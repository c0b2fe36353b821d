import type { Claims, Mandate, Principle } from './claims/model'

/** A locked entry that a text no longer says as it did (requirements S23, S39). */
export type WeakenedMandate = {
  kind: 'removed' | 'weakened'
  /** The entry as the earlier text says it. */
  text: string
  /** Where the weaker words stand; null where the entry is gone. */
  line: number | null
  /** What made it weaker: words that were put in, or the mark that went. */
  because: string
}

/** The rule that is named when a proposal is refused. */
export const MANDATE_RULE = 'mandate-weakened'

type Entry = { text: string; critical: boolean; slug: string | null; line: number }

/** Words that take back what stands beside them. */
const TAKES_BACK =
  /\b(?:unless|except(?:ion|ions|ing)?|excluding|but|however|although|otherwise|optional(?:ly)?|may|might|could|should|can|prefer(?:ably|red)?|ideally|usually|normally|generally|typically|mostly|when(?:ever)? (?:possible|practical|feasible|convenient|appropriate|needed)|where (?:possible|practical|feasible|appropriate)|if (?:possible|practical|feasible|needed|urgent|time)|only (?:if|when|for)|not|never mind|no longer|need not|skip(?:ped|s)?|waive[sd]?|ignore[sd]?|bypass(?:ed|es)?|suspend(?:ed)?|as far as|best effort|try to|aim to|urgent|urgency|emergenc(?:y|ies))\b/

/**
 * Mandates, and principles that are critical or immutable, which `after` does not say at least as
 * strongly as `before`. An entry may be added to at its beginning or end, by words that take nothing
 * back; `locked` names principles that the rulebook holds fast beyond what the text marks. Silent
 * where the earlier text had none.
 */
export function weakenedMandates(
  before: Claims,
  after: Claims,
  locked: ReadonlySet<string> = new Set(),
): WeakenedMandate[] {
  const then = [...before.mandates.map(ofMandate), ...lockedOf(before, locked)]
  const now = [
    ...after.mandates.map(ofMandate),
    ...(after.principles?.items ?? []).map(ofPrinciple),
  ]
  return then.flatMap((entry) => judged(entry, now) ?? [])
}

function ofMandate({ text, critical, line }: Mandate): Entry {
  return { text, critical, line, slug: null }
}

function ofPrinciple({ title, text, critical, slug, line }: Principle): Entry {
  return { text: `${title} ${text}`, critical, slug, line }
}

function lockedOf(claims: Claims, locked: ReadonlySet<string>): Entry[] {
  return (claims.principles?.items ?? [])
    .filter((one) => one.critical || /\bimmutable\b/i.test(one.group ?? '') || locked.has(one.slug))
    .map(ofPrinciple)
}

/** What became of one entry; null when it stands as strongly as before. */
function judged(entry: Entry, now: readonly Entry[]): WeakenedMandate | null {
  const found = now
    .filter((one) => one.slug === entry.slug)
    .map((one) => ({ one, because: whyWeaker(entry, one) }))
  if (found.some(({ because }) => because === null)) return null
  const closest = found
    .map((each) => ({ ...each, share: shared(entry.text, each.one.text) }))
    .sort((a, b) => b.share - a.share)[0]
  const same = entry.slug !== null || (closest?.share ?? 0) >= 0.5
  if (!closest || !same || closest.because === null) {
    return { kind: 'removed', text: entry.text, line: null, because: 'it is not there any more' }
  }
  return { kind: 'weakened', text: entry.text, line: closest.one.line, because: closest.because }
}

function whyWeaker(entry: Entry, one: Entry): string | null {
  const then = plain(entry.text)
  const now = ` ${plain(one.text)} `
  const at = now.indexOf(` ${then} `)
  if (at < 0) return 'its words were changed'
  const added = `${now.slice(0, at)} | ${now.slice(at + then.length + 1)}`
  const taken = TAKES_BACK.exec(added)
  if (taken) return `“${taken[0]}” takes it back`
  return entry.critical && !one.critical ? 'it is not marked critical any more' : null
}

/** Words alone: marks, punctuation and letter case say nothing here. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Part of the earlier words that still stand, 0 to 1. */
function shared(before: string, after: string): number {
  const words = new Set(plain(before).split(' '))
  const left = new Set(plain(after).split(' '))
  return [...words].filter((word) => left.has(word)).length / Math.max(1, words.size)
}

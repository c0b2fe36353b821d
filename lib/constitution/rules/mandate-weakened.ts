import { MANDATE_RULE, type WeakenedMandate, weakenedMandates } from '@/lib/definition/mandates'
import type { DefinitionContent } from '@/lib/definition/model'
import { evidence, lineRange, shown } from '../evidence'
import type { ConstitutionContent, Finding } from '../model'

/**
 * Mandates are inherited, not typed: an edit may add to them, never remove or weaken them (S23, S39).
 * No rule of one text but of a change: what the live version never had is free.
 */
export function mandateFindings(
  before: DefinitionContent | null,
  after: DefinitionContent,
  constitution: ConstitutionContent,
): Finding[] {
  if (before === null) return []
  const held = constitution.principles
    .filter((one) => one.critical || one.group === 'immutable')
    .map((one) => one.slug)
  return weakenedMandates(before.claims, after.claims, new Set(held)).map((weak) =>
    found(after, weak),
  )
}

function found(after: DefinitionContent, weak: WeakenedMandate): Finding {
  const range = lineRange(after, weak.line ?? placeOf(after), '')
  const what = weak.kind === 'removed' ? 'removes' : 'weakens'
  return {
    rule: MANDATE_RULE,
    severity: 'error',
    message: `The change ${what} a locked mandate, “${shown([weak.text])}”: ${weak.because}.`,
    lines: evidence(after, [range]),
    range,
  }
}

/** The line where an entry that is gone would stand: its section, else the beginning of the text. */
function placeOf({ sections, frontmatter }: DefinitionContent): number {
  const home = sections.find((one) => /\b(?:mandates|principles)\b/i.test(one.title))
  return (home ?? sections[0])?.line ?? frontmatter?.range.endLine ?? 1
}

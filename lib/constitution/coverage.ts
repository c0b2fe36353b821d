import type { DefinitionContent } from '@/lib/definition/model'
import type { Finding, Principle, RuleContext } from './model'
import { citedConstitution, isConstitutional, statedAs } from './rules/principle-match'
import { principleMissing, principleWeakened } from './rules/principles'
import { type Excuse, excuseFor } from './waivers'

/**
 * What a file says of one principle. `outdated`: in the words of an older constitution that it cites
 * and that were changed since. `silent`: the file rests on no constitution, which is no failing.
 */
export type Coverage =
  | { is: 'stated' | 'outdated' | 'weakened'; line: number; until: string | null }
  | { is: 'missing'; line: null; until: string | null }
  | { is: 'silent'; line: null; until: null }

const SILENT: Coverage = { is: 'silent', line: null, until: null }

/**
 * One answer per principle of the rulebook in force, in its order. `until` is the last day of a
 * waiver that covers the gap. The rules decide; nothing is judged here a second time.
 */
export function coverageOf(
  definition: DefinitionContent,
  context: RuleContext,
  excuses: readonly Excuse[],
): Coverage[] {
  const { principles } = context.constitution
  if (!isConstitutional(definition)) return principles.map(() => SILENT)
  const missing = principleMissing.check(definition, context)
  const weakened = principleWeakened.check(definition, context)
  const cited = citedConstitution(definition, context)
  const reworded = new Set(
    principles
      .filter((one) => {
        const before = cited?.principles.find((older) => older.slug === one.slug)
        return before !== undefined && before.text !== one.text
      })
      .map((one) => one.slug),
  )
  const entries = definition.claims.principles?.items ?? []
  return principles.map((principle) => {
    const entry = statedAs(principle, entries)
    if (!entry)
      return { is: 'missing', line: null, until: untilOf(missingAs(principle, missing), excuses) }
    const finding = weakened.find(({ lines }) => lines[0]?.line === entry.line)
    if (finding) return { is: 'weakened', line: entry.line, until: untilOf(finding, excuses) }
    const is = reworded.has(principle.slug) ? 'outdated' : 'stated'
    return { is, line: entry.line, until: null }
  })
}

/** The rule says together what is missing at one severity; without any entry it says one sentence. */
function missingAs(principle: Principle, findings: readonly Finding[]): Finding | undefined {
  return findings.find((one) => one.severity === principle.severity) ?? findings[0]
}

function untilOf(finding: Finding | undefined, excuses: readonly Excuse[]): string | null {
  return finding === undefined ? null : (excuseFor(finding, excuses)?.endsOn ?? null)
}

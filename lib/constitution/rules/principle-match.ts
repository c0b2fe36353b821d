import type { Principle as StatedPrinciple } from '@/lib/definition/claims/model'
import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import { claimRange, lineRange } from '../evidence'
import type { ConstitutionContent, Principle, RuleContext } from '../model'
import { sameWord } from '../words'

/** The version of a constitution that the file cites, in its footer or above its principles. */
export function citedVersion({
  claims,
}: DefinitionContent): { version: string; line: number } | null {
  for (const label of [claims.constitutionLabel, claims.principles?.label]) {
    if (label?.version) return { version: label.version, line: label.line }
  }
  return null
}

const plainLabel = (label: string) => label.replace(/^v(?=\d)/i, '')

/** The registered constitution that the file cites; null where it cites none or an unknown one. */
export function citedConstitution(
  definition: DefinitionContent,
  context: RuleContext,
): ConstitutionContent | null {
  const cited = citedVersion(definition)
  if (!cited) return null
  const all = [context.constitution, ...context.earlier]
  return all.find((each) => plainLabel(each.label) === plainLabel(cited.version)) ?? null
}

/** True for a file that rests on a constitution: it cites one, refers to one or lists principles. */
export function isConstitutional({ claims }: DefinitionContent): boolean {
  return (
    (claims.constitutionLabel?.version ?? null) !== null ||
    claims.principles?.label != null ||
    claims.authorities.length > 0
  )
}

/** Where the file speaks of its constitution: the place of findings about what it does not say. */
export function constitutionPlace(definition: DefinitionContent): TextRange[] {
  const { constitutionLabel, principles, authorities } = definition.claims
  if (constitutionLabel) return [claimRange(definition, constitutionLabel)]
  const line = principles?.line ?? authorities[0]?.line
  return line === undefined ? [] : [lineRange(definition, line, '')]
}

const wordsIn = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('z', 's')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !['and', 'the', 'of', 'to', 'a'].includes(word))

const within = (needed: readonly string[], words: readonly string[]) =>
  needed.length > 0 && needed.every((word) => words.some((other) => sameWord(word, other)))

/** More principles than any constitution has; a file that lists more wants to keep us busy. */
const MAX_ENTRIES = 200

/**
 * The entry that states a principle. Principles are known by slug, never by number, because numbers
 * move (S40); a title in other words counts when it holds every word of the slug or of the title.
 */
export function statedAs(
  principle: Pick<Principle, 'slug' | 'title'>,
  all: readonly StatedPrinciple[],
): StatedPrinciple | undefined {
  const entries = all.slice(0, MAX_ENTRIES)
  return (
    entries.find((entry) => entry.slug === principle.slug) ??
    entries.find((entry) => within(wordsIn(principle.slug), wordsIn(entry.title))) ??
    entries.find((entry) => within(wordsIn(principle.title), wordsIn(entry.title)))
  )
}

/** Words by which a duty is taken back; "no exceptions" and "never skip" take nothing back. */
const WEAKENED =
  /(?<!\b(?:no|never|not|without|cannot|don['’]t)\s)(?<!\b(?:no|never|not|without|cannot|don['’]t)\s\w+\s)\b(?:unless|except(?:ions?)?(?= (?:for|when|if|in|where)\b)|optional(?:ly)?|if (?:possible|practical|convenient|time (?:allows|permits))|(?:when|where)(?:ver)? (?:possible|practical|convenient)|ideally|preferably|try to|may be skipped|can be skipped|may skip|not required|in urgent cases|is urgent)\b/i

/** The words of a sentence that take its duty back; null where there are none. */
export function weakening(text: string): string | null {
  return WEAKENED.exec(text)?.[0] ?? null
}

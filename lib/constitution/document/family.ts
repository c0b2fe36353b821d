import type { Principle, PrincipleGroup } from '../model'

/**
 * What the constitutions of one family call their principles. Numbers moved between their versions,
 * so a principle is known by its words first and by its number only where it has no words
 * (requirement S40).
 */
const KNOWN: readonly (readonly [slug: string, words: RegExp])[] = [
  ['library-first', /library.?first/i],
  ['cli-interface', /\bcli\b|command.?line/i],
  ['test-first', /test.?(?:first|driven)|\btdd\b/i],
  ['contract-first', /contract/i],
  ['idempotent', /idempoten|safe to repeat/i],
  ['progressive', /progressive|start simple/i],
  ['git-approval', /\bgit\b/i],
  ['observability', /observab/i],
  ['documentation', /document/i],
  ['dependencies', /dependenc/i],
  ['delegation', /delegat|right agent/i],
  ['input-output', /input|output|secur\w* by default/i],
  ['design-system', /design.?system/i],
  ['access-control', /access/i],
  ['model-selection', /\bmodels?\b/i],
  ['file-organisation', /\bfiles?\b/i],
  ['plugin-first', /plug.?in/i],
]

const FIRST_NINE = [
  ...['library-first', 'cli-interface', 'test-first', 'contract-first', 'observability'],
  ...['documentation', 'progressive', 'idempotent', 'input-output'],
]
const SINCE_FOURTEEN = [
  ...['library-first', 'test-first', 'contract-first', 'idempotent', 'progressive'],
  ...['git-approval', 'observability', 'documentation', 'dependencies', 'delegation'],
  ...['input-output', 'design-system', 'access-control', 'model-selection'],
  ...['file-organisation', 'plugin-first'],
]

const DIGITS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }

/** The value of a Roman or Arabic number up to 39; null for anything else. */
function numberOf(written: string): number | null {
  if (/^\d{1,2}$/.test(written)) return Number(written)
  if (!/^x{0,3}(?:ix|iv|v?i{0,3})$/i.test(written) || written === '') return null
  const digits = [...written.toLowerCase()].map((one) => DIGITS[one] ?? 0)
  return digits.reduce((sum, one, at) => sum + (one < (digits[at + 1] ?? 0) ? -one : one), 0)
}

// "Principle VI: Git approval", "VI. Git approval", "6) Git approval", "Principle: Git approval".
const NUMBERED =
  /^(?:principle\s+([ivx]{1,6}|\d{1,2})\b[\s.:)–—-]*|([ivx]{1,6}|\d{1,2})[.:)]\s+|principle\s*[:–—-]\s*)(.*)$/i

export type Recognised = Omit<Principle, 'text'> & {
  /** True when the family knows it; otherwise the slug was made from its words. */
  known: boolean
}

/**
 * The principle that a heading of a foreign constitution names, or null when it names none. `under`
 * is the text of the heading above it, `version` the label that the document claims.
 */
export function recognise(
  title: string,
  { under, version }: { under: string; version: string | null },
): Recognised | null {
  const plain = title.replace(/[*_`]/g, '').trim()
  const [, first, second, rest] = NUMBERED.exec(plain) ?? []
  if (rest === undefined) return null
  const number = numberOf(first ?? second ?? '')
  const words = rest.replace(/[([][^)\]]*[)\]]/g, ' ').trim()
  const slug =
    KNOWN.find(([, pattern]) => pattern.test(words))?.[0] ??
    (words === '' ? byNumber(number, version) : null)
  const made = slug ?? slugOf(words)
  if (made === '') return null
  const critical = /\bcritical\b/i.test(plain)
  return {
    slug: made,
    title,
    group: groupOf(under, number),
    critical,
    severity: critical ? 'error' : 'warning',
    known: slug !== null,
  }
}

function byNumber(number: number | null, version: string | null): string | null {
  const names = /^1\.[0-4]\./.test(version ?? '') ? FIRST_NINE : SINCE_FOURTEEN
  return number === null ? null : (names[number - 1] ?? null)
}

function groupOf(under: string, number: number | null): PrincipleGroup {
  if (/immutable/i.test(under)) return 'immutable'
  if (/quality|safety/i.test(under)) return 'quality'
  if (/workflow|delegation/i.test(under)) return 'workflow'
  if (number !== null && number <= 3) return 'immutable'
  return number !== null && number <= 9 ? 'quality' : 'workflow'
}

function slugOf(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
}

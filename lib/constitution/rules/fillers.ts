import type { ConstitutionContent } from '../model'

/** A name of one to four words, where a filler says `<department>`. */
const ANY = '[\\p{L}\\p{N}]+(?: [\\p{L}\\p{N}]+){0,3}'
const MAX_LENGTH = 200
const compiled = new WeakMap<readonly string[], RegExp | null>()

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}<>]+/gu, ' ')
    .trim()

/** True for a phrase that the rulebook knows to say nothing (S63 to S67). */
export function isFiller(text: string, { fillers }: ConstitutionContent): boolean {
  if (text.length > MAX_LENGTH) return false
  return patternOf(fillers)?.test(plain(text).replace(/[<>]/g, '')) ?? false
}

function patternOf(fillers: readonly string[]): RegExp | null {
  const known = compiled.get(fillers)
  if (known !== undefined) return known
  const phrases = fillers
    .filter((phrase) => phrase.split('<department>').length <= 3)
    .map((phrase) => plain(phrase).replaceAll('<department>', ANY))
  const pattern = phrases.length === 0 ? null : new RegExp(`^(?:${phrases.join('|')})$`, 'u')
  compiled.set(fillers, pattern)
  return pattern
}

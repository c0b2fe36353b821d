import { MAX_PASSWORD, MIN_PASSWORD } from '@/lib/core/limits'
import { COMMON_BASES, COMMON_PASSWORDS } from './common-passwords'

/**
 * Why a new password is not accepted, as a sentence, or null. `about` is what a guesser knows of
 * the person: name and e-mail.
 */
export function passwordProblem(plain: string, about: readonly string[] = []): string | null {
  const text = plain.normalize('NFKC')
  const length = [...text].length
  if (length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters. Spaces count.`
  if (length > MAX_PASSWORD) return `Use at most ${MAX_PASSWORD} characters.`
  if (isCommon(text)) return 'Many people use this password. Take a few unrelated words instead.'
  if (tellsPerson(text, about)) {
    return 'This holds little more than your name or e-mail. Take a few unrelated words instead.'
  }
  return null
}

function isCommon(text: string): boolean {
  const lower = text.toLowerCase()
  if (COMMON_PASSWORDS.has(lower) || new Set(lower).size <= 2) return true
  if (isSequence(lower)) return true
  // "P@ssw0rd2026!" is the word "password" to every guessing program.
  const word = lower.replace(/^[^\p{L}@$]+|[^\p{L}]+$/gu, '')
  return COMMON_BASES.has(word) || COMMON_BASES.has(undoSubstitutions(word))
}

const SUBSTITUTED: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
function undoSubstitutions(word: string): string {
  return word.replace(/[013457@$!]/g, (sign) => SUBSTITUTED[sign] ?? sign)
}

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm']
function isSequence(lower: string): boolean {
  const backward = [...lower].reverse().join('')
  return ROWS.some((row) => row.includes(lower) || row.includes(backward))
}

function tellsPerson(text: string, about: readonly string[]): boolean {
  let rest = text.toLowerCase()
  for (const part of about.flatMap((known) => known.toLowerCase().split(/[^\p{L}\p{N}]+/u))) {
    if (part.length >= 3) rest = rest.replaceAll(part, '')
  }
  return rest.length < text.length && rest.replace(/[^\p{L}]/gu, '').length < 3
}

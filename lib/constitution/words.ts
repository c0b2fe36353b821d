/**
 * The words of a text, with their places, and which of them count as the same word. Pure and
 * without a dictionary: the same text gives the same words on every machine.
 */

/** `text.slice(start, end)`; `word` is lower case in one Unicode form. */
export type Word = { word: string; start: number; end: number }

/**
 * Scripts that do not put spaces between words: there each character is a word, so that a keyword
 * is found inside a sentence. Katakana stays whole, because it is written in words.
 */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{Script=Katakana}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+(?:\+\+|#(?![\p{L}\p{N}]))?/gu

/** The same for texts of ASCII alone, which most are: several times faster. */
const ASCII = /^\p{ASCII}*$/u
const ASCII_WORD = /[a-z0-9]+(?:\+\+|#(?![a-z0-9]))?/g

/** Every word of a text. `_`, `-`, `/` and `.` part words: `CI/CD` is two, `userland` is one. */
export function wordsOf(text: string): Word[] {
  if (ASCII.test(text)) {
    return Array.from(text.toLowerCase().matchAll(ASCII_WORD), ({ 0: word, index }) => {
      return { word, start: index, end: index + word.length }
    })
  }
  return [...text.matchAll(WORD)].map((match) => ({
    word: match[0].normalize('NFKC').toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

const ALONE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u
/** Words that say nothing about what is asked for. */
const EMPTY = new Set(
  `a about after all also an and any are as at be been before both but by can could do does done each
  few for from get give had has have help how i if in into is it its just like make makes may me more
  most must my need needs new no not of off on one only or other our out over please should so some
  such than that the their them then there these they this those to too under up us use used uses
  using very want was we what when where which while who why will with within without would you your`
    .trim()
    .split(/\s+/),
)

/**
 * The words by which texts are compared: without those that say nothing, and where a script puts no
 * spaces, each two characters that stand side by side.
 */
export function termsOf(text: string): Word[] {
  const words = wordsOf(text)
  return words.flatMap((word, index) => {
    if (!ALONE.test(word.word)) {
      return word.word.length < 2 || EMPTY.has(word.word) ? [] : [word]
    }
    const next = words[index + 1]
    const paired = next !== undefined && next.start === word.end && ALONE.test(next.word)
    if (paired) return [{ word: word.word + next.word, start: word.start, end: next.end }]
    const before = words[index - 1]
    const second = before !== undefined && before.end === word.start && ALONE.test(before.word)
    return second ? [] : [word]
  })
}

const VOWEL = /[aeiouy]/

/**
 * The word and what it may be an inflection of: `caching` → caching, cach, cache. Only plural, -ing
 * and -ed of English; what is no word (`cach`) matches nothing but itself.
 */
export function formsOf(word: string): readonly string[] {
  if (!/^[a-z]{4,}$/.test(word)) return [word]
  const forms = [word]
  if (word.endsWith('ies') || word.endsWith('ied')) forms.push(`${word.slice(0, -3)}y`)
  if (/[^su]s$/.test(word) && !/[stx]is$/.test(word)) {
    forms.push(word.slice(0, -1))
    if (/(?:ss|x|z|ch|sh)es$/.test(word)) forms.push(word.slice(0, -2))
  }
  const stem = /^(.{2,})(?:ing|ed)$/.exec(word)?.[1]
  if (stem !== undefined && stem.length >= 3 && VOWEL.test(stem)) {
    forms.push(stem, `${stem}e`)
    if (/([^aeiouy])\1$/.test(stem)) forms.push(stem.slice(0, -1))
  }
  return [...new Set(forms)]
}

/** True when two words are the same word, whatever their inflection. */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  const forms = formsOf(a)
  return formsOf(b).some((form) => forms.includes(form))
}

/** True when nothing ends between two words: `end to end`, `end-to-end`, but not `end. To`. */
export function isJoined(text: string, left: Word, right: Word): boolean {
  return !/[.!?;:,。、！？]\s|[。、！？\n]|\s[-–—]\s/.test(text.slice(left.end, right.start + 1))
}

/**
 * A part that every word holds which is the same word: what a database can look for before the
 * words are compared. Null where letter case differs by more than A to Z, which databases fold in
 * their own ways.
 */
export function partOf(word: string): string | null {
  if (!/^(?:[a-z0-9+#]|\p{Lo}|ー)+$/u.test(word)) return null
  const shortest = formsOf(word).reduce((a, b) => (b.length < a.length ? b : a))
  return shortest.length > 1 ? shortest.replace(/[ey]$/, '') : shortest
}

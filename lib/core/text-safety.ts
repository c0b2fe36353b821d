/**
 * Characters that a reader does not see but a model does: the way in which instructions are hidden
 * in text that a person approves. They are found and shown, never removed silently
 * (trust-and-ux.md C4; "Trojan Source", CVE-2021-42574; Unicode Technical Report 36).
 */

export type HiddenSeverity = 'block' | 'warn'
export type HiddenCharacter = {
  /** UTF-16 index of the first code unit. */
  offset: number
  /** UTF-16 code units: 1 or 2, more for a run of variation selectors. */
  length: number
  codePoint: number
  name: string
  severity: HiddenSeverity
}
export type VisibleSegment = { text: string } | { box: string; name: string }

/** A run of this many variation selectors carries data; a glyph takes one, a slip of the pen two. */
const SELECTOR_RUN = 3
const DEFAULT_LIMIT = 10_000

/**
 * One table look-up per code unit finds candidates; only those are judged. Plain loops scan 10 MB
 * in about 15 ms; a regular expression with these classes takes ten times as long on text that is
 * not Latin-1. Lead surrogates stand for the code points that they begin.
 */
const RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
]
const CANDIDATE = new Uint8Array(0x10000)
for (const [first, last] of RANGES) {
  if (first > 0xffff) CANDIDATE[leadSurrogate(first)] = 2
  else CANDIDATE.fill(1, first, last + 1)
}
CANDIDATE.fill(2, leadSurrogate(0xe0000), leadSurrogate(0xe0fff) + 1)

const NAMES: Record<number, string> = {
  173: 'soft hyphen',
  847: 'combining grapheme joiner',
  1564: 'Arabic letter mark',
  4447: 'Hangul choseong filler',
  4448: 'Hangul jungseong filler',
  6068: 'Khmer vowel inherent AQ',
  6069: 'Khmer vowel inherent AA',
  6158: 'Mongolian vowel separator',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8289: 'function application',
  8290: 'invisible times',
  8291: 'invisible separator',
  8292: 'invisible plus',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  12644: 'Hangul filler',
  65279: 'byte order mark inside the text',
  65440: 'halfwidth Hangul filler',
}

const JOINED_SCRIPT =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u
/** What each kind of variation selector may follow (StandardizedVariants, emoji-, IVD sequences). */
const EMOJI_BASE = /[\p{Emoji}\p{S}\p{P}]/u
const VARIANT_BASE = /[\p{S}\p{P}\p{N}\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}]/u
const IDEOGRAPH = /\p{Script=Han}/u

/**
 * Finds every hidden character of `text`, in order, at most `limit` of them. `block` are tag
 * characters, bidirectional controls and runs of variation selectors; `warn` everything else that
 * has no glyph. A byte order mark at offset 0, tab, line feed and carriage return are no findings;
 * nor are joiners inside emoji and inside the scripts that need them, nor one variation selector
 * after a character that it can select.
 */
export function scanText(text: string, limit = DEFAULT_LIMIT): HiddenCharacter[] {
  return scan(text, text.charCodeAt(0) === 0xfeff ? 1 : 0, limit)
}

function scan(text: string, from: number, limit: number): HiddenCharacter[] {
  const found: HiddenCharacter[] = []
  for (let at = from; at < text.length && found.length < limit; at++) {
    if (CANDIDATE[text.charCodeAt(at)] === 0) continue
    const hidden = judge(text, at)
    if (hidden === null) continue
    found.push(hidden)
    at += hidden.length - 1
  }
  return found
}

/**
 * `text` (any piece, for example one line) cut into what can be shown as it is and boxes for what
 * cannot be seen; a leading byte order mark is boxed too. Loses nothing.
 */
export function visibleSegments(text: string): VisibleSegment[] {
  const segments: VisibleSegment[] = []
  let at = 0
  for (const hidden of scan(text, 0, Number.POSITIVE_INFINITY)) {
    if (hidden.offset > at) segments.push({ text: text.slice(at, hidden.offset) })
    for (const character of text.slice(hidden.offset, hidden.offset + hidden.length)) {
      const codePoint = character.codePointAt(0) ?? 0
      segments.push({ box: codePointLabel(codePoint), name: nameOf(codePoint) })
    }
    at = hidden.offset + hidden.length
  }
  if (at < text.length) segments.push({ text: text.slice(at) })
  return segments
}

/** `U+202E`: at least four upper-case hex digits. */
export function codePointLabel(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

function leadSurrogate(codePoint: number): number {
  return 0xd800 + ((codePoint - 0x10000) >> 10)
}

function isHidden(codePoint: number): boolean {
  return RANGES.some(([first, last]) => codePoint >= first && codePoint <= last)
}

function judge(text: string, offset: number): HiddenCharacter | null {
  const codePoint = text.codePointAt(offset) ?? 0
  if (codePoint > 0xffff && !isHidden(codePoint)) return null
  const length = codePoint > 0xffff ? 2 : 1
  if (isSelector(codePoint)) return judgeSelectors(text, offset)
  if ((codePoint === 0x200c || codePoint === 0x200d) && joins(text, offset)) return null
  const severity: HiddenSeverity = isTag(codePoint) || isBidi(codePoint) ? 'block' : 'warn'
  return { offset, length, codePoint, name: nameOf(codePoint), severity }
}

function judgeSelectors(text: string, offset: number): HiddenCharacter | null {
  let end = offset
  let count = 0
  for (;;) {
    const codePoint = text.codePointAt(end)
    if (codePoint === undefined || !isSelector(codePoint)) break
    end += codePoint > 0xffff ? 2 : 1
    count += 1
  }
  const codePoint = text.codePointAt(offset) ?? 0
  if (count >= SELECTOR_RUN) {
    const name = `run of ${count} variation selectors`
    return { offset, length: end - offset, codePoint, name, severity: 'block' }
  }
  if (count === 1 && selects(characterBefore(text, offset), codePoint)) return null
  return { offset, length: end - offset, codePoint, name: nameOf(codePoint), severity: 'warn' }
}

function selects(before: string, selector: number): boolean {
  if (selector >= 0xe0100) return IDEOGRAPH.test(before)
  return selector >= 0xfe0e ? EMOJI_BASE.test(before) : VARIANT_BASE.test(before)
}

function joins(text: string, offset: number): boolean {
  const before = characterBefore(text, offset)
  const after = text.slice(offset + 1, offset + 3)
  if (PICTOGRAPH.test(before) && /^\p{Extended_Pictographic}/u.test(after)) {
    return text[offset] === '\u200d'
  }
  // Persian and Indic words end in a non-joiner before a suffix, so only the left side must fit.
  return JOINED_SCRIPT.test(before)
}

function characterBefore(text: string, offset: number): string {
  if (offset === 0) return ''
  const unit = text.charCodeAt(offset - 1)
  const wide = unit >= 0xdc00 && unit <= 0xdfff && offset > 1
  return text.slice(offset - (wide ? 2 : 1), offset)
}

const isTag = (c: number) => c >= 0xe0000 && c <= 0xe007f
const isSelector = (c: number) => (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef)
const isBidi = (c: number) =>
  (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c === 0x061c

function nameOf(codePoint: number): string {
  const name = NAMES[codePoint]
  if (name !== undefined) return name
  if (isTag(codePoint)) return tagName(codePoint)
  if (isSelector(codePoint)) return 'variation selector'
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f)) return 'control character'
  return 'invisible format character'
}

/** Tag characters mirror ASCII: the letter they smuggle is worth showing. */
function tagName(codePoint: number): string {
  const ascii = codePoint - 0xe0000
  return ascii > 0x20 && ascii < 0x7f ? `tag ${String.fromCharCode(ascii)}` : 'tag character'
}

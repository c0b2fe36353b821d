import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePointLabel, scanText, visibleSegments } from './text-safety'

const at = (codePoint: number) => String.fromCodePoint(codePoint)
const severities = (text: string) => scanText(text).map((hidden) => hidden.severity)

describe('hidden characters are found', () => {
  it.each([
    ['tag letters', `a${at(0xe0061)}${at(0xe007f)}b`, ['block', 'block']],
    ['a language tag', at(0xe0001), ['block']],
    ['right-to-left override', `x${at(0x202e)}y${at(0x202c)}`, ['block', 'block']],
    ['isolates', `${at(0x2066)}a${at(0x2069)}`, ['block', 'block']],
    ['Arabic letter mark', at(0x61c), ['block']],
    ['a run of variation selectors', `a${at(0xfe01)}${at(0xe0110)}${at(0xfe05)}b`, ['block']],
    ['a selector after a letter', `a${at(0xfe0f)}`, ['warn']],
    ['a supplementary selector after Latin', `a${at(0xe0100)}`, ['warn']],
    ['zero width space', `a${at(0x200b)}b`, ['warn']],
    ['zero width joiner between Latin letters', `a${at(0x200d)}b`, ['warn']],
    ['soft hyphen', `a${at(0xad)}b`, ['warn']],
    ['Hangul filler', at(0x3164), ['warn']],
    ['halfwidth Hangul filler', at(0xffa0), ['warn']],
    ['byte order mark inside', `a${at(0xfeff)}`, ['warn']],
    ['NUL and escape', `a${at(0)}${at(0x1b)}`, ['warn', 'warn']],
    ['C1 control', at(0x9b), ['warn']],
    ['line separator', at(0x2028), ['warn']],
    ['musical format control', at(0x1d173), ['warn']],
  ])('%s', (_, text, expected) => {
    expect(severities(text)).toEqual(expected)
  })
})

describe('what a script or an emoji needs is no finding', () => {
  it.each([
    ['tab, line feed, carriage return', 'a\tb\r\nc'],
    ['a byte order mark at the start', `${at(0xfeff)}text`],
    ['a joined emoji', '👩\u200d💻'],
    ['a joined emoji with skin tone and selector', '🧔🏽\u200d♂\ufe0f'],
    ['an emoji with a selector', '❤\ufe0f ✔\ufe0e 1\ufe0f⃣'],
    ['Persian non-joiner', 'می\u200cخواهم'],
    ['Devanagari joiner', 'क्\u200dष'],
    ['an ideographic variant', `葛${at(0xe0100)}`],
    ['Japanese, Korean, emoji in running text', '人類学者 검토 🚀 done'],
  ])('%s', (_, text) => {
    expect(scanText(text)).toEqual([])
  })
})

describe('visibleSegments', () => {
  it('names what it boxes and keeps the order', () => {
    expect(visibleSegments(`ab${at(0x202e)}c${at(0xe0041)}`)).toEqual([
      { text: 'ab' },
      { box: 'U+202E', name: 'right-to-left override' },
      { text: 'c' },
      { box: 'U+E0041', name: 'tag A' },
    ])
  })
  it('boxes a byte order mark even at the start, because the piece may be any line', () => {
    expect(visibleSegments(`${at(0xfeff)}a`)[0]).toMatchObject({ box: 'U+FEFF' })
  })
  it('loses no character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const joined = visibleSegments(text)
          .map((part) =>
            'text' in part
              ? part.text
              : String.fromCodePoint(Number.parseInt(part.box.slice(2), 16)),
          )
          .join('')
        expect(joined).toBe(text)
      }),
    )
  })
  it('leaves nothing to find in the text it shows as it is', () => {
    const alphabet = ['a', ' ', at(0x200b), at(0x202e), at(0xe0061), at(0xfe0f), at(0xad), '日']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet)), (units) => {
        for (const part of visibleSegments(units.join(''))) {
          if ('text' in part) expect(severities(part.text)).toEqual([])
        }
      }),
    )
  })
})

describe('scanText', () => {
  it('stops at its limit', () => {
    expect(scanText(at(0x200b).repeat(50), 7)).toHaveLength(7)
  })
  it('gives offsets that cut out exactly the character', () => {
    const text = `日本${at(0xe0061)}語${at(0x202e)}`
    expect(scanText(text).map((h) => text.slice(h.offset, h.offset + h.length))).toEqual([
      at(0xe0061),
      at(0x202e),
    ])
  })
  it('labels code points with at least four digits', () => {
    expect([codePointLabel(0xad), codePointLabel(0xe0041)]).toEqual(['U+00AD', 'U+E0041'])
  })
})

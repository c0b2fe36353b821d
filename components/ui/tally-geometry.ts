/**
 * The geometry of the digest drawings, in whole pixels. Pure: the same digits give the same path on
 * every machine, so two people can compare what they see.
 *
 * Two bits make a bar, high bits first: `00` middle, `01` middle and up, `10` middle and down,
 * `11` full. A bar is 4 up, 3 middle, 4 down: 11 pixels high.
 */

/** What people said about these bytes; the line under the bars. */
export type TallyRule =
  | { state: 'draft' }
  | { state: 'open'; seats: number; signed: number }
  | { state: 'sealed'; seats?: number }
  | { state: 'broken' }
  | { state: 'none' }

type Bar = { y: number; height: number }
type Segment = {
  x: number
  y: number
  width: number
  height: number
  ink: 'accent' | 'control' | 'red'
}

export const TALLY_WIDTH = 31
export const BARS_HEIGHT = 11
/** With a rule: 2 px gap, 2 px rule; one more line because a broken rule hangs lower. */
export const RULED_HEIGHT = 15
export const SEAM_BARS = 128

const UP = 4
const MIDDLE = 3
const DOWN = 4
const HEX = /^[0-9a-f]+$/

function barsOf(digits: string): Bar[] {
  if (!HEX.test(digits)) throw new RangeError('A digest is written in lower-case hex digits.')
  return Array.from(digits).flatMap((digit) => {
    const value = Number.parseInt(digit, 16)
    return [value >> 2, value & 3].map((pair) => {
      const up = (pair & 1) === 1
      const down = (pair & 2) === 2
      return {
        y: up ? 0 : UP,
        height: (up ? UP : 0) + MIDDLE + (down ? DOWN : 0),
      }
    })
  })
}

/**
 * The 16 bars of the first 8 digits, heights in pixels at scale 1.
 * Throws RangeError for fewer than 8 digits or anything but lower-case hex.
 */
export function tallyBars(digest: string): Bar[] {
  if (digest.length < 8) throw new RangeError('A tally needs at least 8 digits.')
  return barsOf(digest.slice(0, 8))
}

/** All bars as one SVG path; `scale` 1 is the small tally (31 × 11), 2 the large one (62 × 22). */
export function tallyPath(digest: string, scale: 1 | 2): string {
  return tallyBars(digest)
    .map((bar, index) => {
      const x = index * 2 * scale
      const height = bar.height * scale
      return `M${x} ${bar.y * scale}h${scale}v${height}h-${scale}z`
    })
    .join('')
}

/** The 128 bars of a whole digest. Throws RangeError unless there are 64 digits. */
export function seamBars(digest: string): Bar[] {
  if (digest.length !== 64) throw new RangeError('A seam needs all 64 digits.')
  return barsOf(digest)
}

/** Left edge of bar `index` in a seam `width` pixels wide whose bars are `bar` pixels wide. */
export function seamX(index: number, width: number, bar: number): number {
  return Math.round((index * (width - bar)) / (SEAM_BARS - 1))
}

function draftRule(): Segment[] {
  return Array.from({ length: 8 }, (_, index) => ({
    x: index * 4,
    y: 13,
    width: 2,
    height: 1,
    ink: 'control' as const,
  }))
}

function openRule(seats: number, signed: number): Segment[] {
  const gap = 2
  const share = (TALLY_WIDTH - gap * (seats - 1)) / seats
  return Array.from({ length: seats }, (_, index) => {
    const x = Math.round(index * (share + gap))
    const end = Math.round(index * (share + gap) + share)
    const done = index < signed
    return {
      x,
      y: done ? 12 : 13,
      width: end - x,
      height: done ? 2 : 1,
      ink: done ? ('accent' as const) : ('control' as const),
    }
  })
}

const SEALED: Segment[] = [
  { x: 0, y: 12, width: 1, height: 2, ink: 'accent' },
  { x: 30, y: 12, width: 1, height: 2, ink: 'accent' },
  { x: 0, y: 13, width: 31, height: 1, ink: 'accent' },
]

/** Cracked at 58 %: the right part hangs one pixel lower. */
const BROKEN: Segment[] = [
  { x: 0, y: 13, width: 15, height: 1, ink: 'red' },
  { x: 18, y: 14, width: 13, height: 1, ink: 'red' },
]

/**
 * The rule under the bars, at scale 1. Signed seats come first. More than 8 seats are drawn as 8,
 * because a segment narrower than 2 px cannot be told apart; the name still says the number.
 */
export function ruleSegments(rule: TallyRule): Segment[] {
  switch (rule.state) {
    case 'none':
      return []
    case 'draft':
      return draftRule()
    case 'sealed':
      return SEALED
    case 'broken':
      return BROKEN
    case 'open': {
      const seats = Math.min(8, Math.max(1, rule.seats))
      return openRule(seats, Math.min(seats, Math.max(0, rule.signed)))
    }
  }
}

/** The rule in words, for the accessible name: "sealed, 2 of 2". */
export function ruleWords(rule: TallyRule): string {
  switch (rule.state) {
    case 'none':
      return ''
    case 'draft':
      return 'draft'
    case 'broken':
      return 'broken: no person approved these bytes, or something else runs'
    case 'sealed':
      return rule.seats === undefined ? 'sealed' : `sealed, ${rule.seats} of ${rule.seats}`
    case 'open':
      return `open, ${rule.signed} of ${rule.seats} signed`
  }
}

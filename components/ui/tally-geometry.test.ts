import { describe, expect, test } from 'vitest'
import {
  ruleSegments,
  ruleWords,
  seamBars,
  seamX,
  TALLY_WIDTH,
  tallyBars,
  tallyPath,
} from './tally-geometry'

/** Rows of pixels as a person sees them, `#` for ink, at scale 1. */
function draw(digest: string): string[] {
  const bars = tallyBars(digest)
  return Array.from({ length: 11 }, (_, y) =>
    Array.from({ length: TALLY_WIDTH }, (_, x) => {
      const bar = x % 2 === 0 ? bars[x / 2] : undefined
      return bar && y >= bar.y && y < bar.y + bar.height ? '#' : '.'
    }).join(''),
  )
}

describe('tally', () => {
  test('each pair of bits is one bar: middle, up, down, full', () => {
    expect(tallyBars('1b000000').slice(0, 4)).toEqual([
      { y: 4, height: 3 },
      { y: 0, height: 7 },
      { y: 4, height: 7 },
      { y: 0, height: 11 },
    ])
  })

  test('draws 0fe3422f pixel for pixel as the design does', () => {
    expect(draw('0fe3422f')).toEqual([
      '....#.#.#.....#.#...........#.#',
      '....#.#.#.....#.#...........#.#',
      '....#.#.#.....#.#...........#.#',
      '....#.#.#.....#.#...........#.#',
      '#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#',
      '#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#',
      '#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#',
      '....#.#.#.#...#.......#...#.#.#',
      '....#.#.#.#...#.......#...#.#.#',
      '....#.#.#.#...#.......#...#.#.#',
      '....#.#.#.#...#.......#...#.#.#',
    ])
  })

  test('only the first 8 digits are drawn', () => {
    expect(tallyPath(`105645de${'0'.repeat(56)}`, 1)).toBe(
      tallyPath(`105645de${'f'.repeat(56)}`, 1),
    )
  })

  test('the large tally is the small one doubled', () => {
    const doubled = tallyPath('105645de', 1).replace(/-?\d+/g, (n) => String(Number(n) * 2))
    expect(tallyPath('105645de', 2)).toBe(doubled)
  })

  test('two digests that differ in one digit of the first 8 never look alike', () => {
    const seen = new Set(Array.from('0123456789abcdef', (d) => tallyPath(`0000000${d}`, 1)))
    expect(seen.size).toBe(16)
  })

  test.each(['105645d', 'ABCDEF01', 'no hex!!'])('refuses %s', (text) => {
    expect(() => tallyBars(text)).toThrow(RangeError)
  })
})

describe('rule', () => {
  test('a draft is dotted, 2 on 2 off, from the first bar to the last', () => {
    const dots = ruleSegments({ state: 'draft' })
    expect(dots.map((dot) => [dot.x, dot.width])).toEqual([
      [0, 2],
      [4, 2],
      [8, 2],
      [12, 2],
      [16, 2],
      [20, 2],
      [24, 2],
      [28, 2],
    ])
  })

  test('one of two signed: a thick accent seat, then a thin one', () => {
    expect(ruleSegments({ state: 'open', seats: 2, signed: 1 })).toEqual([
      { x: 0, y: 12, width: 15, height: 2, ink: 'accent' },
      { x: 17, y: 13, width: 14, height: 1, ink: 'control' },
    ])
  })

  test.each([1, 2, 3, 4, 5, 8])('%i seats fill the width and never touch', (seats) => {
    const segments = ruleSegments({ state: 'open', seats, signed: 0 })
    expect(segments).toHaveLength(seats)
    expect(segments[0]?.x).toBe(0)
    const last = segments.at(-1)!
    expect(last.x + last.width).toBe(TALLY_WIDTH)
    segments.slice(1).forEach((segment, index) => {
      const before = segments[index]!
      expect(segment.x - (before.x + before.width)).toBeGreaterThanOrEqual(1)
    })
  })

  test('a sealed rule is a closed bracket under all bars', () => {
    const ends = ruleSegments({ state: 'sealed' }).map((s) => [s.x, s.y, s.width, s.height])
    expect(ends).toEqual([
      [0, 12, 1, 2],
      [30, 12, 1, 2],
      [0, 13, 31, 1],
    ])
  })

  test('a broken rule is cracked at 58 % and its right part is one pixel lower', () => {
    const [left, right] = ruleSegments({ state: 'broken' })
    expect(right!.x).toBe(Math.round(TALLY_WIDTH * 0.58))
    expect(right!.y - left!.y).toBe(1)
  })

  test('the words name the state and the seats', () => {
    expect(ruleWords({ state: 'sealed', seats: 2 })).toBe('sealed, 2 of 2')
    expect(ruleWords({ state: 'open', seats: 2, signed: 1 })).toBe('open, 1 of 2 signed')
  })
})

describe('seam', () => {
  const digest = '0fe3422f'.repeat(8)

  test('has two bars for each of the 64 digits', () => {
    expect(seamBars(digest)).toHaveLength(128)
    expect(() => seamBars('0fe3422f')).toThrow(RangeError)
  })

  test('runs from edge to edge and never backwards', () => {
    for (const [width, bar] of [
      [295, 1],
      [358, 1],
      [808, 2],
    ] as const) {
      const xs = Array.from({ length: 128 }, (_, i) => seamX(i, width, bar))
      expect(xs[0]).toBe(0)
      expect(xs[127]).toBe(width - bar)
      expect(xs.every((x, i) => i === 0 || x - xs[i - 1]! > bar)).toBe(true)
    }
  })
})

import { describe, expect, test } from 'vitest'
import type { DiffLine } from '@/lib/definition/model'
import {
  endingWords,
  foldAfterWords,
  foldBeforeWords,
  pagesOf,
  sidePairs,
  wordParts,
} from './diff-parts'

const line = (
  kind: DiffLine['kind'],
  text: string,
  at: number,
  ending: DiffLine['ending'] = '\n',
): DiffLine => ({
  kind,
  text,
  ending,
  beforeLine: kind === 'added' ? null : at,
  afterLine: kind === 'removed' ? null : at,
  marks: [],
})

describe('changed words', () => {
  test('cut a line without losing a character', () => {
    const parts = wordParts('tools: Read, Bash', [[11, 17]])
    expect(parts).toEqual([
      { text: 'tools: Read', changed: false },
      { text: ', Bash', changed: true },
    ])
  })

  test.each([
    [[[0, 3]]],
    [[[2, 2]]],
    [
      [
        [4, 9],
        [1, 6],
      ],
    ],
    [[[3, 99]]],
    [[]],
  ] as [number, number][][][])('marks %j keep the text whole', (marks) => {
    const text = 'abcdefghi'
    expect(
      wordParts(text, marks)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  })

  test('an empty line is one empty part, so that it keeps its height', () => {
    expect(wordParts('', [])).toEqual([{ text: '', changed: false }])
  })
})

describe('folds', () => {
  test('name the lines that they hide', () => {
    expect(foldBeforeWords({ foldBefore: 43, lines: [line('same', '', 49)] })).toBe(
      'Lines 6 to 48 unchanged',
    )
    expect(foldBeforeWords({ foldBefore: 1, lines: [line('removed', '', 2)] })).toBe(
      'Line 1 unchanged',
    )
    expect(foldBeforeWords({ foldBefore: 0, lines: [] })).toBeNull()
  })

  test('the fold at the end counts from the last line shown', () => {
    const diff = {
      aligned: true,
      hunks: [{ foldBefore: 0, lines: [line('added', '', 10)] }],
      foldAfter: 5,
      added: 1,
      removed: 0,
    }
    expect(foldAfterWords(diff)).toBe('Lines 11 to 15 unchanged')
  })
})

test('a changed line says how it ends unless that is a line feed', () => {
  expect(endingWords(line('removed', 'a', 1, '\r\n'))).toBe('CR LF')
  expect(endingWords(line('added', 'a', 1, ''))).toBe('no line break')
  expect(endingWords(line('same', 'a', 1, '\r\n'))).toBeNull()
})

test('side by side, a replaced line stands beside its replacement', () => {
  const lines = [
    line('same', 'a', 1),
    line('removed', 'b', 2),
    line('removed', 'c', 3),
    line('added', 'B', 2),
    line('same', 'd', 3),
  ]
  expect(sidePairs(lines).map((pair) => [pair.left?.text, pair.right?.text])).toEqual([
    ['a', 'a'],
    ['b', 'B'],
    ['c', undefined],
    ['d', 'd'],
  ])
})

test('a long diff is cut into pages that hold every line once, in order', () => {
  const lines = Array.from({ length: 2_500 }, (_, n) => ({
    kind: 'added' as const,
    text: `${n}`,
    ending: '\n' as const,
    beforeLine: null,
    afterLine: n + 1,
    marks: [],
  }))
  const hunks = [
    { foldBefore: 7, lines: lines.slice(0, 10) },
    { foldBefore: 3, lines: lines.slice(10) },
  ]
  const pages = pagesOf(hunks)
  expect(pages.map((page) => page.reduce((sum, hunk) => sum + hunk.lines.length, 0))).toEqual([
    1_000, 1_000, 500,
  ])
  expect(pages.flat().flatMap((hunk) => hunk.lines)).toEqual(lines)
  expect(pages.flat().map((hunk) => hunk.foldBefore)).toEqual([7, 3, 0, 0])
  expect(pagesOf([])).toEqual([])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MergeChoice, type MergePart, mergedText, mergeTexts } from './merge'

const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join('')
const conflicts = (parts: readonly MergePart[]) => parts.filter((part) => part.kind === 'conflict')
const whole = (base: string, mine: string, theirs: string, choices: MergeChoice[] = []) =>
  mergedText(mergeTexts(base, mine, theirs), choices)

describe('merging what two people made of one text', () => {
  const base = text('one', 'two', 'three', 'four', 'five')

  test('changes in different places are both taken', () => {
    const mine = text('one', 'TWO', 'three', 'four', 'five')
    const theirs = text('one', 'two', 'three', 'four', 'FIVE', 'six')
    expect(whole(base, mine, theirs)).toBe(text('one', 'TWO', 'three', 'four', 'FIVE', 'six'))
  })

  test('the same change on both sides is taken once', () => {
    const both = text('one', 'two', 'new', 'three', 'four', 'five')
    const merge = mergeTexts(base, both, both)
    expect(conflicts(merge.parts)).toEqual([])
    expect(mergedText(merge, [])).toBe(both)
  })

  test('different words for one line are a conflict with both sides and the base', () => {
    const mine = text('one', 'mine', 'three', 'four', 'five')
    const theirs = text('one', 'theirs', 'three', 'four', 'five')
    expect(conflicts(mergeTexts(base, mine, theirs).parts)).toEqual([
      { kind: 'conflict', base: ['two\n'], mine: ['mine\n'], theirs: ['theirs\n'] },
    ])
    expect(whole(base, mine, theirs), 'nobody chose').toBeNull()
    expect(whole(base, mine, theirs, ['mine'])).toBe(mine)
    expect(whole(base, mine, theirs, ['theirs'])).toBe(theirs)
    expect(whole(base, mine, theirs, ['both'])).toBe(
      text('one', 'mine', 'theirs', 'three', 'four', 'five'),
    )
  })

  test('a line that one removes and the other changes is a conflict', () => {
    const merge = mergeTexts(
      base,
      text('one', 'three', 'four', 'five'),
      base.replace('two', 'zwei'),
    )
    expect(conflicts(merge.parts)).toEqual([
      { kind: 'conflict', base: ['two\n'], mine: [], theirs: ['zwei\n'] },
    ])
  })

  test('neighbouring lines do not overlap', () => {
    expect(whole(base, base.replace('two', 'TWO'), base.replace('three', 'THREE'))).toBe(
      text('one', 'TWO', 'THREE', 'four', 'five'),
    )
  })

  test('line endings are part of a line, and both sides never run into one line', () => {
    expect(whole('a\r\nb', 'a\r\nx', 'a\r\ny', ['both'])).toBe('a\r\nx\ny')
    expect(whole('a\r\n', 'a\n', 'a\r\n')).toBe('a\n')
  })

  test('what cannot be aligned is one conflict and loses nothing', () => {
    const many = (word: string) => text(...Array.from({ length: 2_500 }, (_, n) => `${word} ${n}`))
    const merge = mergeTexts(many('a'), many('b'), many('c'))
    expect(merge.aligned).toBe(false)
    expect(mergedText(merge, ['theirs'])).toBe(many('c'))
  })
})

const lines = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', 'd\n', '\n'), { maxLength: 12 })
  .map((all) => all.join(''))

describe('for any three texts', () => {
  test('a side that changed nothing leaves the other as it is', () => {
    fc.assert(
      fc.property(lines, lines, (base, changed) => {
        expect(whole(base, changed, base)).toBe(changed)
        expect(whole(base, base, changed)).toBe(changed)
        expect(whole(base, changed, changed)).toBe(changed)
      }),
    )
  })

  test('the parts hold the whole of each side, so nothing is lost', () => {
    fc.assert(
      fc.property(lines, lines, lines, (base, mine, theirs) => {
        const { parts } = mergeTexts(base, mine, theirs)
        const side = (which: 'mine' | 'theirs') =>
          parts
            .flatMap((part) => {
              if (part.kind === 'conflict') return part[which]
              if (part.kind === 'same' || part.from === which || part.from === 'both')
                return part.lines
              return part.base
            })
            .join('')
        expect(side('mine')).toBe(mine)
        expect(side('theirs')).toBe(theirs)
      }),
    )
  })

  test('swapping the sides finds the same conflicts', () => {
    fc.assert(
      fc.property(lines, lines, lines, (base, mine, theirs) => {
        const one = conflicts(mergeTexts(base, mine, theirs).parts)
        const other = conflicts(mergeTexts(base, theirs, mine).parts)
        expect(other.length).toBe(one.length)
      }),
    )
  })
})

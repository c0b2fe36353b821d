import { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineEndingOf } from '@/lib/definition/lines'
import { positionsIn, separatorOf, spliceBetween } from './positions'

const pieces = fc.constantFrom('a', 'bc', '', '\n', '\r\n', '\r', '\ufeff', '人', '😀')
const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''))

function editorOf(text: string) {
  const separator = separatorOf(lineEndingOf(text))
  const extensions = EditorState.lineSeparator.of(separator)
  return { separator, state: EditorState.create({ doc: text, extensions }) }
}

describe('positions in the editor', () => {
  test('opening and reading back changes no character, whatever the line ends', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(editorOf(text).state.sliceDoc()).toBe(text)
      }),
    )
  })

  test('an offset of the file is the same character in the editor', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { separator, state } = editorOf(text)
        const position = positionsIn(text, separator)
        expect(position(text.length)).toBe(state.doc.length)
        for (let offset = 0; offset < text.length; offset++) {
          if (separator === '\r\n' && text[offset - 1] === '\r' && text[offset] === '\n') continue
          expect(state.sliceDoc(0, position(offset))).toBe(text.slice(0, offset))
        }
      }),
    )
  })

  test('the splice between two texts leads from one to the other and touches no common end', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const { start, end, text } = spliceBetween(before, after)
        expect(before.slice(0, start) + text + before.slice(end)).toBe(after)
        expect(end).toBeGreaterThanOrEqual(start)
        if (before === after) expect([start === end, text]).toEqual([true, ''])
      }),
    )
  })
})

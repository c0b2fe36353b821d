import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine } from './csv'

/** A reader of RFC 4180, written apart from the writer. */
function read(line: string): string[] {
  const cells: string[] = []
  const pattern = /"((?:[^"]|"")*)"(,|\r\n)/gy
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    cells.push((match[1] ?? '').replaceAll('""', '"'))
  }
  return cells
}

describe('a line of CSV', () => {
  test('reads back as what was written, whatever stands in the cells', () => {
    const cell = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r]/.test(text))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        expect(read(csvLine(cells))).toEqual(cells)
      }),
    )
  })

  test.each(['=1+1', '+cmd', '-2', '@sum', '\tx'])('never begins a formula: %j', (cell) => {
    expect(read(csvLine([cell]))).toEqual([`'${cell}`])
  })
})

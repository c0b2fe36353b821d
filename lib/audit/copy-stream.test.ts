import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copyReader } from './copy-stream'

/** Encodes rows as PostgreSQL does (COPY … FORMAT binary). */
function encode(rows: (Buffer | null)[][]): Buffer {
  const parts: Buffer[] = [Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]
  const int = (size: 2 | 4, value: number) => {
    const bytes = Buffer.alloc(size)
    bytes.writeIntBE(value, 0, size)
    parts.push(bytes)
  }
  for (const row of rows) {
    int(2, row.length)
    for (const field of row) {
      int(4, field ? field.length : -1)
      if (field) parts.push(field)
    }
  }
  int(2, -1)
  return Buffer.concat(parts)
}

function decode(bytes: Buffer, cuts: number[]): (string | null)[][] {
  const reader = copyReader()
  const rows: (string | null)[][] = []
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length]
  for (let i = 1; i < places.length; i++) {
    reader.push(bytes.subarray(places[i - 1], places[i]), (fields) =>
      rows.push(fields.map((field) => field?.toString('hex') ?? null)),
    )
  }
  reader.end()
  return rows
}

const field = fc.option(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)))

it('reads every tuple wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.array(field, { maxLength: 5 })), fc.array(fc.nat()), (rows, cuts) => {
      expect(decode(encode(rows), cuts)).toEqual(
        rows.map((row) => row.map((value) => value?.toString('hex') ?? null)),
      )
    }),
  )
})

it('refuses a stream that ends too early, and one that is something else', () => {
  const bytes = encode([[Buffer.from('abc')]])
  expect(() => decode(bytes.subarray(0, -2), [])).toThrow(/too early/)
  expect(() => decode(bytes.subarray(0, -4), [])).toThrow(/too early/)
  expect(() => decode(Buffer.alloc(64, 65), [])).toThrow(/binary COPY/)
})

/**
 * Reader of PostgreSQL's binary COPY format: a tuple is a list of fields, each a view on the
 * received bytes (null for NULL). Pure; chunks may be cut anywhere. A view is valid only until the
 * callback returns.
 */
export type CopyReader = {
  /** Hands every complete tuple of what has arrived so far to `onTuple`. */
  push: (chunk: Buffer, onTuple: (fields: (Buffer | null)[]) => void) => void
  /** Throws when the stream ended in the middle. */
  end: () => void
}

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const HEADER = SIGNATURE.length + 8
const TRAILER = -1

export function copyReader(): CopyReader {
  let rest: Buffer = Buffer.alloc(0)
  let started = false
  let ended = false
  return {
    push(chunk, onTuple) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      if (!started) {
        if (bytes.length < HEADER) {
          rest = bytes
          return
        }
        if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
          throw new Error('The database did not answer in binary COPY format.')
        }
        started = true
        bytes = bytes.subarray(HEADER + bytes.readInt32BE(HEADER - 4))
      }
      let at = 0
      for (;;) {
        const tuple = readTuple(bytes, at)
        if (tuple === null) break
        if (tuple === TRAILER) {
          ended = true
          break
        }
        at = tuple.end
        onTuple(tuple.fields)
      }
      rest = bytes.subarray(at)
    },
    end() {
      if (!ended) throw new Error('The answer of the database ended too early.')
    },
  }
}

/** The tuple at `at`, the trailer, or null when it has not fully arrived. */
function readTuple(
  bytes: Buffer,
  at: number,
): { fields: (Buffer | null)[]; end: number } | typeof TRAILER | null {
  if (at + 2 > bytes.length) return null
  const count = bytes.readInt16BE(at)
  if (count === TRAILER) return TRAILER
  const fields: (Buffer | null)[] = []
  let next = at + 2
  for (let i = 0; i < count; i++) {
    if (next + 4 > bytes.length) return null
    const length = bytes.readInt32BE(next)
    next += 4
    if (length < 0) {
      fields.push(null)
      continue
    }
    if (next + length > bytes.length) return null
    fields.push(bytes.subarray(next, next + length))
    next += length
  }
  return { fields, end: next }
}

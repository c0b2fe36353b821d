/** A generator of numbers that is the same on every machine (mulberry32). */
function numbersFrom(text: string): () => number {
  let state = 0x9e3779b9
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x85ebca6b)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const PIECES = [
  '---\n',
  ': ',
  '"',
  "'",
  '[',
  '{',
  '*x',
  '&a',
  '\t',
  '\r',
  '\r\n',
  '\u0000',
  '\ufeff',
  '#',
  '`',
  '```\n',
  '<!--',
  '- ',
  '|',
  '\u202e',
  '人類',
  '🚀',
  '\\',
]

/** Damaged copies of a file: pieces put in, stretches taken out, bytes flipped. */
export function mutationsOf(bytes: Uint8Array, seed: string, count: number): Uint8Array[] {
  const next = numbersFrom(seed)
  return Array.from({ length: count }, () => {
    let copy = bytes
    for (let times = 1 + Math.floor(next() * 3); times > 0; times--) copy = damaged(copy, next)
    return copy
  })
}

function damaged(bytes: Uint8Array, next: () => number): Uint8Array {
  // Two of three hits fall into the first kilobyte, where the header stands.
  const reach = next() < 0.67 ? Math.min(bytes.length, 1024) : bytes.length
  const at = Math.floor(next() * (reach + 1))
  const kind = next()
  if (kind < 0.5) {
    const piece = new TextEncoder().encode(PIECES[Math.floor(next() * PIECES.length)])
    return joined(bytes.subarray(0, at), piece, bytes.subarray(at))
  }
  if (kind < 0.8) {
    const end = Math.min(bytes.length, at + Math.floor(next() * 60))
    return joined(bytes.subarray(0, at), bytes.subarray(end))
  }
  const copy = Uint8Array.from(bytes)
  if (at < copy.length) copy[at] = Math.floor(next() * 256)
  return copy
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

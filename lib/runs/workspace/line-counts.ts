import { diffArrays } from 'diff'

/** Lines added and removed; both 0 for bytes that are no text. */
export type LineCount = { added: number; removed: number }

const MAX_EDITS = 4_000

/** Counts changed lines between two files; null stands for a file that is not there. */
export function lineCounts(before: Uint8Array | null, after: Uint8Array | null): LineCount {
  const [old, now] = [linesOf(before), linesOf(after)]
  if (old === null || now === null) return { added: 0, removed: 0 }
  const parts = diffArrays(old, now, { maxEditLength: MAX_EDITS })
  // Too different to align in reasonable time: everything went, everything came.
  if (parts === undefined) return { added: now.length, removed: old.length }
  const count = { added: 0, removed: 0 }
  for (const part of parts) {
    if (part.added) count.added += part.value.length
    if (part.removed) count.removed += part.value.length
  }
  return count
}

function linesOf(bytes: Uint8Array | null): string[] | null {
  if (bytes === null || bytes.length === 0) return []
  if (bytes.subarray(0, 8_000).includes(0)) return null
  const lines = Buffer.from(bytes).toString('utf8').split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

import type { LineEnding } from '@/lib/definition/model'

/**
 * An editor counts every line break as one character; a definition's ranges count the characters of
 * the file. Only a file whose every break is CR LF differs; in a mixed one LF breaks lines and a CR
 * stays a character, so that no byte changes by being shown.
 */
export function separatorOf(eol: LineEnding): '\n' | '\r\n' | '\r' {
  return eol === 'crlf' ? '\r\n' : eol === 'cr' ? '\r' : '\n'
}

/** Offsets of `text` turned into positions of an editor that breaks lines at `separator`. */
export function positionsIn(
  text: string,
  separator: '\n' | '\r\n' | '\r',
): (offset: number) => number {
  if (separator.length === 1) return (offset) => offset
  const breaks: number[] = []
  for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + 2)) {
    breaks.push(at)
  }
  return (offset) => offset - countBelow(breaks, offset - 1)
}

/** How many of the ascending `values` are smaller than `limit`. */
function countBelow(values: readonly number[], limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** What differs between two texts, as one splice between their common ends. */
export function spliceBetween(
  before: string,
  after: string,
): { start: number; end: number; text: string } {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  let tail = 0
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

type Place = { start: number; end: number }
export type MarkedPart = { text: string; marked: boolean; start: number }

/** A text cut into what is marked and what is not. Places may overlap and come in any order. */
export function markedParts(text: string, places: readonly Place[]): MarkedPart[] {
  const parts: MarkedPart[] = []
  const put = (start: number, end: number, marked: boolean) => {
    if (end > start) parts.push({ text: text.slice(start, end), marked, start })
  }
  let at = 0
  const sorted = [...places].sort((a, b) => a.start - b.start)
  for (let i = 0; i < sorted.length; ) {
    const first = sorted[i] as Place
    let end = first.end
    for (i += 1; i < sorted.length && (sorted[i] as Place).start < end; i += 1) {
      end = Math.max(end, (sorted[i] as Place).end)
    }
    put(at, first.start, false)
    put(first.start, Math.min(end, text.length), true)
    at = Math.min(end, text.length)
  }
  put(at, text.length, false)
  return parts
}

import type { LineEnding, TextRange } from './model'

/** Line starts of a text; `\n`, `\r\n` and a lone `\r` each end a line, as in CommonMark. */
export class Lines {
  private readonly starts: number[] = [0]

  constructor(readonly text: string) {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) this.starts.push(at + 1)
    }
  }

  /** Number of lines; a final line ending does not begin another one. */
  get count(): number {
    const last = this.starts[this.starts.length - 1] ?? 0
    return last === this.text.length && this.starts.length > 1
      ? this.starts.length - 1
      : this.starts.length
  }

  /** The 1-based line that holds `offset`. */
  lineAt(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  /** Offset of the first character of a 1-based line; the end of the text for a line beyond it. */
  startOf(line: number): number {
    return this.starts[line - 1] ?? this.text.length
  }

  /** Offset just after the line's own ending. */
  endOf(line: number): number {
    return this.starts[line] ?? this.text.length
  }

  /** A line without its ending. */
  contentOf(line: number): string {
    let end = this.endOf(line)
    const start = this.startOf(line)
    while (end > start && isBreak(this.text.charCodeAt(end - 1))) end -= 1
    return this.text.slice(start, end)
  }

  range(start: number, end: number): TextRange {
    const line = this.lineAt(start)
    return { start, end, line, endLine: end > start ? this.lineAt(end - 1) : line }
  }
}

const isBreak = (unit: number) => unit === 10 || unit === 13

/** Which line ending a text uses; `mixed` when it uses more than one kind. */
export function lineEndingOf(text: string): LineEnding {
  const kinds = { lf: false, crlf: false, cr: false }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 10) kinds.lf = true
    else if (unit === 13) {
      const pair = text.charCodeAt(at + 1) === 10
      if (pair) at += 1
      kinds[pair ? 'crlf' : 'cr'] = true
    }
  }
  const used = (['lf', 'crlf', 'cr'] as const).filter((kind) => kinds[kind])
  return used.length > 1 ? 'mixed' : (used[0] ?? 'none')
}

/** The line ending to write into a text that uses `eol`. */
export function lineBreak(eol: LineEnding): string {
  return eol === 'crlf' ? '\r\n' : eol === 'cr' ? '\r' : '\n'
}

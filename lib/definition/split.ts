import type { Lines } from './lines'
import type { DiagnosticCode } from './model'

/**
 * Where the frontmatter lies. `open` and `close` are the lines of the two fences. A problem says
 * why there is no block; `from`/`to` are then the lines that look like fields, if any.
 */
type Split =
  | { kind: 'block'; open: number; close: number }
  | { kind: 'none'; problem: DiagnosticCode; line: number; from: number; to: number }

const FENCE = /^---[ \t]*$/
const LONG_FENCE = /^-{4,}[ \t]*$/
const CODE_FENCE = /^(?:```|~~~)/
const FIELD = /^[A-Za-z_][\w-]*:(?:[ \t]|$)/
/** How far to look for the cause when there is no block. */
const LOOK_AHEAD = 60

/**
 * Splits off the frontmatter: an optional byte order mark, a line `---` with trailing blanks, up to
 * the next such line (formats.md section 8.3). Everything else gets a named problem.
 */
export function splitFrontmatter(lines: Lines): Split {
  const content = (line: number) => {
    const text = lines.contentOf(line)
    return line === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }
  if (FENCE.test(content(1))) return closeBlock(lines, content)
  return withoutBlock(lines, content)
}

function closeBlock(lines: Lines, content: (line: number) => string): Split {
  let long = 0
  for (let line = 2; line <= lines.count; line++) {
    const text = content(line)
    if (FENCE.test(text)) return { kind: 'block', open: 1, close: line }
    if (long === 0 && LONG_FENCE.test(text)) long = line
  }
  const to = long > 0 ? long - 1 : lastField(lines, content, 2)
  const problem = long > 0 ? 'frontmatter-long-fence' : 'frontmatter-closing-missing'
  return { kind: 'none', problem, line: long > 0 ? long : 1, from: 2, to }
}

function withoutBlock(lines: Lines, content: (line: number) => string): Split {
  const none = (problem: DiagnosticCode, line: number, from = 0, to = -1): Split => ({
    kind: 'none',
    problem,
    line,
    from,
    to,
  })
  let first = 1
  while (first < Math.min(lines.count, LOOK_AHEAD) && content(first).trim() === '') first += 1
  const text = content(first)
  const closing = nextFence(lines, content, first + 1)
  if (FENCE.test(text.trim()) && closing > 0) {
    const problem = text.startsWith('---') ? 'frontmatter-leading-blank' : 'frontmatter-indented'
    return none(problem, first, first + 1, closing - 1)
  }
  if (LONG_FENCE.test(text)) {
    return none('frontmatter-long-fence', first, first + 1, lastField(lines, content, first + 1))
  }
  if (CODE_FENCE.test(text) && FENCE.test(content(first + 1).trim())) {
    const end = nextFence(lines, content, first + 2)
    return none('frontmatter-in-code-fence', first, first + 2, end > 0 ? end - 1 : first + 1)
  }
  if (FIELD.test(text)) {
    const end = closing > 0 ? closing - 1 : lastField(lines, content, first)
    return none('frontmatter-opening-missing', first, first, end)
  }
  return none('frontmatter-none', 1)
}

function nextFence(lines: Lines, content: (line: number) => string, from: number): number {
  const last = Math.min(lines.count, from + LOOK_AHEAD)
  for (let line = from; line <= last; line++) if (FENCE.test(content(line).trim())) return line
  return 0
}

/** The last line of an unbroken run of fields and their continuations. */
function lastField(lines: Lines, content: (line: number) => string, from: number): number {
  let last = from - 1
  for (let line = from; line <= Math.min(lines.count, from + LOOK_AHEAD); line++) {
    const text = content(line)
    if (FIELD.test(text) || (line > from && /^[ \t]+\S|^- /.test(text))) last = line
    else break
  }
  return last
}

import type { Lines } from '@/lib/definition/lines'
import { parseBlocks } from '@/lib/definition/markdown'
import type { TextRange } from '@/lib/definition/model'
import { plainText } from '@/lib/definition/plain'
import { FINDING_SEVERITIES, PRINCIPLE_GROUPS, type Principle } from '../model'

export type Problem = { message: string; line: number }
/** A heading of the body with the paragraph below it; offsets into the whole text. */
export type Heading = {
  title: string
  depth: number
  /** Where the heading's own lines end. */
  end: number
  line: number
  /** The paragraph right below, or null. */
  below: TextRange | null
  /** Where its text begins and ends: up to the next heading of its rank or a higher one. */
  text: { start: number; end: number }
}

const MAX_PRINCIPLES = 100
const MAX_PRINCIPLE_TEXT = 50_000
const HEADING = /^(ATX|Setext)Heading([1-6])$/
const STATED = new RegExp(
  `^Slug: ([a-z0-9]+(?:-[a-z0-9]+)*)\\. Group: (${PRINCIPLE_GROUPS.join('|')})\\. ` +
    `Severity: (${FINDING_SEVERITIES.join('|')})\\.( Critical\\.)?$`,
)
const SHOWN =
  'Write it as “Slug: library-first. Group: immutable. Severity: error.”, with “Critical.” after it where that holds.'

/** The line below a principle's heading that says what it is. */
export function statedLine(one: Omit<Principle, 'title' | 'text'>): string {
  const critical = one.critical ? ' Critical.' : ''
  return `Slug: ${one.slug}. Group: ${one.group}. Severity: ${one.severity}.${critical}`
}

/** Headings at the root of the body, in order; null when it is nested beyond reading. */
export function headingsOf(lines: Lines, from: number): Heading[] | null {
  const body = lines.text.slice(from)
  const tree = parseBlocks(body)
  if (tree === null) return null
  const found: Omit<Heading, 'text'>[] = []
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const [, style, depth] = HEADING.exec(node.name) ?? []
    if (style === undefined) continue
    const next = node.nextSibling
    found.push({
      title: titleOf(body.slice(node.from, node.to), style === 'ATX'),
      depth: Number(depth),
      end: from + endOf(body, node),
      line: lines.lineAt(from + node.from),
      below:
        next?.name === 'Paragraph' ? lines.range(from + next.from, from + endOf(body, next)) : null,
    })
  }
  return found.map((heading, index) => {
    const next = found.slice(index + 1).find((one) => one.depth <= heading.depth)
    const end = next ? lines.startOf(next.line) : lines.text.length
    return { ...heading, text: { start: heading.end, end } }
  })
}

/** Where a block's own text ends; to the parser a carriage return at its end is a blank. */
function endOf(body: string, node: { from: number; to: number }): number {
  return node.from + body.slice(node.from, node.to).trimEnd().length
}

/** A heading's words as they are written, without its marks. */
function titleOf(source: string, atx: boolean): string {
  const words = atx
    ? source.replace(/^\s*#{1,6}/, '').replace(/\s#+\s*$/, '')
    : source.replace(/[\r\n]+[^\r\n]*$/, '')
  return plainText(words).replace(/\s+/g, ' ').trim()
}

export type Body = { title: string; principles: Principle[]; problems: Problem[] }

/** Title and principles of a body. Everything else in it is prose that nobody has to read. */
export function readBody(lines: Lines, from: number): Body {
  const headings = headingsOf(lines, from)
  const first = lines.lineAt(Math.min(from, Math.max(0, lines.text.length - 1)))
  if (headings === null) {
    const message = 'The text is nested deeper than anything a person writes.'
    return { title: '', principles: [], problems: [{ message, line: first }] }
  }
  const problems: Problem[] = []
  const principles: Principle[] = []
  const seen = new Set<string>()
  for (const heading of headings) {
    const read = readPrinciple(lines, heading)
    if (read === null) continue
    if ('message' in read) {
      problems.push(read)
      continue
    }
    if (seen.has(read.slug)) {
      problems.push({ message: `${read.slug} stands here twice.`, line: heading.line })
    }
    seen.add(read.slug)
    principles.push(read)
  }
  const title = headings.find((heading) => heading.depth === 1 && heading.title !== '')
  if (!title) {
    problems.push({ message: 'Give the text a title: a heading of the first level.', line: first })
  }
  if (title && title.title.length > 200) {
    problems.push({ message: 'The title is longer than 200 characters.', line: title.line })
  }
  if (principles.length > MAX_PRINCIPLES) {
    problems.push({ message: `At most ${MAX_PRINCIPLES} principles.`, line: first })
  }
  return { title: title?.title ?? '', principles, problems }
}

function readPrinciple(lines: Lines, heading: Heading): Principle | Problem | null {
  const { below } = heading
  if (below === null) return null
  const paragraph = lines.text.slice(below.start, below.end)
  if (!paragraph.startsWith('Slug:')) return null
  const [, slug, group, severity, critical] = STATED.exec(paragraph) ?? []
  if (slug === undefined || group === undefined || severity === undefined) {
    const more = /[\r\n]/.test(paragraph) ? ' Leave a blank line below it.' : ''
    return { message: `This does not say what the principle is. ${SHOWN}${more}`, line: below.line }
  }
  if (heading.depth === 1) {
    return { message: 'A principle needs a heading below the first level.', line: heading.line }
  }
  if (heading.title === '' || heading.title.length > 200) {
    return { message: 'A principle needs a title of up to 200 characters.', line: heading.line }
  }
  const text = plainText(lines.text.slice(below.end, heading.text.end))
    .replace(/\r\n?/g, '\n')
    .trim()
  if (text.length > MAX_PRINCIPLE_TEXT) {
    return { message: 'The text of this principle is too long.', line: heading.line }
  }
  return {
    slug,
    title: heading.title,
    group: group as Principle['group'],
    critical: critical !== undefined,
    severity: severity as Principle['severity'],
    text,
  }
}

import type { Lines } from './lines'
import { inlineText, type MarkdownNode, parseBlocks, type Tree } from './markdown'
import type { Diagnostic, Section, TextRange } from './model'

const MAX_SECTIONS = 2_000
const HEADING = /^(?:ATX|Setext)Heading([1-6])$/
/** What a template leaves behind when nobody fills it in (requirement S24). */
const PLACEHOLDER =
  /^(?:\{\{[^}]*\}\}|\{[^}]*\}|\$\{[^}]*\}|\[[^\]]*\]|<[^>]*>|todo|tbd|tba|fixme|n\/a|…|\.{3})[.:!]?$/i

type Heading = { node: MarkdownNode; depth: number }
type Block = { start: number; end: number; heading: Heading | null; filled: boolean }
type Body = { sections: Section[]; diagnostics: Diagnostic[]; tree: Tree | null }

/**
 * Sections of a body by the positions of a CommonMark parser: only headings at the root of the
 * document count, so what looks like one inside a code fence, a quote or a list does not.
 */
export function readBody(lines: Lines, range: TextRange): Body {
  const text = lines.text.slice(range.start, range.end)
  const tree = parseBlocks(text)
  if (tree === null) {
    const message =
      'The text is nested deeper than anything a person writes; its sections are not read.'
    return { sections: [], tree, diagnostics: [{ code: 'body-too-nested', message, range }] }
  }
  const blocks = rootBlocks(tree, text)
  const diagnostics = unclosedFences(tree, text, { lines, offset: range.start })
  const headings = blocks.filter((block) => block.heading !== null).length
  if (headings > MAX_SECTIONS) {
    const message = `The text has more than ${MAX_SECTIONS} headings; its sections are not read.`
    return { sections: [], tree, diagnostics: [{ code: 'body-too-nested', message, range }] }
  }
  return { sections: sectionsOf(blocks, text, { lines, range }), diagnostics, tree }
}

function rootBlocks(tree: Tree, text: string): Block[] {
  const blocks: Block[] = []
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const depth = Number(HEADING.exec(node.name)?.[1] ?? 0)
    blocks.push({
      start: node.from,
      end: node.to,
      heading: depth > 0 ? { node, depth } : null,
      filled: depth === 0 && isFilled(node.name, text.slice(node.from, node.to)),
    })
  }
  return blocks
}

function isFilled(name: string, source: string): boolean {
  if (name === 'HorizontalRule' || name === 'CommentBlock') return false
  return !PLACEHOLDER.test(source.trim())
}

function sectionsOf(
  blocks: readonly Block[],
  text: string,
  { lines, range }: { lines: Lines; range: TextRange },
): Section[] {
  const sections: Section[] = []
  const open: { section: Section; depth: number }[] = []
  const close = (depth: number, end: number) => {
    while ((open[open.length - 1]?.depth ?? 0) >= depth) {
      const closed = open.pop()
      if (closed) finish(closed.section, end, lines)
    }
  }
  for (const block of blocks) {
    if (block.heading === null) {
      if (block.filled) for (const each of open) each.section.empty = false
      continue
    }
    const start = range.start + block.start
    close(block.heading.depth, start)
    const section = begin(block.heading, text, { lines, start, end: range.start + block.end })
    sections.push(section)
    open.push({ section, depth: block.heading.depth })
  }
  close(1, range.end)
  return sections
}

function begin(
  { node, depth }: Heading,
  text: string,
  { lines, start, end }: { lines: Lines; start: number; end: number },
): Section {
  const contentStart = lines.endOf(lines.lineAt(Math.max(start, end - 1)))
  return {
    depth,
    title: titleOf(node, text),
    range: lines.range(start, end),
    contentRange: lines.range(contentStart, contentStart),
    line: lines.lineAt(start),
    empty: true,
  }
}

function finish(section: Section, end: number, lines: Lines): void {
  const contentStart = Math.min(section.contentRange.start, end)
  section.range = lines.range(section.range.start, end)
  section.contentRange = lines.range(contentStart, end)
}

function titleOf(node: MarkdownNode, text: string): string {
  const marks = node.getChildren('HeaderMark')
  const atx = node.name.startsWith('ATX')
  const [first] = marks
  const last = marks[marks.length - 1]
  const start = atx && first ? first.to : node.from
  const end = last && last.from > start ? last.from : node.to
  return inlineText(text.slice(start, end).replace(/\s+/g, ' '))
}

function unclosedFences(
  tree: Tree,
  text: string,
  { lines, offset }: { lines: Lines; offset: number },
): Diagnostic[] {
  const last = tree.topNode.lastChild
  if (last?.name !== 'FencedCode' || last.getChildren('CodeMark').length !== 1) return []
  const firstLine = text.slice(last.from).search(/[\n\r]|$/)
  return [
    {
      code: 'code-fence-unclosed',
      message: 'This code fence is never closed, so everything after it reads as code.',
      range: lines.range(offset + last.from, offset + last.from + firstLine),
    },
  ]
}

import { encodeText } from './decode'
import { Lines, lineBreak } from './lines'
import type { DefinitionContent } from './model'
import { readDefinition } from './read'
import { fieldStart } from './recover'
import { splitFrontmatter } from './split'
import { parseYamlBlock } from './yaml'

const NOTHING = 'There is nothing to repair.'
const FENCES = 'Puts the fields between two lines `---`, at the very start of the file.'
const UNSURE = 'No repair is certain enough to offer. Correct the frontmatter in the text.'

/** One thing that a repair does, with the line of the file as it was. */
export type Repair = { line: number; sentence: string }
export type RepairResult =
  | { ok: true; bytes: Uint8Array; repairs: Repair[] }
  | { ok: false; reason: string }

/**
 * Proposes bytes in which the frontmatter can be read: fences put right, values that YAML misreads
 * quoted or written as a block. For a person to look at as a diff, never to be applied unseen. The
 * proposal parses, says the same name, description, tools and model as could be read before, and
 * leaves the body as it is; otherwise there is none. `repairs` says everything that it does.
 */
export function repairFrontmatter(definition: DefinitionContent): RepairResult {
  const { text, encoding, frontmatter, fate } = definition
  if (encoding !== 'utf-8') return { ok: false, reason: 'The bytes are not UTF-8.' }
  const readable = frontmatter?.valid === true || fate.kind === 'loads'
  if (readable || definition.fields.length === 0) {
    return { ok: false, reason: readable ? NOTHING : UNSURE }
  }
  const fenced = frontmatter === null ? withFences(text, lineBreak(definition.eol)) : text
  if (fenced === null) return { ok: false, reason: UNSURE }
  const moved = new Lines(fenced).count - new Lines(text).count
  const { text: repaired, repairs } = withReadableValues(fenced, lineBreak(definition.eol))
  const fences = fenced === text ? [] : [{ line: 1, sentence: FENCES }]
  const bytes = encodeText(repaired, 'utf-8')
  const after = readDefinition(bytes, definition.path === null ? {} : { path: definition.path })
  return after.frontmatter?.valid === true && saysTheSame(definition, after)
    ? {
        ok: true,
        bytes,
        repairs: [
          ...fences,
          ...repairs.map((each) => ({ ...each, line: Math.max(1, each.line - moved) })),
        ],
      }
    : { ok: false, reason: UNSURE }
}

function saysTheSame(before: DefinitionContent, after: DefinitionContent): boolean {
  const words = (text: string | null) => (text ?? '').replace(/[\s"'>|]+/g, ' ').trim()
  return (
    words(before.name) === words(after.name) &&
    words(before.description) === words(after.description) &&
    words(before.model) === words(after.model) &&
    before.tools.names.join('\n') === after.tools.names.join('\n') &&
    before.tools.inheritsAll === after.tools.inheritsAll
  )
}

/** Puts the fences where they belong; null when the block cannot be told from the body. */
function withFences(text: string, eol: string): string | null {
  const lines = new Lines(text)
  const split = splitFrontmatter(lines)
  if (split.kind === 'block') return text
  const { problem, from, to } = split
  if (to < from) return null
  const header = text.slice(lines.startOf(from), lines.endOf(to))
  const fences = (rest: string) => `---${eol}${header}---${eol}${rest}`
  const after = text.slice(lines.endOf(to))
  switch (problem) {
    case 'frontmatter-closing-missing':
      return fences(after)
    case 'frontmatter-opening-missing':
    case 'frontmatter-leading-blank':
    case 'frontmatter-indented':
    case 'frontmatter-long-fence':
      return fences(withoutFirstFence(after))
    case 'frontmatter-in-code-fence':
      return fences(withoutCodeFence(withoutFirstFence(after), eol))
    default:
      return null
  }
}

function withoutFirstFence(text: string): string {
  return text.replace(/^[ \t]*-{3,}[ \t]*(?:\r\n|\n|\r|$)/, '')
}

/** Without the fence that closed around the whole file, which is its last line. */
function withoutCodeFence(text: string, eol: string): string {
  const trimmed = text.trimEnd()
  return /(?:^|[\n\r])(?:```|~~~)$/.test(trimmed) ? `${trimmed.slice(0, -3).trimEnd()}${eol}` : text
}

function withReadableValues(text: string, eol: string): { text: string; repairs: Repair[] } {
  const lines = new Lines(text)
  const split = splitFrontmatter(lines)
  if (split.kind === 'none') return { text, repairs: [] }
  const repairs: Repair[] = []
  const seen = new Map<string, string>()
  let header = ''
  for (const { source, line } of entriesOf(lines, split.open + 1, split.close - 1)) {
    const repaired = repairOf(source, eol, seen)
    header += repaired?.text ?? source
    if (repaired) repairs.push({ line, sentence: repaired.sentence })
  }
  const whole =
    text.slice(0, lines.endOf(split.open)) + header + text.slice(lines.startOf(split.close))
  return { text: whole, repairs }
}

type Entry = { source: string; line: number }

/** The block cut where fields begin; what stands before the first one is an entry of its own. */
function entriesOf(lines: Lines, from: number, to: number): Entry[] {
  const entries: Entry[] = []
  for (let line = from; line <= to; line++) {
    const source = lines.text.slice(lines.startOf(line), lines.endOf(line))
    const last = entries[entries.length - 1]
    if (!last || fieldStart(lines.contentOf(line)) !== null) entries.push({ source, line })
    else last.source += source
  }
  return entries
}

type Repaired = { text: string; sentence: string }

/** How one field becomes readable; null where it is. `seen` are the fields above it. */
function repairOf(entry: string, eol: string, seen: Map<string, string>): Repaired | null {
  const [, key, value] = /^([A-Za-z_][\w-]*):[ \t]*([\s\S]*)$/.exec(entry) ?? []
  if (key === undefined || value === undefined) return null
  const said = value.trim()
  const twice = seen.get(key)
  seen.set(key, said)
  if (twice === said) {
    return { text: '', sentence: `Takes out the second ${key}, which says the same as the first.` }
  }
  if (parses(entry)) return null
  const closed = withClosing(said)
  if (closed !== null && parses(`${key}: ${closed.text}`)) {
    return {
      text: `${key}: ${closed.text}${eol}`,
      sentence: `Closes the ${closed.what} of ${key}.`,
    }
  }
  if (!/[\n\r]/.test(said)) {
    const sentence = `Puts the value of ${key} in quotes.`
    return { text: `${key}: ${JSON.stringify(said)}${eol}`, sentence }
  }
  const indented = said
    .split(/\r\n|\n|\r/)
    .map((line) => (line.trim() === '' ? '' : `  ${line.trim()}`))
  const sentence = `Writes ${key} as a block over ${indented.length} indented lines.`
  return { text: `${key}: |-${eol}${indented.join(eol)}${eol}`, sentence }
}

function parses(entry: string): boolean {
  return parseYamlBlock(entry, () => ({ start: 0, end: 0, line: 1, endLine: 1 })).valid
}

/** A value of one line with the quote or bracket that it lacks; null where that is not what is wrong. */
function withClosing(said: string): { text: string; what: string } | null {
  if (/[\n\r]/.test(said)) return null
  const [first = ''] = said
  const inside = said.slice(1)
  if ((first === '"' || first === "'") && !inside.includes(first) && !inside.includes('\\')) {
    return { text: said + first, what: 'quote' }
  }
  return first === '[' && /^[\w\s,"'*:()-]+$/.test(inside)
    ? { text: `${said}]`, what: 'bracket' }
    : null
}

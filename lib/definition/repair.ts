import { encodeText } from './decode'
import { Lines, lineBreak } from './lines'
import type { DefinitionContent, EditResult } from './model'
import { readDefinition } from './read'
import { fieldStart } from './recover'
import { splitFrontmatter } from './split'
import { parseYamlBlock } from './yaml'

const NOTHING = 'There is nothing to repair.'
const UNSURE = 'No repair is certain enough to offer. Correct the frontmatter in the text.'

/**
 * Proposes bytes in which the frontmatter can be read: fences put right, values that YAML misreads
 * quoted or written as a block. For a person to look at as a diff, never to be applied unseen. The
 * proposal parses, says the same name, description, tools and model as could be read before, and
 * leaves the body as it is; otherwise there is none.
 */
export function repairFrontmatter(definition: DefinitionContent): EditResult {
  const { text, encoding, frontmatter, fate } = definition
  if (encoding !== 'utf-8') return { ok: false, reason: 'The bytes are not UTF-8.' }
  const readable = frontmatter?.valid === true || fate.kind === 'loads'
  if (readable || definition.fields.length === 0) {
    return { ok: false, reason: readable ? NOTHING : UNSURE }
  }
  const fenced = frontmatter === null ? withFences(text, lineBreak(definition.eol)) : text
  if (fenced === null) return { ok: false, reason: UNSURE }
  const repaired = withReadableValues(fenced, lineBreak(definition.eol))
  const bytes = encodeText(repaired, 'utf-8')
  const after = readDefinition(bytes, definition.path === null ? {} : { path: definition.path })
  return after.frontmatter?.valid === true && saysTheSame(definition, after)
    ? { ok: true, bytes }
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

function withReadableValues(text: string, eol: string): string {
  const lines = new Lines(text)
  const split = splitFrontmatter(lines)
  if (split.kind === 'none') return text
  const entries = entriesOf(lines, split.open + 1, split.close - 1)
  const header = entries.map((entry) => readable(entry, eol)).join('')
  return text.slice(0, lines.endOf(split.open)) + header + text.slice(lines.startOf(split.close))
}

/** The block cut where fields begin; what stands before the first one is an entry of its own. */
function entriesOf(lines: Lines, from: number, to: number): string[] {
  const entries: string[] = []
  for (let line = from; line <= to; line++) {
    const source = lines.text.slice(lines.startOf(line), lines.endOf(line))
    const last = entries.length - 1
    if (last < 0 || fieldStart(lines.contentOf(line)) !== null) entries.push(source)
    else entries[last] += source
  }
  return entries
}

function readable(entry: string, eol: string): string {
  const noPlace = () => ({ start: 0, end: 0, line: 1, endLine: 1 })
  if (parseYamlBlock(entry, noPlace).valid) return entry
  const match = /^([A-Za-z_][\w-]*):[ \t]*([\s\S]*)$/.exec(entry)
  const [, key, value] = match ?? []
  if (key === undefined || value === undefined) return entry
  const said = value.trim()
  if (!/[\n\r]/.test(said)) return `${key}: ${JSON.stringify(said)}${eol}`
  const indented = said
    .split(/\r\n|\n|\r/)
    .map((line) => (line.trim() === '' ? '' : `  ${line.trim()}`))
  return `${key}: |-${eol}${indented.join(eol)}${eol}`
}

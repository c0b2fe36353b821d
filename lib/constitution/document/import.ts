import { Lines, lineEndingOf } from '@/lib/definition/lines'
import { splitFrontmatter } from '@/lib/definition/split'
import { parseYamlBlock } from '@/lib/definition/yaml'
import type { ConstitutionContent } from '../model'
import { label as labelSchema } from './data'
import { type Recognised, recognise } from './family'
import { parseConstitution, readText } from './parse'
import { type Heading, headingsOf, type Problem, readBody, statedLine } from './principles'
import { replaceData } from './render'

/** `notes` are sentences on what was taken over and what was recognised; none for our own format. */
export type ImportedConstitution =
  | { ok: true; bytes: Uint8Array; content: ConstitutionContent; notes: string[] }
  | { ok: false; problems: Problem[] }

/**
 * Takes a file as the next constitution. One of our own format is taken byte for byte. Another
 * team's, which is prose alone, keeps its prose byte for byte: its principles are recognised by
 * their titles and get a line that says what they are, and the data is taken over from the rulebook
 * in force. Says everything that it did. Never throws.
 */
export function importConstitution(
  bytes: Uint8Array,
  inForce: ConstitutionContent,
): ImportedConstitution {
  const text = readText(bytes)
  if (typeof text !== 'string') return { ok: false, problems: [text] }
  const lines = new Lines(text)
  const front = foreignFront(lines)
  if (front === 'ours') {
    const parsed = parseConstitution(bytes)
    return parsed.ok ? { ...parsed, bytes, notes: [] } : parsed
  }
  return adopt(text.slice(front.end), { inForce, notes: front.notes })
}

/** Where the prose begins, or that the frontmatter is in our format. */
function foreignFront(lines: Lines): 'ours' | { end: number; notes: string[] } {
  const bom = lines.text.charCodeAt(0) === 0xfeff ? 1 : 0
  const split = splitFrontmatter(lines)
  if (split.kind !== 'block') return { end: bom, notes: [] }
  const from = lines.endOf(split.open)
  const at = (start: number, end: number) => lines.range(from + start, from + end)
  const block = parseYamlBlock(lines.text.slice(from, lines.startOf(split.close)), at)
  if (!block.valid || block.fields.some((field) => field.key === 'label')) return 'ours'
  return {
    end: lines.endOf(split.close),
    notes: ['Its frontmatter holds no rules that Chancery knows. It was left out.'],
  }
}

type Found = { heading: Heading; principle: Recognised }

function adopt(
  prose: string,
  given: { inForce: ConstitutionContent; notes: string[] },
): ImportedConstitution {
  const { inForce } = given
  const lines = new Lines(prose)
  const headings = headingsOf(lines, 0)
  if (headings === null) {
    const message = 'The text is nested deeper than anything a person writes.'
    return { ok: false, problems: [{ message, line: 1 }] }
  }
  const version = versionOf(prose)
  const { found, notes } = recogniseAll(headings, version)
  if (found.length === 0) {
    const message =
      'No principle was recognised. A principle is a heading such as “Principle I: Library first”.'
    return { ok: false, problems: [{ message, line: 1 }] }
  }
  const title = headings.some((one) => one.depth === 1 && one.title !== '')
  const eol = lineEndingOf(prose) === 'crlf' ? '\r\n' : '\n'
  const body = `${title ? '' : `# Constitution${eol}${eol}`}${stated(prose, found, eol)}`
  const label = version ?? `${inForce.label}-next`.slice(0, 40)
  const made = withData(body, { ...inForce, label }, eol)
  if (!made.ok) return made
  const called =
    version === null
      ? `It names no version. It was called ${label}; change that before you propose it.`
      : `It calls itself ${version}.`
  const taken = `It holds no data. Departments, tools, models, servers, keywords, sections and reviews were taken over from ${inForce.label}, which is in force.`
  return { ...made, notes: [...given.notes, ...notes, called, taken] }
}

/** Puts the data of a rulebook before a body, whose title and principles are its own. */
function withData(body: string, data: ConstitutionContent, eol: string): ImportedConstitution {
  const fences = `---${eol}---${eol}${eol}`
  const text = fences + body
  const read = readBody(new Lines(text), fences.length)
  if (read.problems.length > 0) return { ok: false, problems: read.problems }
  const content = { ...data, title: read.title, principles: read.principles }
  const bytes = replaceData(new TextEncoder().encode(text), content)
  return { ok: true, bytes, content, notes: [] }
}

function recogniseAll(
  headings: readonly Heading[],
  version: string | null,
): { found: Found[]; notes: string[] } {
  const found: Found[] = []
  const above: string[] = []
  const again: string[] = []
  for (const heading of headings) {
    above.length = Math.max(0, heading.depth - 1)
    const under = above.filter(Boolean).join(' ')
    above[heading.depth - 1] = heading.title
    const principle = heading.depth === 1 ? null : recognise(heading.title, { under, version })
    if (principle === null || heading.title.length > 200) continue
    if (found.some((one) => one.principle.slug === principle.slug)) again.push(heading.title)
    else found.push({ heading, principle })
  }
  const known = found.filter((one) => one.principle.known).length
  const made = found.filter((one) => !one.principle.known).map((one) => one.principle.slug)
  const notes = [`${known} principles were recognised by their titles.`]
  if (made.length > 0) notes.push(`New to Chancery, named by their titles: ${made.join(', ')}.`)
  if (again.length > 0) {
    notes.push(`Named twice, so left as prose: ${again.slice(0, 10).join('; ')}.`)
  }
  return { found, notes }
}

/** The prose with one line put in below each recognised heading; everything else stays. */
function stated(prose: string, found: readonly Found[], eol: string): string {
  let text = ''
  let at = 0
  for (const { heading, principle } of found) {
    text += `${prose.slice(at, heading.end)}${eol}${eol}${statedLine(principle)}${eol}`
    at = heading.end
  }
  return text + prose.slice(at)
}

/** The version that the text claims for itself, when it can be a label. */
function versionOf(prose: string): string | null {
  const claimed = /\bversion\W{1,6}v?(\d{1,4}\.\d{1,4}\.\d{1,4})\b/i.exec(prose)?.[1]
  return claimed !== undefined && labelSchema.safeParse(claimed).success ? claimed : null
}

import type { z } from 'zod'
import { MAX_DEFINITION_BYTES, MAX_RULEBOOK_BYTES, MAX_RULEBOOK_KEYS } from '@/lib/core/limits'
import { decodeBytes } from '@/lib/definition/decode'
import { Lines } from '@/lib/definition/lines'
import type { JsonValue } from '@/lib/definition/model'
import { splitFrontmatter } from '@/lib/definition/split'
import { parseYamlBlock, type RawField } from '@/lib/definition/yaml'
import type { ConstitutionContent } from '../model'
import { asRead, type ConstitutionData, dataSchema, writtenName } from './data'
import { type Problem, readBody } from './principles'

export type ParsedConstitution =
  | { ok: true; content: ConstitutionContent }
  | { ok: false; problems: Problem[] }

const MAX_PROBLEMS = 20

/**
 * Reads the document of a constitution: the frontmatter holds its data, the body its title and
 * principles. Strict, because whatever is guessed here would be a rule that nobody wrote; bounded,
 * because anybody may hand in a file. Never throws. Same bytes, same content.
 */
export function parseConstitution(bytes: Uint8Array): ParsedConstitution {
  const text = readText(bytes)
  if (typeof text !== 'string') return failed([text])
  const lines = new Lines(text)
  const split = splitFrontmatter(lines)
  if (split.kind !== 'block') {
    const message =
      'The data is missing: the document begins with a line ---, fields, and --- again.'
    return failed([{ message, line: split.line }])
  }
  const data = readData(lines, { from: lines.endOf(split.open), to: lines.startOf(split.close) })
  const body = readBody(lines, lines.endOf(split.close))
  const problems = [...(data.ok ? [] : data.problems), ...body.problems]
  if (!data.ok || problems.length > 0) return failed(problems)
  return {
    ok: true,
    content: { ...data.data, title: body.title, principles: body.principles },
  }
}

function failed(problems: Problem[]): ParsedConstitution {
  const inOrder = [...problems].sort((a, b) => a.line - b.line)
  return { ok: false, problems: inOrder.slice(0, MAX_PROBLEMS) }
}

/** The document as text, or what keeps it from being read. */
export function readText(bytes: Uint8Array): string | Problem {
  if (bytes.length > MAX_DEFINITION_BYTES) {
    return { message: 'The document is larger than 1 MB.', line: 1 }
  }
  const { encoding, text } = decodeBytes(bytes)
  if (encoding !== 'utf-8') {
    return { message: 'The document is not UTF-8. Save it as UTF-8.', line: 1 }
  }
  const nothing = text.indexOf('\u0000')
  if (nothing >= 0) {
    return {
      message: 'The document holds a NUL character.',
      line: new Lines(text).lineAt(nothing),
    }
  }
  return text
}

type ReadData = { ok: true; data: ConstitutionData } | { ok: false; problems: Problem[] }

/** The fields between the fences, checked against the shape of a constitution. */
function readData(lines: Lines, { from, to }: { from: number; to: number }): ReadData {
  const source = lines.text.slice(from, to)
  const line = lines.lineAt(from)
  if (new TextEncoder().encode(source).length > MAX_RULEBOOK_BYTES) {
    return { ok: false, problems: [{ message: 'The data is larger than 256 KB.', line }] }
  }
  if (/\r(?!\n)/.test(source)) {
    const message = 'The data uses lone carriage returns as line ends. Save it with line feeds.'
    return { ok: false, problems: [{ message, line }] }
  }
  const at = (start: number, end: number) => lines.range(from + start, from + end)
  const block = parseYamlBlock(source, at, { maxKeys: MAX_RULEBOOK_KEYS })
  if (!block.valid) {
    return {
      ok: false,
      problems: block.diagnostics.map(({ message, range }) => ({
        message,
        line: range?.line ?? line,
      })),
    }
  }
  const written: { [key: string]: JsonValue } = {}
  for (const field of block.fields) written[field.key] = field.value
  const parsed = dataSchema.safeParse(asRead(written))
  if (parsed.success) return { ok: true, data: parsed.data }
  return { ok: false, problems: parsed.error.issues.map((issue) => problemOf(issue, block.fields)) }
}

/** Where an issue stands in the document, as far as the parser kept places: field, then entry. */
function problemOf(issue: z.core.$ZodIssue, fields: readonly RawField[]): Problem {
  const [key, entry] = issue.path
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const name = key === undefined ? unknown : writtenName(String(key))
  const field = fields.find((one) => one.key === name?.replace(/ \(write .*$/, ''))
  const item =
    typeof entry === 'number'
      ? field?.items[entry]
      : field?.items.find((one) => one.key === writtenName(String(entry ?? '')))
  const line = item?.range.line ?? field?.keyRange?.line ?? 1
  const path = issue.path.map((part) =>
    typeof part === 'number' ? part + 1 : writtenName(String(part)),
  )
  const where = path.length === 0 ? '' : `${path.join(', ')}: `
  if (unknown !== undefined)
    return { message: `${where}${unknown} is no field of a constitution.`, line }
  if (field === undefined && key !== undefined) {
    return { message: `${name} is missing.`, line: 1 }
  }
  return { message: `${where}${issue.message}`, line }
}

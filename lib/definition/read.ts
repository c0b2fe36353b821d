import { KB, MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { readClaims } from './claims'
import { NO_CLAIMS } from './claims/model'
import { decodeBytes } from './decode'
import { fateOf } from './fate'
import { formatOf } from './format'
import { Lines, lineEndingOf } from './lines'
import type {
  DefinitionContent,
  Diagnostic,
  DiagnosticCode,
  Field,
  LineEnding,
  TextRange,
} from './model'
import { recoverFields } from './recover'
import { readBody } from './sections'
import { splitFrontmatter } from './split'
import { parseJsonBlock, parseTomlBlock } from './structured'
import { readTools } from './tools'
import { parseYamlBlock, type RawField } from './yaml'
import { isTooLarge, TOO_LARGE } from './yaml-prescan'

type Header = {
  fields: RawField[]
  diagnostics: Diagnostic[]
  frontmatter: DefinitionContent['frontmatter']
  valid: boolean
  body: TextRange
}

/**
 * Reads a definition from any bytes without hashing them, so that an editor can do it in the
 * browser. Never throws, and reads nothing but its arguments: same bytes and path, same result.
 */
export function readDefinition(
  bytes: Uint8Array,
  options: { path?: string } = {},
): DefinitionContent {
  const path = options.path ?? null
  const { encoding, text, bom } = decodeBytes(bytes)
  const lines = new Lines(text)
  const eol = lineEndingOf(text)
  const finalNewline = /[\n\r]$/.test(text)
  const format = formatOf(path, text)
  const base = { size: bytes.length, path, format, encoding, text, bom, eol, finalNewline }
  if (bytes.length > MAX_DEFINITION_BYTES) return unread(base, lines)

  const header = readHeader(format, lines, eol)
  const { tools, diagnostics: toolProblems } = readTools(header.fields, lines)
  const prose = format !== 'kiro' || header.frontmatter !== null
  const read = prose && format !== 'opencode-json' ? readBody(lines, header.body) : NO_BODY
  const diagnostics = [...header.diagnostics, ...toolProblems, ...read.diagnostics]
  const fate = fateOf({
    ...base,
    lines,
    content: header.frontmatter?.contentRange ?? null,
    valid: header.valid,
    fields: header.fields,
    diagnostics: header.diagnostics,
  })
  return {
    ...base,
    fate,
    diagnostics: [...byteDiagnostics(base, lines), ...diagnostics],
    frontmatter: header.frontmatter,
    fields: header.fields.map(({ items: _, ...field }): Field => field),
    name: textOf(header.fields, 'name'),
    description: textOf(header.fields, 'description'),
    model: modelOf(header.fields),
    tools,
    body: { range: header.body },
    sections: read.sections,
    claims: readClaims(lines, header.body, read),
  }
}

const NO_BODY = { sections: [], diagnostics: [], tree: null }

type Base = Pick<
  DefinitionContent,
  'size' | 'path' | 'format' | 'encoding' | 'text' | 'bom' | 'eol' | 'finalNewline'
>

function readHeader(format: DefinitionContent['format'], lines: Lines, eol: LineEnding): Header {
  const whole = lines.range(0, lines.text.length)
  const isJson =
    format === 'opencode-json' || (format === 'kiro' && /^\ufeff?\s*\{/.test(lines.text))
  if (isJson || format === 'codex-toml') {
    const block = isJson ? parseJsonBlock(lines) : parseTomlBlock(lines)
    const prompt = block.fields.find(
      ({ key }) => key === 'developer_instructions' || key === 'prompt',
    )
    const body = prompt ? innerText(lines, prompt.range) : lines.range(whole.end, whole.end)
    return { ...block, frontmatter: null, body }
  }
  const split = splitFrontmatter(lines)
  if (split.kind === 'none') {
    const fields = recoverFields(lines, split.from, split.to)
    const message = PROBLEMS[split.problem] ?? 'There is no frontmatter.'
    const range = lines.range(lines.startOf(split.line), lines.endOf(split.line))
    const diagnostics = [{ code: split.problem, message, range }]
    return { fields, diagnostics, frontmatter: null, valid: false, body: whole }
  }
  return readBlock(lines, split, eol)
}

function readBlock(
  lines: Lines,
  { open, close }: { open: number; close: number },
  eol: LineEnding,
): Header {
  const contentRange = lines.range(lines.endOf(open), lines.startOf(close))
  const range = lines.range(lines.startOf(open), lines.endOf(close))
  const body = lines.range(lines.endOf(close), lines.text.length)
  const source = lines.text.slice(contentRange.start, contentRange.end)
  const at = (start: number, end: number) =>
    lines.range(contentRange.start + start, contentRange.start + end)
  const refusal = refusedBlock(source, eol, contentRange)
  const block = refusal ?? parseYamlBlock(source, at)
  const fields = block.valid ? block.fields : recoverFields(lines, open + 1, close - 1)
  const frontmatter = { range, contentRange, valid: block.valid }
  return { fields, diagnostics: block.diagnostics, frontmatter, valid: block.valid, body }
}

function refusedBlock(source: string, eol: LineEnding, range: TextRange) {
  const refuse = (code: DiagnosticCode, message: string) => ({
    valid: false,
    fields: [],
    diagnostics: [{ code, message, range }],
  })
  if (isTooLarge(source)) return refuse('frontmatter-too-large', TOO_LARGE)
  if ((eol === 'cr' || eol === 'mixed') && /\r(?!\n)/.test(source)) {
    const message =
      'The frontmatter uses lone carriage returns as line ends, which YAML parsers misread.'
    return refuse('lone-cr', message)
  }
  return null
}

/** The text between the quotes of a string value; for a multi-line string without its first break. */
function innerText(lines: Lines, range: TextRange): TextRange {
  const source = lines.text.slice(range.start, range.end)
  const quotes = /^(?:"""|'''|"|')/.exec(source)?.[0].length ?? 0
  if (quotes === 0 || source.length < quotes * 2) return range
  const first = /^\r?\n/.exec(source.slice(quotes))?.[0].length ?? 0
  const end = range.end - quotes
  return lines.range(Math.min(range.start + quotes + first, end), end)
}

function textOf(fields: readonly RawField[], key: string): string | null {
  const value = fields.find((field) => field.key === key)?.value
  if (typeof value === 'string') return value.trim() === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** `model` may be a list of choices (Copilot in VS Code); they are shown as one line. */
function modelOf(fields: readonly RawField[]): string | null {
  const value = fields.find((field) => field.key === 'model')?.value
  if (!Array.isArray(value)) return textOf(fields, 'model')
  const names = value.filter((each) => typeof each === 'string')
  return names.length > 0 ? names.join(', ') : null
}

const PROBLEMS: Partial<Record<DiagnosticCode, string>> = {
  'frontmatter-none': 'The file does not begin with a frontmatter block between two lines `---`.',
  'frontmatter-leading-blank':
    'A blank line stands before the frontmatter, so tools do not see it.',
  'frontmatter-indented': 'The opening `---` is indented, so tools do not see the frontmatter.',
  'frontmatter-in-code-fence':
    'The frontmatter stands inside a code fence, so tools do not see it.',
  'frontmatter-opening-missing': 'The line `---` before the first field is missing.',
  'frontmatter-closing-missing': 'The line `---` after the last field is missing.',
  'frontmatter-long-fence': 'A fence of the frontmatter has more than three dashes.',
}

function byteDiagnostics(base: Base, lines: Lines): Diagnostic[] {
  const { text, eol } = base
  const found: Diagnostic[] = []
  const add = (code: DiagnosticCode, message: string, range: TextRange | null = null) =>
    found.push({ code, message, range })
  if (base.size === 0) add('empty', 'The file is empty.')
  if (base.encoding === 'not-utf-8') {
    add(
      'not-utf-8',
      'The bytes are not UTF-8. They are shown as Latin-1 and cannot be edited by field.',
    )
  }
  if (base.bom) add('bom', 'The file begins with a byte order mark.', lines.range(0, 1))
  if (eol === 'crlf') add('crlf', 'Lines end in CR LF, as on Windows.')
  if (eol === 'mixed') add('mixed-line-endings', 'Lines end in more than one way.')
  if (eol === 'cr') add('lone-cr', 'Lines end in a lone carriage return.')
  if (base.size > 0 && !base.finalNewline) {
    add('no-final-newline', 'The last line has no line end.', lines.range(text.length, text.length))
  }
  return found
}

function unread(base: Base, lines: Lines): DefinitionContent {
  const end = base.text.length
  const message = `The file is larger than ${MAX_DEFINITION_BYTES / KB} KB, so it is not read.`
  const none = { form: 'absent', names: [], entries: [], denied: [], inheritsAll: true } as const
  return {
    ...base,
    fate: { kind: 'dropped', sentence: message },
    diagnostics: [{ code: 'too-large', message, range: null }],
    frontmatter: null,
    fields: [],
    name: null,
    description: null,
    model: null,
    tools: { ...none, names: [], entries: [], denied: [] },
    body: { range: lines.range(end, end) },
    sections: [],
    claims: NO_CLAIMS,
  }
}

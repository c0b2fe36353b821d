import type { Lines } from './lines'
import type { DefinitionFormat, Diagnostic, Fate, LineEnding, TextRange } from './model'
import { parseYamlBlock, type RawField } from './yaml'

const TOOL_NAMES: Record<DefinitionFormat, string> = {
  claude: 'Claude Code',
  copilot: 'GitHub Copilot',
  opencode: 'OpenCode',
  'opencode-json': 'OpenCode',
  gemini: 'Gemini CLI',
  'codex-toml': 'Codex',
  cursor: 'Cursor',
  kiro: 'Kiro',
  unknown: 'no tool that is known here',
}

type FateInput = {
  format: DefinitionFormat
  lines: Lines
  /** What lies between the fences; null when there is no block. */
  content: TextRange | null
  valid: boolean
  fields: readonly RawField[]
  diagnostics: readonly Diagnostic[]
  eol: LineEnding
  bom: boolean
}

/**
 * What becomes of the file in the tool that loads it (formats.md section 4, measured on Claude
 * Code): strict YAML first, then one retry with the values of single lines put in quotes.
 */
export function fateOf(input: FateInput): Fate {
  const { format, content, valid, diagnostics } = input
  const [problem] = diagnostics
  if (format === 'unknown') {
    return {
      kind: 'no-frontmatter',
      sentence: 'No tool that is known here loads this as an agent.',
    }
  }
  if (format !== 'claude') {
    const wrong =
      !valid && problem ? ` What it will make of this one is unknown: ${problem.message}` : ''
    return { kind: 'other-tool', sentence: `${TOOL_NAMES[format]} loads this file.${wrong}` }
  }
  if (content === null) return withoutBlock(diagnostics)
  return valid ? parsedFate(input, 'loads') : retriedFate(input, content)
}

function withoutBlock(diagnostics: readonly Diagnostic[]): Fate {
  const cause = diagnostics.find((each) => each.code.startsWith('frontmatter-'))
  const why = cause ? ` ${cause.message}` : ''
  return { kind: 'no-frontmatter', sentence: `Claude Code does not see an agent here.${why}` }
}

function parsedFate({ fields, bom }: FateInput, kind: 'loads' | 'loads-after-repair'): Fate {
  const missing = ['name', 'description'].filter((key) => !hasText(fields, key))
  if (missing.length > 0) {
    const what = missing.join(' and ')
    return {
      kind: 'dropped',
      sentence: `Claude Code does not list it, because ${what} is missing.`,
    }
  }
  const mark = bom
    ? ' Before version 2.1.239 it ignored the file without a word, because it begins with a byte order mark.'
    : ''
  const sentence =
    kind === 'loads'
      ? `Claude Code loads it as it is.${mark}`
      : `Claude Code loads it only after putting values in quotes itself; other tools may not.${mark}`
  return { kind, sentence }
}

function hasText(fields: readonly RawField[], key: string): boolean {
  const value = fields.find((field) => field.key === key)?.value
  return value !== undefined && value !== null && value !== ''
}

function retriedFate(input: FateInput, content: TextRange): Fate {
  const source = input.lines.text.slice(content.start, content.end)
  const usesCrLf = input.eol === 'crlf' || input.eol === 'mixed'
  const retried = usesCrLf
    ? null
    : parseYamlBlock(quoteOneLineValues(source), (start, end) => ({
        start,
        end,
        line: 1,
        endLine: 1,
      }))
  if (retried?.valid) {
    return parsedFate({ ...input, fields: retried.fields }, 'loads-after-repair')
  }
  const why = usesCrLf ? ', and its own repair fails on Windows line endings' : ''
  return {
    kind: 'dropped',
    sentence: `Claude Code drops it without a message: the frontmatter does not parse${why}. In a plugin it loads with a placeholder description and every tool.`,
  }
}

const ONE_LINE = /^([A-Za-z_-]+):[ \t]+(\S.*)$/
const SPECIAL = /[{}[\]*&#!|>%@`]|: /

/** Puts every one-line value with special characters in double quotes. */
function quoteOneLineValues(source: string): string {
  return source
    .split('\n')
    .map((line) => {
      const match = ONE_LINE.exec(line)
      const value = match?.[2]
      if (!match || value === undefined || /^(["']).*\1$/.test(value) || !SPECIAL.test(value)) {
        return line
      }
      return `${match[1]}: "${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    })
    .join('\n')
}

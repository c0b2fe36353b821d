import { readFile, stat } from 'node:fs/promises'
import { basename, relative, resolve, sep } from 'node:path'
import { CATALOG_RULES, RULES } from '@/lib/constitution/check'
import { DEFAULT_RULEBOOK } from '@/lib/constitution/default-constitution'
import { parseConstitution } from '@/lib/constitution/document/parse'
import {
  CHECKER_VERSION,
  FINDING_SEVERITIES,
  type FindingSeverity,
  type Rulebook,
} from '@/lib/constitution/model'
import { ChanceryError, invalid } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { filesUnder } from './files'
import { inspect, type LintReport, type LintSource } from './lint/inspect'
import { sarifOf } from './lint/sarif'
import { countsOf, printable, textOf } from './lint/text'
import { type CliCommand, EXIT, type ExitCode, fail, printJson, readArguments } from './terminal'

const FORMATS = ['text', 'json', 'sarif'] as const
type Format = (typeof FORMATS)[number]
/** Version of the JSON report, raised when a field changes its meaning. */
const JSON_VERSION = 1
const HELP = `chancery lint <path>… checks agent files; folders are searched.

  --format text|json|sarif   sarif is 2.1.0, for code scanning; CHANCERY_URL gives rules their pages
  --constitution <file>      the document of your own rulebook; default: the one that ships
  --department <slug>        check under the policy of this department of the rulebook
  --fail-on <severity>       blocking, error (default), warning or note

Exit codes: 0 nothing at or above --fail-on, 1 something, 3 a file or the rulebook cannot be read,
4 our own failure.

JSON: version, constitution {label, hash}, checker, counts {files, blocking, error, warning, note},
files [{path, digest, findings [{rule, severity, message, principle, place, fix {label, place,
text}}]}], skipped and unreadable [{path, reason}]. A place is {line, column, endLine, endColumn} in
UTF-16 units from 1, or null for the whole file; a fix puts its text in that place.`
const MAX_FILES = 100_000
const MAX_RULEBOOK = 1024 * 1024

/**
 * `chancery lint`: the console's rules on files and folders, without a database, a server or a data
 * folder. Exit 0: nothing at or above `--fail-on`; 1: something; 3: a file or the rulebook cannot
 * be read; 4: our own failure.
 */
export const lint: CliCommand = async (argv) => {
  const { values, positionals } = readArguments(argv, {
    format: { type: 'string', default: 'text' },
    constitution: { type: 'string' },
    department: { type: 'string' },
    'fail-on': { type: 'string', default: 'error' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) {
    console.log(HELP)
    return EXIT.ok
  }
  const format = oneOf('--format', FORMATS, values.format)
  const failOn = oneOf('--fail-on', FINDING_SEVERITIES, values['fail-on'])
  if (positionals.length === 0) invalid('Name the files or folders to check.')
  const rulebook = await rulebookFrom(values.constitution)
  const department = departmentIn(rulebook, values.department)
  const report = await inspect(await sourcesOf(positionals), rulebook, department)
  if (report.files.length + report.unreadable.length === 0) {
    return fail(`There is no agent file in ${positionals.join(', ')}.`, EXIT.badInput)
  }
  print(report, format)
  return exitCode(report, failOn)
}

function oneOf<T extends string>(flag: string, allowed: readonly T[], given: string): T {
  return (
    allowed.find((one) => one === given) ??
    invalid(`${flag} is one of ${allowed.join(', ')}, not “${given}”.`)
  )
}

async function rulebookFrom(path: string | undefined): Promise<Rulebook> {
  if (path === undefined) return DEFAULT_RULEBOOK
  const size = await stat(path).then(
    (info) => (info.isFile() ? info.size : -1),
    () => -1,
  )
  if (size < 0) invalid(`${path} does not exist or is no file.`)
  if (size > MAX_RULEBOOK) invalid(`${path} is larger than 1 MB, which no constitution is.`)
  const bytes = await readFile(path)
  const parsed = parseConstitution(bytes)
  if (!parsed.ok) {
    const lines = parsed.problems.map((one) => `${path}:${one.line}: ${printable(one.message)}`)
    throw new ChanceryError('invalid', ['The constitution cannot be read.', ...lines].join('\n'))
  }
  // A file may cite the rulebook that ships with the product, as in the console.
  const earlier = [DEFAULT_RULEBOOK.content]
  return { content: parsed.content, hash: sha256(bytes), ordinal: 1, earlier }
}

/** A department that is not in the rulebook has no policy: a misspelt one would check nothing. */
function departmentIn({ content }: Rulebook, slug: string | undefined): string | null {
  if (slug === undefined) return null
  const known = content.departments.map((one) => one.department)
  if (known.includes(slug)) return slug
  return invalid(
    known.length === 0
      ? 'This constitution has no departments.'
      : `There is no department “${slug}” in this constitution; it has ${known.join(', ')}.`,
  )
}

async function sourcesOf(paths: readonly string[]): Promise<LintSource[]> {
  const sources = new Map<string, LintSource>()
  for (const path of paths) {
    for (const file of await filesUnder(path, MAX_FILES)) {
      const shown = shownPath(file.absolute)
      const named = file.label === basename(resolve(path))
      // Alone a file is known by its own folders, because they say which tool loads it.
      sources.set(file.absolute, { ...file, label: named ? shown : file.label, shown, named })
    }
  }
  return [...sources.values()]
}

function shownPath(absolute: string): string {
  const path = relative(process.cwd(), absolute)
  return path.split(sep).join('/')
}

function print(report: LintReport, format: Format): void {
  if (format === 'text') console.log(textOf(report))
  else if (format === 'sarif') {
    printJson(sarifOf(report, [...RULES, ...CATALOG_RULES], process.env.CHANCERY_URL))
  } else printJson(jsonOf(report))
}

function jsonOf(report: LintReport) {
  const { rulebook, ...found } = report
  const { hash, content } = rulebook
  return {
    version: JSON_VERSION,
    constitution: { label: content.label, hash },
    checker: CHECKER_VERSION,
    counts: { files: report.files.length, ...countsOf(report) },
    ...found,
  }
}

function exitCode(report: LintReport, failOn: FindingSeverity): ExitCode {
  if (report.unreadable.length > 0) return EXIT.badInput
  const counts = countsOf(report)
  const bad = FINDING_SEVERITIES.slice(0, FINDING_SEVERITIES.indexOf(failOn) + 1)
  return bad.some((severity) => counts[severity] > 0) ? EXIT.failed : EXIT.ok
}

import 'server-only'
import { readFile } from 'node:fs/promises'
import { type ImportedFile, importFile } from '@/lib/agents/commands/import-file'
import type { PersonActor } from '@/lib/auth/actor'
import { ChanceryError, invalid } from '@/lib/core/errors'
import { MAX_DEFINITION_BYTES, MAX_IMPORT_FILES } from '@/lib/core/limits'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { classifyImportPath } from '@/lib/definition/import-path'
import { type FoundFile, filesUnder } from './files'
import { cliDepartment, cliPerson } from './person'
import { sealLog } from './seal'
import { type CliCommand, EXIT, printJson, readArguments } from './terminal'

type FileResult = ImportedFile | { path: string; outcome: 'skipped' | 'refused'; reason: string }

/** `chancery import`: every file gets a result; one that fails stops nothing. */
export const importPath: CliCommand = async (argv) => {
  const { values, positionals } = readArguments(argv, {
    department: { type: 'string' },
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) invalid('Name one file or folder to import.')
  const files = await filesUnder(path, MAX_IMPORT_FILES)
  await openDatabase()
  const person = await cliPerson(values.as)
  const departmentId = await cliDepartment(values.department)
  const results: FileResult[] = []
  for (const file of files) {
    const result = await importOne(person, departmentId, file)
    results.push(result)
    if (!values.json) console.log(line(result))
  }
  await sealLog()
  await shutDatabase()
  const counts = countBy(results)
  if (values.json) printJson({ counts, files: results })
  else
    console.log(
      Object.entries(counts)
        .map(([what, n]) => `${n} ${what}`)
        .join(', '),
    )
  return (counts.refused ?? 0) > 0 ? EXIT.failed : EXIT.ok
}

async function importOne(
  person: PersonActor,
  departmentId: string,
  file: FoundFile,
): Promise<FileResult> {
  const kind = classifyImportPath(file.label)
  if (kind.kind === 'skip') return { path: file.label, outcome: 'skipped', reason: kind.reason }
  try {
    const bytes = await readFile(file.absolute)
    if (bytes.length > MAX_DEFINITION_BYTES) {
      throw new ChanceryError('limit', 'It is larger than 1 MB, which no agent definition is.')
    }
    const input = { departmentId, path: file.label, bytes: bytes.toString('base64') }
    return (await importFile.execute(person, input)).value
  } catch (error) {
    if (!(error instanceof ChanceryError)) throw error
    return { path: file.label, outcome: 'refused', reason: error.message }
  }
}

function line(result: FileResult): string {
  const what = result.outcome.replaceAll('_', ' ')
  if ('reason' in result) return `${what.padEnd(22)} ${result.path}  ${result.reason}`
  const found = result.errors + result.warnings + result.notes
  return `${what.padEnd(22)} ${result.path}  ${result.digest.slice(0, 8)}  ${found} findings`
}

function countBy(results: readonly FileResult[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

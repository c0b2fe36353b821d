import { open } from 'node:fs/promises'
import { checkCatalog, checkDefinition } from '@/lib/constitution/check'
import { contextOf, type Finding, type Rulebook } from '@/lib/constitution/model'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { classifyImportPath, slugFor } from '@/lib/definition/import-path'
import { Lines } from '@/lib/definition/lines'
import type { Definition } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'
import type { FoundFile } from '../files'

/** Lines and UTF-16 columns from 1; `endColumn` is the one after the last. */
export type Place = { line: number; column: number; endLine: number; endColumn: number }
export type LintFinding = {
  rule: string
  severity: Finding['severity']
  principle?: string
  message: string
  /** Null when the whole file is meant. */
  place: Place | null
  fix?: { label: string; place: Place; text: string }
}
export type LintFile = { path: string; digest: string; findings: LintFinding[] }
export type LintReport = {
  rulebook: Rulebook
  files: LintFile[]
  skipped: { path: string; reason: string }[]
  /** Files that are agents and could not be read: the report is not complete. */
  unreadable: { path: string; reason: string }[]
}

/** A file, the path to show for it, and whether it was named itself. */
export type LintSource = FoundFile & { shown: string; named: boolean }
type Read = { source: LintSource; definition: Definition; findings: Finding[] }

/**
 * What the rules say of these files: of each alone, and in a folder of all of them together. The
 * same files, rulebook and department give the same report on every machine.
 */
export async function inspect(
  sources: readonly LintSource[],
  rulebook: Rulebook,
  department: string | null,
): Promise<LintReport> {
  const report: LintReport = { rulebook, files: [], skipped: [], unreadable: [] }
  const context = contextOf(rulebook, department)
  const read: Read[] = []
  for (const source of sources) {
    const kind = classifyImportPath(source.label)
    if (kind.kind === 'skip' && !source.named) {
      report.skipped.push({ path: source.shown, reason: kind.reason })
      continue
    }
    const bytes = await bytesOf(source.absolute)
    if (typeof bytes === 'string') {
      report.unreadable.push({ path: source.shown, reason: bytes })
      continue
    }
    const definition = parseDefinition(bytes, { path: source.label })
    const findings = checkDefinition(definition, context)
    read.push({ source, definition, findings })
  }
  // A file alone says nothing about a catalog: its neighbours would all seem missing.
  if (sources.some((source) => !source.named)) addBetweenFiles(read, rulebook, department)
  report.files = read.map(({ source, definition, findings }) => ({
    path: source.shown,
    digest: definition.digest,
    findings: placed(definition, findings),
  }))
  return report
}

/** The bytes, or why there are none. Never reads more than one byte beyond the bound. */
async function bytesOf(path: string): Promise<Buffer | string> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      if (size > MAX_DEFINITION_BYTES)
        return 'It is larger than 1 MB, which no agent definition is.'
      const buffer = Buffer.alloc(MAX_DEFINITION_BYTES + 1)
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size + 1), 0)
      return Buffer.from(buffer.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  } catch (error) {
    return `It cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`
  }
}

/** Findings that only several files together can give. */
function addBetweenFiles(read: readonly Read[], rulebook: Rulebook, department: string | null) {
  const bySlug = new Map<string, Read>()
  for (const one of read) {
    bySlug.set(freeSlug(slugFor(one.definition, one.source.label), bySlug), one)
  }
  const agents = [...bySlug].map(([slug, { definition }]) => ({
    ...{ slug, definition, state: 'active' },
    department: department ?? '',
  }))
  const { content: constitution, earlier } = rulebook
  for (const { slug, finding } of checkCatalog(agents, { constitution, earlier })) {
    bySlug.get(slug)?.findings.push(finding)
  }
}

/** As the catalog does it: a slug that is taken gets a number. */
function freeSlug(slug: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(slug)) return slug
  let n = 2
  while (taken.has(`${slug}-${n}`)) n += 1
  return `${slug}-${n}`
}

function placed(definition: Definition, findings: readonly Finding[]): LintFinding[] {
  if (findings.length === 0) return []
  const lines = new Lines(definition.text)
  const place = (start: number, end: number) => placeOf({ lines, bom: definition.bom, start, end })
  return findings.map((finding) => {
    const { rule, severity, principle, message, range, fix } = finding
    const line = finding.lines[0]?.line
    const found = range
      ? place(range.start, range.end)
      : line === undefined
        ? null
        : place(lines.startOf(line), lines.startOf(line) + lines.contentOf(line).length)
    return {
      ...{ rule, severity, message, place: found },
      ...(principle === undefined ? {} : { principle }),
      ...(fix
        ? {
            fix: {
              label: fix.label,
              place: place(fix.edit.start, fix.edit.end),
              text: fix.edit.text,
            },
          }
        : {}),
    }
  })
}

/** A byte order mark is no column: tools that read the file do not count it. */
function placeOf(at: { lines: Lines; bom: boolean; start: number; end: number }): Place {
  const { lines, bom, start, end } = at
  const line = lines.lineAt(start)
  const endLine = Math.max(line, lines.lineAt(end))
  const column = (of: number, offset: number) => {
    const own = offset - lines.startOf(of) + 1
    return Math.max(1, bom && of === 1 ? own - 1 : own)
  }
  return { line, column: column(line, start), endLine, endColumn: column(endLine, end) }
}

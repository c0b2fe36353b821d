import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { mutationsOf } from './mutations'
import { measure, type Row, type Tally } from './trials'

/**
 * `node --import ./e2e/fixtures/load.mjs e2e/corpus/definitions.ts <folder> [mutations per file]`:
 * every definition below a folder, and damaged copies of it, through import, edits and conversions.
 * Exits with 1 when one trial did not turn out as promised; a refusal with a reason is not a miss.
 */
const [folder, mutations = '4'] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name a folder with definitions.')
  process.exit(2)
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && ['.md', '.mdc', '.toml', '.json'].includes(extname(entry.name)),
  )
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
const rows = new Map<string, Row>()
const misses: string[] = []
const losses = new Map<string, number>()
let read = 0
const started = performance.now()

for (const file of files) {
  const path = relative(folder, file)
  const bytes = readFileSync(file)
  const tally: Tally = { rows, losses, miss: (trial) => misses.push(`${trial}: ${path}`) }
  measure('as found', bytes, path, tally)
  for (const damaged of mutationsOf(bytes, path, Number(mutations))) {
    measure('damaged', damaged, path, tally)
    read += 1
  }
  read += 1
}

console.log(
  `${files.length} files, ${read} definitions, ${Math.round(performance.now() - started)} ms\n`,
)
console.table(
  [...rows].map(([trial, { right, refused, missed }]) => {
    const done = right + missed
    const share = done === 0 ? '-' : `${((100 * right) / done).toFixed(2)} %`
    return { trial, done, right, 'right of done': share, refused, missed }
  }),
)
console.log('Losses that conversions report (files as found):')
console.table(
  [...losses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => {
      const [from, to, severity] = key.split(' ')
      return { from, to, severity, count }
    }),
)
for (const miss of misses.slice(0, 40)) console.error(`MISS ${miss}`)
process.exit(misses.length === 0 ? 0 : 1)

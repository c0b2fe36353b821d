import { rm } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { facetCounts } from '@/lib/agents/queries/facets'
import { type CatalogQuestion, countAgents, listAgents } from '@/lib/agents/queries/list'
import { reachOf } from '@/lib/agents/queries/reach'
import { readHighWater } from '@/lib/audit/high-water'
import { openCheckpointKey } from '@/lib/audit/keys'
import { publishHead } from '@/lib/audit/publisher'
import { integrateAll } from '@/lib/audit/sequencer'
import { recordMany } from '@/lib/audit/testing/facts'
import { verifyDatabase } from '@/lib/audit/verify'
import type { PersonActor } from '@/lib/auth/actor'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { databaseTarget, rawSql } from '@/lib/db/client'
import { stopEmbedded } from '@/lib/db/launcher/control'
import { anOrganisation } from '@/lib/people/testing/organisation'
import { commandFigures } from './commands'
import { libraryFigures } from './library'
import { type Figure, milliseconds, printTable, times, whole } from './measure'
import { webFigures } from './web'
import { copyAgents, importMany, nameOf, RARE, someAgents } from './world'

/** `npm run bench`: what the product does in a second, on a database of its own, in one run. */
const dataDir = join(resolve(import.meta.dirname, '../..'), '.cache', 'bench')
const FILES = Number(process.env.BENCH_FILES ?? '1000')
const EVENTS = Number(process.env.BENCH_EVENTS ?? '20000')
const CALLS = 200

delete process.env.DATABASE_URL
delete process.env.DATABASE_ADMIN_URL
process.env.CHANCERY_DATA = dataDir
await stopEmbedded(dataDir).catch(() => false)
await rm(dataDir, { recursive: true, force: true })
await openDatabase()
const { admin, departmentId, sessionId } = await anOrganisation()
console.log(
  `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}`,
)
const figures: Figure[] = []
const say = (...found: Figure[]) => {
  figures.push(...found)
  for (const { what, value } of found) console.log(`  ${what}: ${value}`)
}

const files = await importMany(admin, departmentId, FILES)
say({ what: 'import, one caller', value: `${whole(files)} files/s`, goal: '' })
const adminUrl = databaseTarget()?.adminUrl ?? ''
say(...(await commandFigures({ actor: admin, adminUrl, agents: await someAgents(9) })))
say(...(await logFigures()))
say(...(await catalogFigures(admin)))
say(...(await libraryFigures(dataDir, FILES * 10)))
say(...(await webFigures(dataDir, sessionId)))

console.log('')
printTable(figures)
await shutDatabase()
await stopEmbedded(dataDir)
await rm(dataDir, { recursive: true, force: true })
process.exit(0)

async function logFigures(): Promise<Figure[]> {
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  await integrateAll(rawSql())
  await recordMany(EVENTS)
  const started = performance.now()
  const integrated = await integrateAll(rawSql())
  const perSecond = (integrated / (performance.now() - started)) * 1_000
  await publishHead(rawSql(), { signer, dataDir })
  const highWater = await readHighWater(dataDir)
  const report = await verifyDatabase({ sql: rawSql(), vkey: signer.vkey, highWater })
  if (report.verdict !== 'verified') throw new Error(report.sentence)
  const all = (report.size / report.milliseconds) * 1_000
  return [
    {
      what: `sequencer, ${whole(integrated)} facts`,
      value: `${whole(perSecond)} facts/s`,
      goal: 'at least 20,000/s',
    },
    {
      what: `verify, ${whole(report.size)} entries`,
      value: `${whole(report.rowsPerSecond)} facts/s hashed, ${whole(all)}/s with every row check`,
      goal: 'three times the naive verifier (87,000/s): 261,000/s',
    },
  ]
}

async function catalogFigures(actor: PersonActor): Promise<Figure[]> {
  const agents = await copyAgents(actor, 9)
  const ask = (filters: CatalogQuestion['filters']): CatalogQuestion => ({
    ...{ actor, view: 'all', filters, sort: 'risk', order: 'natural', cursor: null },
    today: '2026-11-22',
  })
  const first = await times(CALLS, () => listAgents(ask({})))
  const search = (i: number) => {
    const [thing = '', deed = ''] = nameOf(i * 7).split('-')
    return listAgents(ask({ text: `${deed} ${thing}` }))
  }
  const found = await times(CALLS, search)
  const absent = await times(CALLS, (i) => listAgents(ask({ text: `nothing-${i}` })))
  const rare = await times(CALLS, () => listAgents(ask({ text: RARE })))
  const counts = await times(CALLS / 4, () => countAgents(ask({ text: 'ledger' })))
  const facets = await times(CALLS / 4, () => facetCounts(ask({ text: 'ledger' })))
  const reach = await times(CALLS / 4, () => reachOf(actor, { kind: 'tool', name: 'Read' }))
  const goal = 'list data under 300 ms p95 at 200,000 items'
  const of = `${whole(agents)} agents`
  return [
    { what: `catalog, first page of ${of}`, value: milliseconds(first), goal },
    { what: `catalog, search with hits in ${of}`, value: milliseconds(found), goal },
    { what: `catalog, search without hits in ${of}`, value: milliseconds(absent), goal },
    { what: `catalog, search in Chinese in ${of}`, value: milliseconds(rare), goal },
    { what: `catalog, all counts of ${of}`, value: milliseconds(counts), goal },
    { what: `catalog, values of every filter of ${of}`, value: milliseconds(facets), goal },
    { what: `reach of a tool that all of ${of} have`, value: milliseconds(reach), goal: '200 ms' },
  ]
}

// A worker in a process of its own, for tests that kill it: jobs of runs on CHANCERY_TEST_URL, until
// a signal. CHANCERY_FAULT names where it dies (lib/core/fault.ts). Started as `node worker-process.mjs`.
import { register } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const hooks = `export async function resolve(specifier, context, next) {
  return specifier === 'server-only'
    ? { url: 'data:text/javascript,', shortCircuit: true }
    : next(specifier, context)
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const tsx = await import('tsx/esm/api')
tsx.register({ tsconfig: resolve(root, 'tsconfig.json') })

const { configureDatabase } = await import('../../db/client.ts')
const { startWorker } = await import('../../jobs/worker.ts')
const { advanceRun } = await import('../engine.ts')
const url = process.env.CHANCERY_TEST_URL ?? ''
configureDatabase({ url })
const nothing = async () => undefined
const handlers = {
  'run.advance': (/** @type {{ runId: string }} */ { runId }) => advanceRun(runId),
  'run.sweep': nothing,
  'approval.sweep': nothing,
  housekeeping: nothing,
}
await startWorker({ url, handlers, concurrency: 2 })
console.log('ready')

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '@/lib/db/project-root'
import type { TestDatabase } from '@/lib/db/testing/database'

export type TestWorker = {
  /** Resolves with the signal or code with which it ended. */
  ended: Promise<string>
  signal: (name: NodeJS.Signals) => void
}

/** Starts a worker process; resolves when it takes jobs. `fault` names where it kills itself. */
export async function aWorker(
  database: TestDatabase,
  options: { data: string; fault?: string },
): Promise<TestWorker> {
  const child = spawn(
    process.execPath,
    [join(projectRoot(), 'lib/runs/testing/worker-process.mjs')],
    {
      cwd: projectRoot(),
      env: {
        ...process.env,
        CHANCERY_TEST_URL: database.url,
        CHANCERY_DATA: options.data,
        CHANCERY_FAULT: options.fault ?? '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = new Promise<string>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? `code ${code}: ${errors}`))
  })
  await ready(child, ended)
  return { ended, signal: (name) => void child.kill(name) }
}

async function ready(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const started = new Promise<'ready'>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve('ready')
    })
  })
  const first = await Promise.race([started, ended])
  if (first !== 'ready') throw new Error(`The worker did not start: ${first}`)
}

/** Lets the time of a dead worker's lease pass at once, as waiting fifteen seconds would. */
export async function passLease(database: TestDatabase, runId: string): Promise<void> {
  await database.asAdmin(
    "update run_lease set lease_until = now() - interval '1 second' where run_id = $1",
    [runId],
  )
  await database.asAdmin(
    "update graphile_worker._private_jobs set run_at = now() where key like 'run:' || $1::text || '%'",
    [runId],
  )
}

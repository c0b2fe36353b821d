import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { TestProject } from 'vitest/node'
import { stopEmbedded } from '../launcher/control'
import { ensureEmbedded } from '../launcher/ensure'
import { processStatus } from '../launcher/process-status'
import { projectRoot } from '../project-root'
import { ensureTemplate, harnessClient, type TestServer, withDatabase } from './template'

const TEST_ROLE = 'chancery_test_app'
const CONNECT_TRIES = 5
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6)
const CLONE_PREFIX = `chancery_t_${HOST}_`

/**
 * Starts (or adopts) the server of the database tests and makes the template that `freshDatabase`
 * copies. `CHANCERY_TEST_DATABASE_URL`, the address of an administrator, uses another server.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.CHANCERY_TEST_DATABASE_URL
  const dataDir = join(projectRoot(), '.cache', 'test-postgres')
  const { server, held } = external
    ? await connectExternal(external)
    : await connectEmbedded(dataDir)
  const clonePrefix = `${CLONE_PREFIX}${process.pid}_`
  const release = async () => {
    await dropClones(held, clonePrefix)
    await held.end({ timeout: 5 })
    if (!external) await stopEmbedded(dataDir, { unlessUsed: true })
  }
  try {
    await dropAbandonedClones(held)
    const template = await ensureTemplate(server)
    project.provide('chanceryServer', { ...server, template, clonePrefix })
  } catch (error) {
    await release()
    throw error
  }
  return release
}

type Held = { server: TestServer; held: Sql }

/** `held` stays connected for the whole run: another run then sees that the server is in use. */
async function connectEmbedded(dataDir: string): Promise<Held> {
  for (let attempt = 1; ; attempt++) {
    const { url, adminUrl } = await ensureEmbedded(dataDir)
    const server = { appUrl: url, adminUrl: withDatabase(adminUrl, 'postgres') }
    const held = harnessClient(server.adminUrl)
    try {
      await held`select 1`
      return { server, held }
    } catch (error) {
      // Another run may have stopped it between the two steps.
      await held.end({ timeout: 1 })
      if (attempt === CONNECT_TRIES) throw error
    }
  }
}

async function connectExternal(adminUrl: string): Promise<Held> {
  const held = harnessClient(adminUrl)
  // Derived, so that several runs on one server agree without a file.
  const password = createHash('sha256').update(adminUrl).digest('hex').slice(0, 32)
  await held`select pg_advisory_lock(hashtextextended('chancery.test.role', 0))`
  const [found] = await held`select 1 from pg_roles where rolname = ${TEST_ROLE}`
  await held.unsafe(`${found ? 'alter' : 'create'} role ${TEST_ROLE} login password '${password}'`)
  await held`select pg_advisory_unlock(hashtextextended('chancery.test.role', 0))`
  const appUrl = new URL(adminUrl)
  appUrl.username = TEST_ROLE
  appUrl.password = password
  return { server: { adminUrl, appUrl: appUrl.toString() }, held }
}

/** Copies left by runs of this machine that ended without cleaning up. */
async function dropAbandonedClones(held: Sql): Promise<void> {
  const rows =
    await held`select datname as name from pg_database where datname like ${`${CLONE_PREFIX}%`}`
  for (const { name } of rows) {
    const run = Number(String(name).slice(CLONE_PREFIX.length).split('_')[0])
    if (!(await processStatus(run)).alive) await dropClones(held, `${CLONE_PREFIX}${run}_`)
  }
}

async function dropClones(held: Sql, prefix: string): Promise<void> {
  const rows =
    await held`select datname as name from pg_database where starts_with(datname, ${prefix})`
  for (const { name } of rows) await held.unsafe(`drop database if exists "${name}" with (force)`)
}

import { inject } from 'vitest'
import { closeDatabase, configureDatabase } from '../client'
import { cloneTemplate, harnessClient, type TestServer, withDatabase } from './template'

/** What the global setup hands to every worker. */
export type ProvidedServer = TestServer & { template: string; clonePrefix: string }

declare module 'vitest' {
  export interface ProvidedContext {
    chanceryServer: ProvidedServer
  }
}

/** One test file's own database, migrated and empty. */
export type TestDatabase = {
  /** Address of the application's role: the rights that the product has at run time. */
  url: string
  adminUrl: string
  /** Runs SQL as superuser: to arrange what the product cannot, or to attack as a DBA would. */
  asAdmin: (text: string, parameters?: (string | number | boolean | null)[]) => Promise<Row[]>
  /** Ends this process's connections and drops the database. */
  close: () => Promise<void>
}

type Row = Record<string, unknown>

let copies = 0

/**
 * Copies the migrated template and points this process (`db()`, `rawSql()`, `transaction()`) at the
 * copy, as the application's role. Call in `beforeAll`, and `close()` in `afterAll`.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject('chanceryServer')
  copies += 1
  const name = `${server.clonePrefix}${process.pid}_${copies}`
  await cloneTemplate(server, { template: server.template, name })
  const url = withDatabase(server.appUrl, name)
  const adminUrl = withDatabase(server.adminUrl, name)
  configureDatabase({ url, adminUrl })
  const admin = harnessClient(adminUrl)
  return {
    url,
    adminUrl,
    asAdmin: async (text, parameters) =>
      parameters
        ? [...(await admin.unsafe<Row[]>(text, parameters))]
        : [...(await admin.unsafe<Row[]>(text))],
    close: async () => {
      await closeDatabase()
      await admin.end({ timeout: 5 })
      const maintenance = harnessClient(server.adminUrl)
      await maintenance.unsafe(`drop database if exists ${name} with (force)`)
      await maintenance.end({ timeout: 5 })
    },
  }
}

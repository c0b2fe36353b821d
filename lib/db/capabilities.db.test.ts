import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseCapabilities, type ProtectionId } from './capabilities'
import { configureDatabase } from './client'
import { freshDatabase, type TestDatabase } from './testing/database'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** Matters of the server rather than of roles; the tests may run on one that somebody else set up. */
const SERVER: readonly ProtectionId[] = ['durable', 'checksums', 'privateConnection', 'textIndex']

const failing = async (): Promise<ProtectionId[]> =>
  (await databaseCapabilities())
    .filter(({ id, holds }) => !holds && !SERVER.includes(id))
    .map(({ id }) => id)

it('reports that every protection of the roles holds once a database was migrated', async () => {
  expect(await failing()).toEqual([])
})

it.each<[string, ProtectionId, string, string]>([
  [
    'owns a table',
    'ownsNothing',
    'alter table agent owner to ROLE',
    'alter table agent owner to chancery_owner',
  ],
  [
    'may become the owner',
    'ownsNothing',
    'grant chancery_owner to ROLE',
    'revoke chancery_owner from ROLE',
  ],
  [
    'may create roles',
    'noRoleRights',
    'alter role ROLE createrole',
    'alter role ROLE nocreaterole',
  ],
  [
    'may change one column of the audit log',
    'auditAppendOnly',
    'grant update (leaf) on audit.event to ROLE',
    'revoke update (leaf) on audit.event from ROLE',
  ],
  [
    'may empty the audit log',
    'auditAppendOnly',
    'grant truncate on audit.entry to ROLE',
    'revoke truncate on audit.entry from ROLE',
  ],
  [
    'meets a guard that is switched off',
    'guardsOn',
    'alter table audit.event disable trigger event_immutable',
    'alter table audit.event enable always trigger event_immutable',
  ],
  [
    'may create tables',
    'noSchemaChange',
    'grant create on schema public to ROLE',
    'revoke create on schema public from ROLE',
  ],
  [
    'may skip triggers',
    'noReplicationRole',
    'grant set on parameter session_replication_role to ROLE',
    'revoke set on parameter session_replication_role from ROLE',
  ],
])('notices when the application %s', async (_, id, breaking, mending) => {
  const role = new URL(database.url).username
  await database.asAdmin(breaking.replace('ROLE', role))
  try {
    expect(await failing()).toContain(id)
  } finally {
    await database.asAdmin(mending.replace('ROLE', role))
  }
  expect(await failing()).toEqual([])
})

it('notices when the application is a superuser, whom nothing binds', async () => {
  configureDatabase({ url: database.adminUrl })
  expect(await failing()).toEqual(
    expect.arrayContaining(['ownsNothing', 'notSuperuser', 'auditAppendOnly', 'noReplicationRole']),
  )
  configureDatabase({ url: database.url, adminUrl: database.adminUrl })
})

it('says when text search has no index to read', async () => {
  await database.asAdmin('drop index if exists agent_by_text')
  const textIndex = (await databaseCapabilities()).find(({ id }) => id === 'textIndex')
  expect(textIndex).toMatchObject({ holds: false, explanation: expect.stringContaining('pg_trgm') })
})

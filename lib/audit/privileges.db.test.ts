import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { dbErrorCode } from '@/lib/db/transaction'
import { integrateAll } from './sequencer'
import { recordMany } from './testing/facts'

const FORBIDDEN = '42501'
const TABLES = [
  'deletable',
  'entry',
  'event',
  'integrity',
  'pending',
  'private',
  'tie_coverage',
  'tile',
  'tree_head',
  'tree_state',
]

let database: TestDatabase
let role: string
beforeAll(async () => {
  database = await freshDatabase()
  role = new URL(database.url).username
  await recordMany(3)
  await integrateAll(rawSql())
  await recordMany(2)
})
afterAll(() => database.close())

async function codeOf(text: string): Promise<string | null> {
  return rawSql()
    .unsafe(text)
    .then(
      () => null,
      (error) => dbErrorCode(error),
    )
}

describe('the role of the application', () => {
  it('may read every table of the log, insert two columns of facts and five of values, no more', async () => {
    const tables = await database.asAdmin(`
      select c.relname::text as name,
        array(select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
          'REFERENCES', 'TRIGGER']) p where has_table_privilege('${role}', c.oid, p)) as rights,
        array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
          and has_column_privilege('${role}', c.oid, a.attnum, 'INSERT') order by 1) as inserts,
        array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
          and has_column_privilege('${role}', c.oid, a.attnum, 'UPDATE')) as updates
      from pg_class c where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'v', 'p')
      order by 1`)
    const inserts: Record<string, string[]> = {
      event: ['id', 'leaf'],
      private: ['event_id', 'ord', 'path', 'salt', 'value'],
    }
    expect(tables).toEqual(
      TABLES.map((name) => ({
        name,
        rights: ['SELECT'],
        inserts: inserts[name] ?? [],
        updates: [],
      })),
    )
  })

  it('may call the six functions that it needs, and owns nothing', async () => {
    const functions = await database.asAdmin(`
      select p.proname::text as name, p.prosecdef as definer, p.proconfig::text as config
      from pg_proc p where p.pronamespace = 'audit'::regnamespace
        and has_function_privilege('${role}', p.oid, 'EXECUTE') order by 1`)
    expect(functions.map((row) => row.name)).toEqual([
      'integrate',
      'lock_tree',
      'mark_demo',
      'open_log',
      'publish_head',
      'report_integrity',
    ])
    for (const row of functions) {
      expect(row.definer).toBe(true)
      expect(row.config).toContain('search_path=pg_catalog, pg_temp')
    }
    const [owned] = await database.asAdmin(`
      select count(*)::int as n from pg_class where relnamespace = 'audit'::regnamespace
      and relowner = '${role}'::regrole`)
    expect(owned!.n).toBe(0)
  })

  it.each(['event', 'entry', 'tile', 'tree_head', 'tree_state', 'private', 'pending', 'integrity'])(
    'cannot update, delete from or empty audit.%s',
    async (table) => {
      const [column] = await database.asAdmin(`
        select column_name as name from information_schema.columns
        where table_schema = 'audit' and table_name = '${table}' and is_identity = 'NO' limit 1`)
      const name = column!.name
      expect(await codeOf(`update audit.${table} set ${name} = ${name}`)).toBe(FORBIDDEN)
      expect(await codeOf(`delete from audit.${table}`)).toBe(FORBIDDEN)
      expect(await codeOf(`truncate audit.${table}`)).toBe(FORBIDDEN)
      expect(await codeOf(`alter table audit.${table} disable trigger all`)).toBe(FORBIDDEN)
      expect(await codeOf(`drop table audit.${table}`)).toBe(FORBIDDEN)
    },
  )

  it('cannot choose the transaction, the time or the hash of a fact', async () => {
    for (const column of ['tx', 'recorded_at', 'at', 'action', 'actor_id', 'leaf_hash']) {
      const text = `insert into audit.event (id, leaf, ${column})
        select gen_random_uuid(), leaf, ${column} from audit.event limit 1`
      expect(await codeOf(text)).toBe(FORBIDDEN)
    }
  })

  it('cannot number, sign or queue by hand', async () => {
    const take = `select 1000, id, leaf_hash from audit.event limit 1`
    expect(await codeOf(`insert into audit.entry ${take}`)).toBe(FORBIDDEN)
    expect(await codeOf(`insert into audit.pending (event_id) select gen_random_uuid()`)).toBe(
      FORBIDDEN,
    )
    expect(await codeOf(`insert into audit.tree_head (epoch) values (1)`)).toBe(FORBIDDEN)
  })

  it('cannot switch guards off or become somebody who can', async () => {
    expect(await codeOf('set session_replication_role = replica')).toBe(FORBIDDEN)
    expect(await codeOf('set role chancery_owner')).toBe(FORBIDDEN)
    expect(await codeOf('select audit.attach_ties()')).toBe(FORBIDDEN)
    expect(await codeOf(`create function audit.x() returns int language sql as 'select 1'`)).toBe(
      FORBIDDEN,
    )
  })
})

describe('what the functions refuse', () => {
  const empty = `'{}'::int[], '{}'::bigint[], ''::bytea`
  it('another leaf hash than the one of the bytes, and an event that does not wait', async () => {
    const [state] =
      await rawSql()`select size, encode(frontier, 'hex') as frontier from audit.tree_state`
    const [pending] = await rawSql()`select arrival from audit.pending order by arrival limit 1`
    const wrong = Buffer.alloc(32, 9).toString('hex')
    const { appendLeaf, frontierBytes, frontierFrom, rootOf } = await import('./merkle')
    const frontier = frontierFrom(Number(state!.size), Buffer.from(state!.frontier, 'hex'))
    appendLeaf(frontier, Buffer.alloc(32, 9))
    const after = `'\\x${rootOf(frontier).toString('hex')}', '\\x${frontierBytes(frontier).toString('hex')}'`
    const call = (arrival: number) =>
      codeOf(
        `select audit.integrate(${state!.size}, '{${arrival}}', '\\x${wrong}', ${empty}, ${after})`,
      )
    expect(await call(Number(pending!.arrival))).toBe('CHA09')
    expect(await call(999_999)).toBe('CHA09')
  })

  it('a tree that has moved on, and a root that does not follow', async () => {
    const zero = `'\\x${Buffer.alloc(32).toString('hex')}'`
    expect(
      await codeOf(`select audit.integrate(1, '{1}', ${zero}, ${empty}, ${zero}, ${zero})`),
    ).toBe('CHA08')
    expect(await codeOf(`select audit.integrate(3, '{}', '', ${empty}, ${zero}, ${zero})`)).toBe(
      'CHA09',
    )
  })

  it('a checkpoint that is not about this tree, and a second key', async () => {
    const zero = `'\\x${Buffer.alloc(32).toString('hex')}'`
    expect(await codeOf(`select audit.publish_head(3, ${zero}, 'x')`)).toBe('CHA10')
    expect(await codeOf(`select audit.publish_head(4, ${zero}, 'x')`)).toBe('CHA10')
    await rawSql()`select audit.open_log('first')`
    const [row] = await rawSql()`select audit.open_log('second') as vkey`
    expect(row!.vkey).toBe('first')
  })
})

describe('a superuser without switching anything off', () => {
  it.each(['event', 'entry', 'tile', 'tree_head', 'private'])(
    'cannot change audit.%s',
    async (t) => {
      // As a replica would: only what is ENABLE ALWAYS still fires.
      const code = (text: string) =>
        database
          .asAdmin(`set session_replication_role = replica; ${text}`)
          .then(
            () => null,
            (error) => dbErrorCode(error),
          )
          .finally(() => database.asAdmin('set session_replication_role = default'))
      expect(await code(`truncate audit.${t} cascade`)).toBe('CHA04')
      if (t === 'event' || t === 'entry') {
        expect(await code(`update audit.${t} set leaf_hash = leaf_hash`)).toBe('CHA04')
        expect(await code(`delete from audit.${t}`)).toBe('CHA04')
      }
    },
  )

  it('cannot leave a gap in the numbers', async () => {
    const text = `insert into audit.entry select 900, e.id, e.leaf_hash from audit.event e
      where not exists (select from audit.entry n where n.event_id = e.id) limit 1`
    const code = await database.asAdmin(text).then(
      () => null,
      (error) => dbErrorCode(error),
    )
    expect(code).toBe('CHA05')
  })
})

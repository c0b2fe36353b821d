import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/core/ids'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { dbErrorCode, transaction } from '@/lib/db/transaction'
import { appendEvent, composeLeaf } from './append'
import { UNGOVERNED } from './governed'
import { leafText } from './leaf'
import { logOrigin } from './origin'
import { record, SOMEBODY, someFact } from './testing/facts'

const NO_FACT = 'CHT01'
const NEVER = 'CHT02'
const database: TestDatabase = await freshDatabase()
const deletable = new Set(
  (await database.asAdmin('select table_name as name from audit.deletable')).map((row) => row.name),
)
const governed = await database
  .asAdmin('select table_name as name from audit.tie_coverage where governed order by 1')
  .then((rows) => rows.map((row) => String(row.name)))
afterAll(() => database.close())

/** Runs SQL as superuser and undoes it; the SQLSTATE of the refusal, or null. */
async function tryAsAdmin(text: string): Promise<string | null> {
  try {
    await database.asAdmin(`begin; ${text}; set constraints all immediate;`)
    return null
  } catch (error) {
    return dbErrorCode(error)
  } finally {
    await database.asAdmin('rollback')
  }
}

async function eventSql(id: string): Promise<string> {
  const log = await transaction((tx) => logOrigin(tx))
  const input = { id, fact: someFact(), actor: SOMEBODY, requestId: undefined, now: new Date() }
  const text = leafText(composeLeaf(log, input).leaf).replaceAll("'", "''")
  return `insert into audit.event (id, leaf) values ('${id}', convert_to('${text}', 'UTF8'));`
}

const VALUES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: `'x'`,
  integer: '1',
  bigint: '1',
  boolean: 'false',
  jsonb: `'{}'`,
  bytea: `'x'::bytea`,
  date: 'current_date',
  ARRAY: `'{}'`,
  'timestamp with time zone': 'now()',
}

/** A row of any table that names this event, made from the catalog. */
async function insertSql(table: string, event: string): Promise<string> {
  const columns = await database.asAdmin(`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = '${table}' and is_nullable = 'NO'
      and is_identity = 'NO' and column_name <> 'audit_event_id'`)
  const names = columns.map((column) => column.name)
  const values = columns.map((column) => {
    const value = VALUES[String(column.type)]
    if (value === undefined) throw new Error(`No value for ${table}.${column.name}`)
    return value
  })
  return `insert into public.${table} (${[...names, 'audit_event_id'].join()})
    values (${[...values, `'${event}'`].join()});`
}

/** Leaves the tie as the only guard of the table, and pretends to be a replica: it must hold alone. */
async function onlyTheTie(table: string): Promise<string> {
  const checks = await database.asAdmin(`
    select conname as name from pg_constraint
    where conrelid = 'public.${table}'::regclass and contype = 'c'`)
  return `
    alter table public.${table} disable trigger all;
    ${checks.map((check) => `alter table public.${table} drop constraint ${check.name};`).join('')}`
}
const tieOn = (table: string) => `
  alter table public.${table} enable always trigger tie_change;
  alter table public.${table} enable always trigger tie_delete;
  alter table public.${table} enable always trigger tie_truncate;
  set local session_replication_role = replica;`

describe('the catalog', () => {
  it('every table is governed, or exempt with a reason', async () => {
    const rows = await database.asAdmin(
      'select table_name as name from audit.tie_coverage where not governed order by 1',
    )
    expect(rows.map((row) => row.name)).toEqual(Object.keys(UNGOVERNED).sort())
    expect(Object.values(UNGOVERNED).every((reason) => reason.length > 20)).toBe(true)
    expect(governed.length).toBeGreaterThan(20)
  })

  it('every governed table must name a fact, has its three guards and a deferred reference', async () => {
    const rows = await database.asAdmin(`
      select c.table_name as name, c.required, c.guards, k.condeferred as deferred
      from audit.tie_coverage c left join pg_constraint k
        on k.conrelid = format('public.%I', c.table_name)::regclass
        and k.confrelid = 'audit.event'::regclass
      where c.governed`)
    for (const row of rows) {
      expect(row).toEqual({ name: row.name, required: true, guards: 3, deferred: true })
    }
  })

  it('a new table is noticed until it is tied, and tying again changes nothing', async () => {
    await database.asAdmin('create table public.newcomer (id uuid, audit_event_id uuid not null)')
    const guards = async () => {
      const rows = await database.asAdmin(
        `select guards from audit.tie_coverage where table_name = 'newcomer'`,
      )
      return rows[0]!.guards
    }
    expect(await guards()).toBe(0)
    await database.asAdmin('select audit.attach_ties()')
    await database.asAdmin('select audit.attach_ties()')
    expect(await guards()).toBe(3)
    await database.asAdmin('drop table public.newcomer')
  })
})

describe('a change without a fact of the same transaction is refused, even to a superuser', () => {
  let old: string
  beforeAll(async () => {
    old = (await record(someFact()))[0]!
  })

  it.each(governed)('of table %s', async (table) => {
    const prepare = await onlyTheTie(table)
    const fresh = randomUUID()
    // Made up, reused, and its own.
    const invented = await insertSql(table, fresh)
    expect(await tryAsAdmin(`${prepare}${tieOn(table)}${invented}`)).toBe(NO_FACT)
    const reused = await insertSql(table, old)
    expect(await tryAsAdmin(`${prepare}${tieOn(table)}${reused}`)).toBe(NO_FACT)
    const own = newId<'event'>()
    const tied = `${await insertSql(table, own)}${await eventSql(own)}`
    expect(await tryAsAdmin(`${prepare}${tieOn(table)}${tied}`)).toBeNull()
    // A row that was there before: kept id, then another change of the row.
    const existing = `${prepare}${reused}${tieOn(table)}`
    const touch = `update public.${table} set audit_event_id = audit_event_id`
    expect(await tryAsAdmin(`${existing}${touch}`)).toBe(NO_FACT)
    const renew = `update public.${table} set audit_event_id = '${own}';`
    expect(await tryAsAdmin(`${existing}${renew}${await eventSql(own)}`)).toBeNull()
    // What may go at all goes with a fact of its own; everything else stays.
    const gone = deletable.has(table) ? NO_FACT : NEVER
    expect(await tryAsAdmin(`${existing}delete from public.${table}`)).toBe(gone)
    expect(await tryAsAdmin(`${existing}truncate public.${table} cascade`)).toBe(NEVER)
  })
})

describe('at commit, for the role of the application', () => {
  const insert = (event: string) => sql`
    insert into department (id, slug, name, created_at, audit_event_id)
    values (${randomUUID()}, ${`d-${randomUUID()}`}, 'North', now(), ${event})`
  const append = (id: string) => ({
    id,
    fact: someFact(),
    actor: SOMEBODY,
    requestId: undefined,
    now: new Date(),
  })
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error) => dbErrorCode(error),
    )

  it('the row may come before its fact', async () => {
    const id = newId<'event'>()
    await transaction(async (tx) => {
      await tx.execute(insert(id))
      await appendEvent(tx, append(id))
    })
    const rows = await rawSql()`select 1 from department where audit_event_id = ${id}`
    expect(rows).toHaveLength(1)
  })

  it('a row alone, a row with an older fact, and a row that keeps its older fact are undone', async () => {
    const count = async () => (await rawSql()`select count(*)::int as n from department`)[0]!.n
    const before = await count()
    const [old] = await record(someFact())
    // The reference itself refuses what names no fact at all.
    expect(await codeOf(transaction((tx) => tx.execute(insert(newId()))))).toBe('23503')
    expect(await codeOf(transaction((tx) => tx.execute(insert(old!))))).toBe(NO_FACT)
    const rename = sql`update department set name = 'South'`
    expect(await codeOf(transaction((tx) => tx.execute(rename)))).toBe(NO_FACT)
    const besideAnother = transaction(async (tx) => {
      await tx.execute(rename)
      await appendEvent(tx, append(newId()))
    })
    expect(await codeOf(besideAnother)).toBe(NO_FACT)
    expect(await count()).toBe(before)
    expect(await rawSql()`select 1 from department where name = 'South'`).toHaveLength(0)
  })

  it('a row of a table that lists deletion goes only together with a fact', async () => {
    await database.asAdmin(`
      insert into audit.deletable values ('department', 'in this test only');
      grant delete on public.department to ${new URL(database.url).username}`)
    const remove = sql`delete from department`
    expect(await codeOf(transaction((tx) => tx.execute(remove)))).toBe(NO_FACT)
    const id = newId<'event'>()
    await transaction(async (tx) => {
      await tx.execute(sql`select set_config('chancery.event', ${id}, true)`)
      await tx.execute(remove)
      await appendEvent(tx, append(id))
    })
    expect(await rawSql()`select 1 from department`).toHaveLength(0)
  })
})

import type { TestDatabase } from '@/lib/db/testing/database'

const TABLES = [
  ...['event', 'entry', 'pending', 'tile', 'tree_state', 'tree_head', 'private'].map(
    (table) => `audit.${table}`,
  ),
  'public.definition',
  'public.version',
]

/**
 * Does what only a superuser can: runs SQL with every trigger of these tables off, then puts the
 * triggers back as they were, so that only the data tells.
 */
export async function attack(
  database: TestDatabase,
  text: string,
  tables: readonly string[] = TABLES,
): Promise<void> {
  const names = tables.map((table) => `'${table}'::regclass`).join()
  await database.asAdmin(`
    create temp table was on commit preserve rows as
    select tgrelid::regclass::text as tbl, tgname, tgenabled, tgisinternal from pg_trigger
    where tgrelid in (${names});`)
  await database.asAdmin(
    tables.map((table) => `alter table ${table} disable trigger all;`).join(''),
  )
  await database.asAdmin(text)
  await database.asAdmin(`
    do $$ declare w record; begin
      for w in select * from was loop
        execute format('alter table %s enable %s trigger %I', w.tbl,
          case when w.tgenabled = 'A' then 'always' else '' end, w.tgname);
      end loop;
    end $$;
    drop table was;`)
}

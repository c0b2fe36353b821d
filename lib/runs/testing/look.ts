import type { TestDatabase } from '@/lib/db/testing/database'

type Row = Record<string, unknown>

/** What tests of runs look at behind the product's back, and how they tamper with it. */
export type Look = {
  /** The first row of a query with the run's id as `$1`. */
  one: (text: string, runId: string) => Promise<Row>
  /** The calls of a run, in order. */
  calls: (runId: string) => Promise<Row[]>
  /** Names of the facts that mention an id, oldest first. */
  facts: (id: string) => Promise<string[]>
  /** Changes rows as whoever owns the database could: without a fact. */
  vandalise: (table: string, text: string) => Promise<void>
}

export function lookInto(database: TestDatabase): Look {
  return {
    one: async (text, runId) => (await database.asAdmin(text, [runId]))[0] ?? {},
    calls: (runId) =>
      database.asAdmin(
        `select tool, state, verdict, rule_id, result from tool_call
         where run_id = $1 order by step, ordinal`,
        [runId],
      ),
    facts: async (id) => {
      const rows = await database.asAdmin(
        `select convert_from(leaf, 'UTF8')::json ->> 'act' as act from audit.event
         where convert_from(leaf, 'UTF8') like '%' || $1 || '%' order by recorded_at, id`,
        [id],
      )
      return rows.map((row) => String(row.act))
    },
    vandalise: async (table, text) => {
      // Every trigger is "always": whoever owns the tables has to take each one off.
      const rows = await database.asAdmin(
        'select tgname from pg_trigger where tgrelid = $1::regclass and not tgisinternal',
        [table],
      )
      const each = (verb: string) =>
        rows.map(({ tgname }) => `alter table ${table} ${verb} trigger ${tgname};`).join(' ')
      await database.asAdmin(`${each('disable')} ${text}; ${each('enable always')}`)
    },
  }
}

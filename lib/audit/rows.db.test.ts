import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '@/lib/core/sha256'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import type { Fact } from './catalogue'
import { integrateAll } from './sequencer'
import { attack } from './testing/attack'
import { record, SOMEBODY } from './testing/facts'
import { TIE_CHECKS } from './tie-checks'
import { verifyDatabase } from './verify'

const ONE = 'a1'.repeat(32)
const TWO = 'b2'.repeat(32)
const SOMEBODY_ID = SOMEBODY.kind === 'person' ? SOMEBODY.id : ''
const id = randomUUID()

/** A row as a command leaves it, its fact, and a change that only a superuser can make. */
type Case = { table: string; fact: Fact; row: Record<string, string>; change: string; says: RegExp }
const about = (t: 'version' | 'run' | 'change_set' | 'review') => [{ t, id }]

const CASES: Case[] = [
  {
    table: 'version',
    fact: {
      action: 'version.published',
      targets: about('version'),
      data: {
        number: '1.2.0',
        ordinal: 2,
        digest: ONE,
        previous: TWO,
        proposal: randomUUID(),
        approvals: 1,
      },
    },
    row: { number: '1.2.0', ordinal: '2', digest: ONE },
    change: `digest = '${TWO}'`,
    says: /version .*digest is b2b2.*the fact says a1a1/,
  },
  {
    table: 'decision',
    fact: {
      action: 'approval.decided',
      targets: [{ t: 'approval', id: randomUUID() }],
      data: {
        decision: id,
        kind: 'proposal',
        verdict: 'reject',
        digest: ONE,
        rendered: TWO,
        rule_version: 1,
        state: 'rejected',
      },
    },
    row: {
      verdict: 'reject',
      digest: ONE,
      rendered_digest: TWO,
      rule_version: '1',
      person_id: SOMEBODY_ID,
    },
    change: `verdict = 'approve'`,
    says: /decision .*verdict is approve, the fact says reject/,
  },
  {
    table: 'run',
    fact: {
      action: 'run.queued',
      targets: about('run'),
      data: { digest: ONE, constitution: TWO, provider: 'rehearsal', model: 'none', task: ONE },
    },
    row: { digest: ONE, constitution_hash: TWO, state: 'queued' },
    change: `digest = '${TWO}'`,
    says: /run .*digest is b2b2/,
  },
  {
    table: 'change_set',
    fact: {
      action: 'change_set.proposed',
      targets: about('change_set'),
      data: { digest: ONE, files: 1, added: 1, removed: 0, operations: 0 },
    },
    row: { digest: ONE, state: 'proposed' },
    change: `digest = '${TWO}'`,
    says: /change_set .*digest/,
  },
  {
    table: 'review',
    fact: {
      action: 'review.completed',
      targets: about('review'),
      data: { outcome: 'suspend', digest: ONE, next_due_on: null },
    },
    row: { outcome: 'suspend', digest: ONE, completed_by: SOMEBODY_ID, state: 'completed' },
    change: `outcome = 'keep'`,
    says: /review .*outcome is keep, the fact says suspend/,
  },
]

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

async function changed(): Promise<string[]> {
  const { findings } = await verifyDatabase({ sql: rawSql(), vkey: null })
  return findings.map((finding) => `${finding.code} ${finding.sentence}`)
}

/** Inserts a row past every rule: what the row means is not the matter here, only what it says. */
async function insertRow(table: string, row: Record<string, string>): Promise<void> {
  const columns = await database.asAdmin(`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = '${table}' and is_nullable = 'NO'
      and is_identity = 'NO' and column_default is null`)
  const values: Record<string, string> = Object.fromEntries(
    Object.entries({ id, ...row }).map(([name, value]) => [name, `'${value}'`]),
  )
  for (const { name, type } of columns) {
    values[String(name)] ??=
      type === 'uuid'
        ? `'${randomUUID()}'`
        : type === 'integer'
          ? '1'
          : type === 'jsonb'
            ? `'[]'`
            : type === 'date' || String(type).startsWith('timestamp')
              ? 'now()'
              : `'x'`
  }
  await attack(
    database,
    `insert into public.${table} (${Object.keys(values).join()})
     values (${Object.values(values).join()})`,
    [`public.${table}`],
  )
}

describe('a row that is changed behind the log is named', () => {
  it.each(CASES)('in $table', async ({ table, fact, row, change, says }) => {
    const [event] = await record(fact)
    await integrateAll(rawSql())
    expect((await changed()).join()).toContain('the row is gone')
    await insertRow(table, { ...row, audit_event_id: event! })
    expect(await changed()).toEqual([])
    const inverse = change.startsWith('digest') ? `digest = '${row.digest}'` : undo(change, row)
    await attack(database, `update public.${table} set ${change}`, [`public.${table}`])
    const found = await changed()
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^ROW_CHANGED Rows changed behind the log/)
    expect(found[0]).toMatch(says)
    await attack(database, `update public.${table} set ${inverse}`, [`public.${table}`])
    expect(await changed()).toEqual([])
  })

  function undo(change: string, row: Record<string, string>): string {
    const column = change.split(' ')[0]!
    return `${column} = '${row[column]}'`
  }

  it('in the bytes of a definition', async () => {
    const [event] = await record(CASES[0]!.fact)
    const digest = sha256('# An agent')
    await database.asAdmin('alter table public.definition drop constraint definition_digest')
    await attack(
      database,
      `delete from public.version;
       insert into public.definition values ('${digest}', '# An agent', 10, now(), '${event}')`,
      ['public.definition', 'public.version'],
    )
    expect((await changed()).join()).not.toContain('definition')
    await attack(database, `update public.definition set bytes = '# Another!'`, [
      'public.definition',
    ])
    expect((await changed()).join()).toMatch(/definition [0-9a-f]{64}: its bytes have the digest/)
  })

  it('and a row that names no fact at all is loose', async () => {
    await attack(database, `update public.definition set audit_event_id = gen_random_uuid()`, [
      'public.definition',
    ])
    expect((await changed()).join()).toMatch(/TIE .*definition \(1\)/)
  })
})

it('every promise is made about a table that exists', async () => {
  for (const check of TIE_CHECKS) {
    await expect(database.asAdmin(check.sql)).resolves.toBeDefined()
  }
  expect(new Set(TIE_CHECKS.map((check) => check.table)).size).toBe(TIE_CHECKS.length)
})

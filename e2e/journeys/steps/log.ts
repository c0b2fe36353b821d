import { expect } from '@playwright/test'
import postgres from 'postgres'
import { chancery } from '../../server'
import { expectAccessible } from './accessible'
import { AGENT } from './agents'
import type { Seat } from './world'

/** What the thread must have left behind, in the order in which it happened. */
const FACTS = [
  'installation.created',
  'person.invited',
  'person.joined',
  'agent.imported',
  'draft.saved',
  'proposal.opened',
  'approval.decided',
  'proposal.returned',
  'version.published',
  'workspace.registered',
  'run.queued',
  'tool_call.held',
  'change_set.applied',
  'run.finished',
  'review.completed',
]

/** The log tells the thread; a query narrows it; one fact is shown with a proof that holds. */
export async function readLog(ada: Seat): Promise<void> {
  const { page } = ada
  await page.goto('/log')
  await expect(page.getByRole('heading', { name: /^Sealed at \d+ facts$/ })).toBeVisible()
  await expectAccessible(page, 'log')
  for (const action of FACTS) {
    await page.goto(`/log?q=action:${action}`)
    const table = page.getByRole('table', { name: 'Facts' })
    await expect(table.getByRole('link', { name: action }).first(), action).toBeVisible()
  }
  await page.goto('/log')
  await page.getByLabel('Search the log').fill('action:version.*')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=action/)
  const rows = page.getByRole('table', { name: 'Facts' }).getByRole('link')
  await expect(rows).toHaveCount(1)
  await rows.first().click()
  const fact = page.getByRole('article', { name: 'Fact' })
  await expect(fact).toContainText(AGENT)
  await expect(fact).toContainText('2.0.0')
  await expect(fact.getByText('checked in this browser')).toBeVisible()
  await expectAccessible(page, 'log, one fact')
  await page.getByRole('button', { name: 'Verify all' }).click()
  await expect(
    page.getByRole('heading', { name: 'The log is complete and unaltered' }),
  ).toBeVisible()
  await expectAccessible(page, 'log, verified')
}

/** The whole log is recomputed and holds. */
export async function verifies(dataDir: string): Promise<void> {
  const done = await chancery(dataDir, ['verify'])
  expect(done.code, `${done.stdout}${done.stderr}`).toBe(0)
}

const renumber = (sql: postgres.Sql) =>
  sql`update version set number = '9.9.9' where number = '2.0.0'`

/** A row that was changed with every guard taken off, and put back, is named by the command. */
export async function tamperingIsFound(dataDir: string): Promise<void> {
  const { stdout } = await chancery(dataDir, ['db', 'url', '--admin'])
  const sql = postgres(stdout.trim(), { max: 1, onnotice: () => undefined })
  try {
    await expect(renumber(sql), 'the guards refuse even its owner').rejects.toThrow(/immutable/)
    const guards = await sql<{ name: string; always: boolean }[]>`
      select tgname as name, tgenabled = 'A' as always from pg_trigger
      where tgrelid = 'version'::regclass and not tgisinternal`
    for (const { name } of guards) await sql`alter table version disable trigger ${sql(name)}`
    expect((await renumber(sql)).count).toBe(1)
    for (const { name, always } of guards) {
      const how = always ? sql`enable always` : sql`enable`
      await sql`alter table version ${how} trigger ${sql(name)}`
    }
  } finally {
    await sql.end()
  }
  const done = await chancery(dataDir, ['verify'])
  expect(done.code, `${done.stdout}${done.stderr}`).toBe(1)
  expect(done.stdout).toMatch(/number is 9\.9\.9, the fact says 2\.0\.0/)
}

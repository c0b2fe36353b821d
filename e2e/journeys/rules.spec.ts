import { expect, type TestInfo, test } from '@playwright/test'
import { type Server, startServer } from '../server'
import { expectAccessible } from './steps/accessible'
import { importFolder } from './steps/agents'
import { DEPARTMENT, invite, join, setUp } from './steps/people'
import { type Seat, seat } from './steps/world'

test.setTimeout(600_000)

let server: Server
const seats: Seat[] = []

test.afterEach(async ({ browserName: _ }, info: TestInfo) => {
  await info.attach('server', { body: server?.output() ?? '', contentType: 'text/plain' })
  for (const one of seats) await one.context.close()
  await server?.stop()
})

test('what the rules find is repaired with one click, excused until a day, or changed by people', async ({
  browser,
}) => {
  server = await startServer()
  const ada = await seat(browser, server, 'Ada')
  const ben = await seat(browser, server, 'Ben')
  seats.push(ada, ben)
  await setUp(ada, server)
  await join(ben, await invite(ada))
  await importFolder(ada.page)

  await test.step('a repair becomes the next revision of the draft, and the finding is gone', () =>
    repairsByOneClick(ada))
  await test.step('a finding is excused until a day by somebody else', () => excuse(ada, ben))
  await test.step('a change of the constitution says whom it would hit before it is proposed', () =>
    previewsAChange(ada))
  for (const one of seats) expect(one.watch.complaints).toEqual([])
})

async function repairsByOneClick(ada: Seat): Promise<void> {
  const { page } = ada
  await page.goto('/agents/ledger-architect')
  const findings = page.getByRole('region', { name: 'Findings' })
  await expect(findings).toContainText('Granted, but not authorised by its own text')
  await expectAccessible(page, 'agent record, with a finding to repair')
  await findings
    .getByTitle(/as an edit of the draft/)
    .first()
    .click()
  await expect(page.getByText(/Draft, revision 2\./).first()).toBeVisible()
  await page.reload()
  await expect(findings.getByText('Granted, but not authorised by its own text')).toHaveCount(0)
}

async function excuse(ada: Seat, ben: Seat): Promise<void> {
  const { page } = ada
  await page.goto('/agents/ledger-architect')
  const finding = page
    .getByRole('region', { name: 'Findings' })
    .getByRole('listitem')
    .filter({ hasText: 'The section “Core Responsibilities” is empty.' })
  await finding.getByRole('link', { name: /Excuse until/ }).click()
  await page.getByLabel(/^Reason/).fill('The team writes it together next week.')
  await expectAccessible(page, 'asking for a waiver')
  await page.getByRole('button', { name: 'Ask to excuse it' }).click()
  await page.waitForURL(/\/inbox\//)
  await expectAccessible(page, 'waiver, for who asked')
  const item = new URL(page.url()).pathname

  await ben.page.goto(item)
  await expect(ben.page.getByRole('heading', { level: 1 })).toContainText('section-empty')
  await expectAccessible(ben.page, 'waiver, for who decides')
  await ben.page.keyboard.press('a')
  await ben.page.locator('#read-to-here').scrollIntoViewIfNeeded()
  await ben.page.keyboard.press('Control+Enter')
  await expect(ben.page.getByText('Recorded.').first()).toBeVisible()

  await page.goto('/agents/ledger-architect')
  await expect(finding).toContainText(/Waived until/)
  await expect(finding).toContainText('approved by Ben Osei')
  await page.goto('/waivers?view=force')
  await expect(page.getByRole('row', { name: /ledger-architect/ })).toBeVisible()
  await expectAccessible(page, 'waivers')
}

async function previewsAChange(ada: Seat): Promise<void> {
  const { page } = ada
  await page.goto('/constitution')
  await expectAccessible(page, 'constitution')
  await page.getByRole('button', { name: 'Open a draft' }).first().click()
  await page.waitForURL(/\/constitution\/\w+/)
  await page.goto('/constitution/policy?draft')
  await page.getByLabel('A department without a policy').selectOption({ label: DEPARTMENT })
  await page.getByRole('button', { name: 'Add a row' }).click()
  await page.getByLabel(`Write, ${DEPARTMENT}`, { exact: true }).selectOption('forbidden')
  const matrix = page.locator('form').filter({
    has: page.getByRole('table', { name: 'What agents of each department may hold' }),
  })
  await matrix.getByRole('button', { name: 'Save in the draft' }).click()
  await expect(matrix.getByText('Saved in the draft. Not in force.')).toBeVisible()
  await expectAccessible(page, 'policy matrix, draft')
  await expect(async () => {
    await page.goto('/constitution/changes')
    const effect = page.getByRole('region', { name: 'Effect on the catalog' })
    await expect(effect.getByRole('heading', { name: /Would newly fail/ })).toBeVisible({
      timeout: 2_000,
    })
    await expect(effect.getByRole('link', { name: 'posting-clerk' }).first()).toBeVisible()
  }).toPass({ timeout: 60_000 })
  await expectAccessible(page, 'what a constitution would change')
  // Nothing holds until people agree.
  await page.goto('/agents/posting-clerk')
  await expect(page.getByText(/None\. Every rule of the constitution holds/)).toBeVisible()
}

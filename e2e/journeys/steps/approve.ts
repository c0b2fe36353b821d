import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { AGENT, sha256 } from './agents'
import type { Seat } from './world'

/** The item that is open in the reader. */
const decision = (page: Page) => page.getByRole('region', { name: 'Your decision' })

/** Whoever wrote it sees it wait, and why somebody else has to decide. */
export async function authorCannotDecide(ada: Seat): Promise<void> {
  const { page } = ada
  await page.goto('/inbox?view=waiting')
  await page
    .getByRole('link', { name: new RegExp(AGENT) })
    .first()
    .click()
  await expect(decision(page)).toContainText(
    'You wrote or proposed this change. Someone else must decide.',
  )
  await expect(decision(page).getByRole('radio')).toHaveCount(0)
  await expectAccessible(page, 'inbox, own proposal')
}

/** Opens the first item that needs the reader, with keys alone. */
export async function openFirstByKey(page: Page, words: RegExp): Promise<void> {
  await page.goto('/inbox')
  const row = page.locator('[data-row-link]').filter({ hasText: words }).first()
  await expect(row).toBeVisible()
  for (let presses = 0; presses < 20; presses++) {
    if ((await row.getAttribute('aria-current')) === 'true') break
    await page.keyboard.press('j')
  }
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/of \d+ in your inbox/).first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 }).filter({ hasText: words })).toBeVisible()
}

/** The digest that is signed, as it stands beside the button. */
async function signedDigest(page: Page): Promise<string> {
  const shown = decision(page).getByRole('button', { name: /Copy all 64 digits/ })
  return (await shown.getAttribute('data-copy')) ?? ''
}

/** Sends the proposal back with a reason; the draft is the author's again. */
export async function requestChanges(ben: Seat, reason: string): Promise<void> {
  const { page } = ben
  await openFirstByKey(page, new RegExp(AGENT))
  await expect(page.getByRole('region', { name: 'Capability change' })).toContainText('Bash')
  await expectAccessible(page, 'inbox, proposal')
  await page.keyboard.press('r')
  await expect(decision(page).getByLabel('Reason, kept in the record')).toBeFocused()
  await page.keyboard.type(reason)
  await page.keyboard.press('Control+Enter')
  await expect(decision(page)).toContainText('Recorded.')
  await expectAccessible(page, 'inbox, changes asked')
}

/** Approves with keys: choose, type the name because the risk is high, sign. */
export async function approveProposal(ben: Seat, number: string): Promise<string> {
  const { page } = ben
  await openFirstByKey(page, new RegExp(AGENT))
  await expect(page.getByRole('table', { name: 'Capability change' })).toContainText('Bash')
  await expect(page.getByText('- Keep every posting traceable')).toBeVisible()
  const digest = await signedDigest(page)
  await page.keyboard.press('a')
  await expect(decision(page).getByText(`Publishes ${number} at once.`)).toBeVisible()
  const commit = decision(page).getByRole('button', { name: `Sign and publish ${number}` })
  await expect(commit, 'nothing is signed blindly').toBeDisabled()
  await page.locator('#read-to-here').scrollIntoViewIfNeeded()
  await decision(page)
    .getByLabel(/Type ledger-architect to sign/)
    .fill(AGENT)
  await expectAccessible(page, 'inbox, about to sign')
  await page.keyboard.press('Control+Enter')
  await expect(decision(page)).toContainText('Recorded.')
  return digest
}

/** The derived number stands above the claimed ones, and the bytes are those that were signed. */
export async function published(ada: Seat, expected: { number: string; digest: string }) {
  const { page } = ada
  await page.goto(`/agents/${AGENT}/versions`)
  const rows = page.getByRole('table', { name: 'Versions' }).getByRole('row')
  const words = await rows.allTextContents()
  const at = (part: RegExp) => words.findIndex((row) => part.test(row))
  expect(at(new RegExp(`${expected.number.replaceAll('.', '\\.')}.*Live`))).toBeGreaterThan(0)
  expect(at(/2\.0\.0/)).toBeLessThan(at(/Imported, not verified/))
  expect(at(/Imported, not verified/)).toBeLessThan(at(/1\.1\.0/))
  await expect(rows.filter({ hasText: expected.number })).toContainText('Ben Osei')
  await expectAccessible(page, 'versions, published')
  const answer = await page.request.get(`/api/console/agents/${AGENT}/definition`)
  expect(sha256(await answer.body()), 'the exact bytes').toBe(expected.digest)
  await page.goto(`/agents/${AGENT}`)
  await expect(page.getByText('Active').first()).toBeVisible()
  await expectAccessible(page, 'agent record, published')
}

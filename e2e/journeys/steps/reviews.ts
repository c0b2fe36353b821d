import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { AGENT } from './agents'
import type { Seat } from './world'

/** The same day three months on; the last day of that month where it has no such day. */
function threeMonthsAfter(day: Date): string {
  const month = day.getUTCMonth() + 3
  const last = new Date(Date.UTC(day.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const date = Math.min(day.getUTCDate(), last)
  return new Date(Date.UTC(day.getUTCFullYear(), month, date)).toISOString().slice(0, 10)
}

const due = (page: Page) => page.getByRole('row', { name: new RegExp(AGENT) }).locator('time')

/** Due three months after publication; kept with a reason; due again three months later. */
export async function keepInReview(ada: Seat, ben: Seat): Promise<void> {
  await ada.page.goto('/reviews')
  await expect(due(ada.page)).toHaveAttribute('datetime', threeMonthsAfter(new Date()))
  await expectAccessible(ada.page, 'reviews')
  await ada.page.getByRole('link', { name: AGENT }).first().click()
  await expect(ada.page.getByText(/You wrote the version under review/)).toBeVisible()

  const { page } = ben
  await page.goto('/reviews')
  await page.getByRole('link', { name: AGENT }).first().click()
  await expect(page.getByRole('heading', { name: new RegExp(`${AGENT} 2\\.0\\.0`) })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Capabilities and their use' })).toContainText(
    'Bash',
  )
  await expect(page.getByRole('radio', { name: /^Keep/ }).first()).toBeChecked()
  await page.getByLabel('Reason, kept in the record').fill('Used once, as approved.')
  await expectAccessible(page, 'review')
  await page.getByRole('button', { name: 'Attest and keep' }).click()
  await expect(
    page.getByText('Used once, as approved.').or(page.getByText('Recorded.')).first(),
  ).toBeVisible()

  await page.goto('/reviews?view=decided')
  await expect(page.getByRole('row', { name: new RegExp(AGENT) })).toContainText('Keep')
  await expectAccessible(page, 'reviews, decided')
  await page.goto('/reviews')
  await expect(due(page)).toHaveAttribute('datetime', threeMonthsAfter(new Date()))
}

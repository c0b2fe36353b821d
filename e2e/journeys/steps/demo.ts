import { expect } from '@playwright/test'
import type { Server } from '../../server'
import type { Seat } from './world'

/** From the setup page: an invented organisation with four months of history. */
export async function makeDemo(at: Seat, server: Server): Promise<void> {
  const { page } = at
  await page.goto(server.setupLink ?? '')
  await page.getByRole('button', { name: 'Make the demonstration' }).click()
  await expect(me(at)).toBeVisible({ timeout: 180_000 })
}

const me = (at: Seat) => at.page.getByRole('button', { name: /Preferences and sign out$/ })

/** Goes on as another of the demo's people, through the menu at the foot of the sidebar. */
export async function actAs(at: Seat, name: string): Promise<void> {
  const { page } = at
  await page.goto('/')
  if (((await me(at).getAttribute('aria-label')) ?? '').startsWith(name)) return
  await me(at).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
  await expect(me(at)).toHaveAttribute('aria-label', new RegExp(`^${name}`))
}

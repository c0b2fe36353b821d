import { expect } from '@playwright/test'
import type { Server } from '../../server'
import { expectAccessible } from './accessible'
import type { Seat } from './world'

export const ADA = {
  name: 'Ada Brandt',
  email: 'ada@ledger.example',
  password: 'seven quiet harbour stones',
}
export const BEN = {
  name: 'Ben Osei',
  email: 'ben@ledger.example',
  password: 'four patient copper kettles',
}
export const DEPARTMENT = 'Finance'

/** A wrong link says why; the right one makes the first administrator. */
export async function setUp(ada: Seat, server: Server): Promise<void> {
  const { page } = ada
  expect(server.setupLink).toMatch(/\/setup\?token=[\w-]{43}$/)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Chancery is not set up yet' })).toBeVisible()
  await expectAccessible(page, 'not set up')
  await page.goto(`/setup?token=${'x'.repeat(43)}`)
  await expect(page.getByRole('heading', { name: 'This setup link does not hold' })).toBeVisible()
  await expect(page.getByText('chancery doctor')).toBeVisible()
  await expectAccessible(page, 'wrong setup link')

  await page.goto(server.setupLink ?? '')
  await expect(page.getByRole('button', { name: 'Make the demonstration' })).toBeVisible()
  await expectAccessible(page, 'setup')
  await page.getByLabel('Name of the organisation').fill('Ledgerworks')
  await page.getByLabel('First department').fill(DEPARTMENT)
  await page.getByLabel('Your name').fill(ADA.name)
  await page.getByLabel('E-mail', { exact: true }).fill(ADA.email)
  await page.getByLabel('Password', { exact: true }).fill(ADA.password)
  await page.getByRole('button', { name: 'Open the record' }).click()
  await expect(page.getByRole('link', { name: 'Choose files' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Paste a definition' })).toBeVisible()
  expect(page.url(), 'the used link has left the address').not.toContain('token')
  await expectAccessible(page, 'after setup')
}

/** The administrator makes a link for somebody who approves and reviews in one department. */
export async function invite(ada: Seat): Promise<string> {
  const { page } = ada
  await page.goto('/people?invite=1')
  const drawer = page.getByRole('main')
  await drawer.getByLabel('Name', { exact: true }).fill(BEN.name)
  await drawer.getByLabel('E-mail', { exact: true }).fill(BEN.email)
  await drawer.getByLabel('Role 1: role').selectOption('approver')
  await drawer.getByLabel('Role 1: where').selectOption({ label: DEPARTMENT })
  await drawer.getByRole('button', { name: 'Another role' }).click()
  await drawer.getByLabel('Role 2: role').selectOption('reviewer')
  await drawer.getByLabel('Role 2: where').selectOption({ label: DEPARTMENT })
  await expectAccessible(page, 'invite')
  await drawer.getByRole('button', { name: 'Make the invitation link' }).click()
  const link = drawer.getByText(/\/join\?token=/)
  await expect(link).toBeVisible()
  const address = (await link.textContent()) ?? ''
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await drawer.getByRole('button', { name: 'Copy the link' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()), { message: 'copied' })
    .toBe(address)
  await page.goto('/people')
  await expect(page.getByRole('row', { name: new RegExp(BEN.name) })).toContainText('Invited')
  await expectAccessible(page, 'people')
  return address
}

/** The invited person chooses a password and is in; the link holds once. */
export async function join(ben: Seat, link: string): Promise<void> {
  const { page } = ben
  await page.goto(link)
  await expect(page.getByRole('heading', { name: `Welcome, ${BEN.name}` })).toBeVisible()
  await expectAccessible(page, 'join')
  await page.getByLabel('Choose a password').fill(BEN.password)
  await page.getByRole('button', { name: 'Join and sign in' }).click()
  await expect(page.getByRole('button', { name: new RegExp(BEN.name) })).toBeVisible()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link was used already' })).toBeVisible()
}

/** Signs in with e-mail and password; a wrong pair is one sentence. */
export async function signIn(at: Seat, person: { email: string; password: string }) {
  const { page } = at
  await page.goto('/login')
  await expectAccessible(page, 'sign in')
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

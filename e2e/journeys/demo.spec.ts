import { expect, type Page, test } from '@playwright/test'
import { type Server, startServer } from '../server'
import { expectAccessible } from './steps/accessible'
import { actAs, makeDemo } from './steps/demo'
import { type Seat, seat } from './steps/world'

test.describe.configure({ mode: 'serial' })
test.setTimeout(600_000)

let server: Server
let one: Seat
let page: Page

test.beforeAll(async ({ browser }) => {
  server = await startServer()
  one = await seat(browser, server, 'Demo')
  page = one.page
})

test.afterEach(() => {
  expect(one.watch.complaints.splice(0)).toEqual([])
})

test.afterAll(async () => {
  await one?.context.close()
  await server?.stop()
})

/** Every address in the page that begins so, once. */
async function linksTo(prefix: string): Promise<string[]> {
  const all = await page
    .locator(`main a[href^="${prefix}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return [...new Set(all)]
}

async function visit(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address)
    await expect(page.locator('h1').first(), address).toBeVisible()
    await expectAccessible(page, address)
  }
}

test('the setup page makes a demonstration that is marked as one', async () => {
  await makeDemo(one, server)
  await expect(page.getByText('Halden Freight').first()).toBeVisible()
  await expectAccessible(page, 'demo, overview')
})

test('an approver goes through the inbox and decides the held call with the keyboard alone', async () => {
  await actAs(one, 'Mara Lindqvist')
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page.waitForURL(/\/inbox/)
  const rows = page.getByRole('region', { name: 'Needs me' }).locator('[data-row-link]')
  await expect(rows.first()).toBeVisible()
  const titles = await rows.allTextContents()
  expect(titles.length, 'a demonstration leaves something to decide').toBeGreaterThan(1)
  const heading = page.getByRole('heading', { level: 1 })
  const seen: string[] = []
  for (const title of titles) {
    const words = title.replace('Unread: ', '')
    for (let presses = 0; presses < titles.length; presses++) {
      if ((await heading.filter({ hasText: words }).count()) > 0) break
      await page.keyboard.press(seen.length === 0 ? 'k' : 'j')
      await page.waitForTimeout(400)
    }
    await expect(heading.filter({ hasText: words })).toBeVisible()
    seen.push(words)
    await expectAccessible(page, `inbox, ${words}`)
  }
  await decideHeldCall()
})

async function decideHeldCall(): Promise<void> {
  await page.goto('/inbox?kind=tool_call')
  const row = page.locator('[data-row-link]').first()
  await expect(row).toHaveAttribute('aria-current', 'true')
  await expect(page.getByText('Whole payload shown')).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByText('Comment, kept in the record')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Recorded.').first()).toBeVisible()
}

test('whoever approves reads agents, runs, reviews and the log without a barrier', async () => {
  await actAs(one, 'Mara Lindqvist')
  await visit(['/', '/inbox?view=waiting', '/inbox?view=done', '/agents', '/runs', '/reviews'])
  await page.goto('/agents')
  const agent = '/agents/schema-migrator'
  await visit([agent, `${agent}/definition`, `${agent}/definition?view=raw`, `${agent}/versions`])
  await page.goto('/runs')
  await visit(await linksTo('/runs/'))
  await page.goto('/reviews')
  await visit((await linksTo('/reviews/')).slice(0, 2))
  await visit(['/reviews?view=decided', '/log', '/log?q=action:version.*'])
  await page.getByRole('table', { name: 'Facts' }).getByRole('link').first().click()
  await expect(page.getByRole('article', { name: 'Fact' })).toBeVisible()
  await expectAccessible(page, 'log, one fact')
})

test('an author edits, imports and starts runs without a barrier', async () => {
  await actAs(one, 'Priya Nair')
  await visit(['/agents/import', '/agents/new', '/runs/new', '/agents/query-explainer'])
  await page.goto('/agents/schema-migrator/edit')
  await expect(page.locator('.cm-content')).toBeVisible()
  await expectAccessible(page, 'editor, proposed')
})

test('an administrator keeps people and settings without a barrier', async () => {
  await actAs(one, 'Ines Kowalczyk')
  await visit(['/people', '/people?invite=1', '/settings', '/agents?state=suspended'])
  await page.goto('/people')
  await visit((await linksTo('/people/')).slice(0, 2))
  await one.watch.expecting(/404/, () => visit(['/agents/nobody-made-this', '/no-such-page']))
  await page.goto('/')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page, 'keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page, 'palette')
})

test('the rulebook, its effect and the whole catalog are read without a barrier', async () => {
  await actAs(one, 'Ines Kowalczyk')
  const parts = ['principles', 'policy', 'tools', 'models', 'servers', 'keywords', 'sections']
  const more = ['reviews', 'approvals', 'rules', 'rules/toxic-combination', 'document', 'versions']
  await visit(['/constitution', ...[...parts, ...more].map((part) => `/constitution/${part}`)])
  await visit(['/waivers', '/agents/matrix', '/departments', '/departments/data'])
  await visit(['/agents/reach', '/agents/reach?tool=Bash', '/agents/routing', '/notices'])
  await visit(['/people/groups'])
})

test('inbox and decision are whole on a phone', async () => {
  await actAs(one, 'Mara Lindqvist')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/inbox')
  await expectAccessible(page, 'phone, inbox')
  for (const address of await linksTo('/inbox/')) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expectAccessible(page, 'phone, decide')
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the demonstration is removed as a whole, and setup begins anew', async () => {
  await actAs(one, 'Ines Kowalczyk')
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Remove the demonstration' }).click()
  const asked = page.getByRole('dialog')
  await expect(asked.getByRole('heading', { name: 'Remove the demonstration?' })).toBeVisible()
  await expectAccessible(page, 'settings, removing the demonstration')
  await asked.getByRole('button', { name: 'Remove the demonstration' }).click()
  await page.waitForURL(/\/setup\?token=/, { timeout: 60_000 })
  await expect(page.getByRole('heading', { name: 'Set up the record' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the record' })).toBeVisible()
})

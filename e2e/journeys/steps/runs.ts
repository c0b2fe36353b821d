import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { AGENT } from './agents'
import { openFirstByKey } from './approve'
import { DEPARTMENT } from './people'
import { git, type Seat } from './world'

const SUBJECT = 'Note the new fee'
const TASK = `Note the new fee in docs/fees.md, then \`git add -A && git commit -m "${SUBJECT}"\`.`

/** The administrator names the one folder that runs may use. */
export async function registerWorkspace(ada: Seat, root: string): Promise<void> {
  const { page } = ada
  await page.goto('/settings#workspaces')
  const path = page.getByLabel('Folder, as a whole path')
  await path.fill(process.cwd())
  await page.getByLabel('Name', { exact: true }).fill('ledger')
  await page.locator('#workspace-department').selectOption({ label: DEPARTMENT })
  const register = page.getByRole('button', { name: 'Register the workspace' })
  await register.click()
  await expect(page.getByText('Chancery keeps its own files there.')).toBeVisible()
  await path.fill(root)
  await register.click()
  await expect(page.getByRole('table', { name: 'Workspaces' })).toContainText(root)
  await expectAccessible(page, 'settings')
}

/** An agent without a published version is refused in words; the published one starts. */
export async function startRun(ada: Seat): Promise<string> {
  const { page } = ada
  await page.goto('/runs/new')
  await page.getByLabel('Agent', { exact: true }).selectOption('receipt-reader')
  await page.getByLabel('Task', { exact: true }).fill(TASK)
  await expect(page.getByText(/receipt-reader has no published version/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start rehearsal' })).toBeDisabled()
  await expectAccessible(page, 'start a run, refused')
  await page.getByLabel('Agent', { exact: true }).selectOption(AGENT)
  await page.getByLabel('Workspace', { exact: true }).selectOption('ledger')
  await page.getByRole('button', { name: 'Start rehearsal' }).click()
  await page.waitForURL(/\/runs\/\d+$/)
  return page.url()
}

const steps = (page: Page) => page.getByRole('list', { name: 'Steps' }).getByRole('listitem')

/** The steps as a person reads them, each as one line. */
export async function readSteps(page: Page): Promise<string[]> {
  await expect(page.getByRole('region', { name: 'Held call' })).toBeVisible()
  const all = await page.getByRole('list', { name: 'Steps' }).locator('> li').allTextContents()
  return all.map((step) => step.replace(/\s+/g, ' ').trim())
}

/** Steps come by themselves until the run is held at its git call; nothing was written. */
export async function heldAtGit(ada: Seat, root: string): Promise<void> {
  const { page } = ada
  const held = page.getByRole('region', { name: 'Held call' })
  await expect(held, 'the page goes on without a reload').toBeVisible({ timeout: 60_000 })
  await expect(held).toContainText('git commit')
  await expect(page.getByText('Held, waiting for a decision')).toBeVisible()
  await expect(steps(page).filter({ hasText: 'docs/fees.md' }).first()).toBeVisible()
  await expect(held).toContainText('You started this run. Someone else must decide.')
  expect(existsSync(join(root, 'docs', 'fees.md')), 'only the copy has the file').toBe(false)
  await expectAccessible(page, 'run, held')
}

/** The approver reads the whole call and lets it through once. */
export async function approveCall(ben: Seat): Promise<void> {
  const { page } = ben
  await openFirstByKey(page, /git/i)
  await expect(page.getByText('Whole payload shown')).toBeVisible()
  await expectAccessible(page, 'inbox, held call')
  await page.keyboard.press('a')
  await expect(page.getByRole('button', { name: 'Approve once' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Recorded.').first()).toBeVisible()
}

/** The files change on disk only when the change-set was approved, and the commit follows. */
export async function approveChangeSet(ben: Seat, root: string): Promise<void> {
  const { page } = ben
  const file = join(root, 'docs', 'fees.md')
  await expect(async () => openFirstByKey(page, /fees|file/i)).toPass({ timeout: 60_000 })
  await expect(page.getByText('docs/fees.md').first()).toBeVisible()
  await expect(page.getByText('No language model wrote this file.')).toBeVisible()
  await expectAccessible(page, 'inbox, change-set')
  expect(existsSync(file), 'nothing is written before the approval').toBe(false)
  expect(git(root, 'log', '--format=%s').split('\n')).toHaveLength(1)
  await page.keyboard.press('a')
  await expect(page.getByRole('button', { name: /^Approve and write 1 file/ })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Recorded.').first()).toBeVisible()
  await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain('No language model wrote this file.')
  await expect.poll(() => git(root, 'log', '-1', '--format=%s'), { timeout: 30_000 }).toBe(SUBJECT)
  expect(git(root, 'status', '--porcelain')).toBe('')
}

/** Whoever started the run sees it end without touching anything. */
export async function finished(ada: Seat): Promise<void> {
  const { page } = ada
  await expect(page.getByText('Finished').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Applied to the workspace.')).toBeVisible()
  await expectAccessible(page, 'run, finished')
  await page.goto('/runs')
  await expect(page.getByRole('row', { name: /Note the new fee/ })).toContainText('Finished')
  await expectAccessible(page, 'runs')
}

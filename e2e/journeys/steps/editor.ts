import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { AGENT } from './agents'
import type { Seat } from './world'

const text = (page: Page) => page.locator('.cm-content')
const line = (page: Page, words: string) =>
  page.locator('.cm-line').filter({ hasText: new RegExp(`^${words}$`) })
const mark = (page: Page, words: string) => page.locator(`.cm-findings [title*="${words}"]`)

async function openEditor(page: Page): Promise<void> {
  await page.goto(`/agents/${AGENT}/edit`)
  await expect(text(page)).toBeVisible()
}

/** The editor draws only the lines in sight: scrolls until this one is among them. */
async function intoView(page: Page, words: string): Promise<void> {
  const scroller = page.locator('.cm-scroller')
  await scroller.evaluate((element) => element.scrollTo(0, 0))
  for (let step = 0; step < 40 && (await line(page, words).count()) === 0; step += 1) {
    await scroller.evaluate((element) => element.scrollBy(0, 120))
    await page.waitForTimeout(50)
  }
}

/** Types after a line. In a list the editor begins the next point by itself. */
async function typeAtEndOf(page: Page, words: string, typed: string): Promise<void> {
  await intoView(page, words)
  await line(page, words).click()
  await page.keyboard.press('End')
  for (const [index, part] of typed.split('\n').entries()) {
    if (index > 0) await page.keyboard.press('Enter')
    await page.keyboard.type(part)
  }
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved( \d\d:\d\d)?$/).first()).toBeVisible()
}

/** Text and form mend the draft; the marks in the gutter go as their causes do. */
export async function mendDraft(ada: Seat): Promise<void> {
  const { page } = ada
  await openEditor(page)
  await expect(mark(page, 'not authorised by its own text')).toHaveCount(1)
  await expect(mark(page, 'is empty')).toHaveCount(1)
  await expect(page.getByText('Widens: Bash')).toBeVisible()
  await expect(page.getByText(/errors must go first/)).toBeVisible()
  await expectAccessible(page, 'editor, with errors')

  await typeAtEndOf(page, 'Read, Grep, Glob', ', Write, Bash')
  const form = page.getByRole('region', { name: 'Form' })
  await form.getByRole('checkbox', { name: /^MultiEdit/ }).uncheck()
  for (const tool of ['Grep', 'Glob']) {
    await form.getByRole('checkbox', { name: new RegExp(`^${tool} `) }).check()
  }
  await expect(line(page, 'tools: Read, Write, Bash, Grep, Glob')).toBeVisible()
  await expect(mark(page, 'not authorised by its own text')).toHaveCount(0)
  await typeAtEndOf(page, '## Core Responsibilities', '\n\n- Keep every posting traceable')
  await expect(mark(page, 'is empty')).toHaveCount(0)
  await expect(page.getByText(/must go first/)).toHaveCount(0)
  await expect(page.getByText(/Widens: .*Bash runs/)).toBeVisible()
  await expect(page.getByText(/^1 approval: Ben Osei$/)).toBeVisible()
  await saved(page)
  await expectAccessible(page, 'editor, mended')
  await formAndTextAreOne(page)
}

/** A field is one line of the text, and one history takes both back. */
async function formAndTextAreOne(page: Page): Promise<void> {
  const form = page.getByRole('region', { name: 'Form' })
  await form.getByLabel('Permission mode').selectOption('plan')
  await expect(line(page, 'permissionMode: plan')).toBeVisible()
  await form.getByLabel('Permission mode').press('Control+z')
  await expect(line(page, 'permissionMode: plan')).toHaveCount(0)
  await page.getByText('Sections', { exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Outline' })).toContainText('Authorized Tools')
  await expectAccessible(page, 'editor, outline')
  await page.getByText('Fields', { exact: true }).click()
  await saved(page)
}

/** Two tabs on one draft: the later save is a conflict that keeps both texts. */
export async function conflictLosesNothing(ada: Seat): Promise<void> {
  const { page } = ada
  const other = await ada.context.newPage()
  await openEditor(other)
  await typeAtEndOf(page, '- Keep every posting traceable', '\nFirst tab: name the document')
  await saved(page)
  await ada.watch.expecting(/409/, async () => {
    await typeAtEndOf(other, '- Keep every posting traceable', '\nSecond tab: name the account')
    await expect(other.getByText('Somebody saved this draft while you were editing.')).toBeVisible()
  })
  const both = other.getByRole('main')
  await expect(both).toContainText('First tab: name the document')
  await expect(both).toContainText('Second tab: name the account')
  await expect(other.getByRole('region', { name: 'Choice 1' })).toBeVisible()
  await expect(other.getByRole('button', { name: 'Merge: 1 to choose' })).toBeDisabled()
  await expectAccessible(other, 'editor, conflict')
  await other.getByText('Both, yours first').click()
  await expect(other.getByRole('button', { name: 'Use the merged text' })).toBeEnabled()
  await other.getByRole('button', { name: 'Take theirs' }).click()
  await expect(text(other)).toContainText('First tab: name the document')
  await expect(text(other)).not.toContainText('Second tab')
  await text(other).focus()
  await other.keyboard.press('Control+z')
  await expect(text(other), 'what was typed can be taken back').toContainText('Second tab')
  await other.keyboard.press('Control+y')
  await expect(text(other)).not.toContainText('Second tab')
  await other.close()
}

/** Types one more line where it is wanted, so that the draft has other bytes. */
export async function reword(ada: Seat, words: string): Promise<void> {
  await openEditor(ada.page)
  await typeAtEndOf(ada.page, '- First tab: name the document', `\n${words}`)
  await saved(ada.page)
}

/** Freezes the draft with a sentence for the people who decide. */
export async function propose(ada: Seat, number: string, message: string): Promise<void> {
  const { page } = ada
  await page.reload()
  await expect(text(page)).toBeVisible()
  await page.getByRole('button', { name: `Propose ${number}` }).click()
  await page.getByLabel(/^Why should this change/).fill(message)
  await expectAccessible(page, 'editor, proposing')
  await page.getByRole('button', { name: `Propose ${number}` }).click()
  await expect(page.getByText(/^P-\d+ is open/)).toBeVisible()
  await expectAccessible(page, 'editor, proposed')
}

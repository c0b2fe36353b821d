import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { AGENTS, type Seat } from './world'

/** The agent that the thread follows. */
export const AGENT = 'ledger-architect'
const FILES = readdirSync(AGENTS)

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function outcomeOf(page: Page, file: string) {
  return page.getByRole('row').filter({ hasText: file })
}

export async function importFolder(page: Page): Promise<void> {
  await page.goto('/agents/import')
  await page.getByLabel('Choose a folder').setInputFiles(AGENTS)
  await page.getByRole('button', { name: /^Import \d+ files/ }).click()
  await expect(page.getByRole('link', { name: 'See the agents' })).toBeVisible()
}

/** Every file gets a result of its own, and a second import changes nothing. */
export async function importAgents(ada: Seat): Promise<void> {
  const { page } = ada
  await importFolder(page)
  for (const file of FILES) await expect(outcomeOf(page, file)).toBeVisible()
  await expect(outcomeOf(page, 'LICENSE')).toContainText('Skipped')
  await expect(outcomeOf(page, 'receipt-reader.md')).toContainText('Imported')
  for (const file of ['ledger-architect', 'rate-finder', 'voucher-sorter', 'dunning-writer']) {
    await expect(outcomeOf(page, `${file}.md`)).toContainText('Imported with findings')
  }
  await expect(page.getByRole('heading', { name: /imported/ })).toContainText('1 skipped')
  await expectAccessible(page, 'import, done')

  await importFolder(page)
  const unchanged = FILES.length - 1
  await expect(page.getByRole('heading', { name: /unchanged/ })).toContainText(
    `${unchanged} unchanged`,
  )
  await expect(page.getByRole('row').filter({ hasText: 'Unchanged' })).toHaveCount(unchanged)
}

/** Search and filters live in the address; each row says risk, state, findings, owner, review. */
export async function readCatalog(ada: Seat): Promise<void> {
  const { page } = ada
  await page.goto('/agents')
  const row = page.getByRole('row', { name: new RegExp(AGENT) })
  await expect(row).toContainText('Draft')
  await expect(row).toContainText('Ada Brandt')
  await expect(row).toContainText('Finance')
  await expect(row).toContainText(/4\s*Error/)
  await expectAccessible(page, 'agents')
  await page.keyboard.press('/')
  await page.getByLabel('Filter agents by text').fill('ledger risk:high')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/risk=high/)
  await expect(page.getByRole('row', { name: /receipt-reader/ })).toHaveCount(0)
  await expect(row).toBeVisible()
  await page.reload()
  await expect(row, 'the address alone gives the same list').toBeVisible()
  await page.goto('/agents?risk=low&findings=no')
  await expect(row).toHaveCount(0)
  await page.goto('/agents?q=nothing-is-called-so')
  await expectAccessible(page, 'agents, nothing matches')
}

/** Facts, findings, the definition rendered and raw, and a past that is shown but not believed. */
export async function readRecord(ada: Seat): Promise<void> {
  const { page } = ada
  await page.goto(`/agents/${AGENT}`)
  const findings = page.getByRole('region', { name: 'Findings' })
  await expect(findings).toContainText('Granted, but not authorised by its own text')
  await expect(findings).toContainText('The section “Core Responsibilities” is empty.')
  await expect(findings).toContainText('make-agent.sh')
  await expect(page.getByRole('region', { name: 'Capabilities' })).toContainText('MultiEdit')
  await expect(page.getByText('agents/ledger-architect.md')).toBeVisible()
  await expectAccessible(page, 'agent record')

  await page.getByRole('link', { name: 'Definition' }).first().click()
  await expect(page.getByRole('heading', { name: 'Ledger architect' })).toBeVisible()
  await expectAccessible(page, 'definition, rendered')
  await page.goto(`/agents/${AGENT}/definition?view=raw`)
  await expect(page.getByText('tools: Read, Write, Bash, MultiEdit')).toBeVisible()
  await expectAccessible(page, 'definition, raw')

  await page.goto(`/agents/${AGENT}/versions`)
  await expect(page.getByText('Imported, not verified')).toBeVisible()
  await expect(page.getByRole('row', { name: /1\.1\.0/ })).toContainText('make-agent.sh')
  await expectAccessible(page, 'versions, imported')
}

/** What leaves is byte for byte what came in, whatever its line ends and encoding. */
export async function exportsExactBytes(ada: Seat): Promise<void> {
  for (const file of FILES.filter((name) => name.endsWith('.md'))) {
    const slug = file.replace(/\.md$/, '')
    const answer = await ada.page.request.get(`/api/console/agents/${slug}/definition`)
    expect(answer.status(), file).toBe(200)
    expect(sha256(await answer.body()), file).toBe(sha256(readFileSync(join(AGENTS, file))))
  }
}

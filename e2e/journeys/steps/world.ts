import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { Server } from '../../server'
import { type Watch, watch } from './watch'

export const AGENTS = resolve(import.meta.dirname, '../../fixtures/agents')

/** A person at a browser of their own. */
export type Seat = { name: string; context: BrowserContext; page: Page; watch: Watch }

export async function seat(browser: Browser, server: Server, name: string): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const watched = watch(context, name)
  return { name, context, page: await context.newPage(), watch: watched }
}

/** A folder with files under git, outside the product's own, as an administrator would register it. */
export function newWorkspace(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'chancery-workspace-')))
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'README.md'), '# Ledger\n\nAccounts and posting rules.\n')
  writeFileSync(join(root, 'docs', 'accounts.md'), '# Accounts\n\n1000 Cash\n4000 Sales\n')
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '-m', 'Ledger as it is')
  return root
}

/** What a git command prints, run by the test itself and not by the product. */
export function git(root: string, ...args: string[]): string {
  const as = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org']
  return execFileSync('git', [...as, ...args], { cwd: root, encoding: 'utf8' }).trim()
}

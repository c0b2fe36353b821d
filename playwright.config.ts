import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

// Written by e2e/ensure-browser.mjs, which runs before Playwright reads this file.
const found = join(import.meta.dirname, '.cache', 'browser.json')
const browser: { executablePath: string | null } = existsSync(found)
  ? JSON.parse(readFileSync(found, 'utf8'))
  : { executablePath: null }

export default defineConfig({
  testDir: 'e2e/journeys',
  outputDir: '.cache/e2e',
  timeout: 240_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.cache/e2e.json' }]],
  use: {
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: browser.executablePath ? { executablePath: browser.executablePath } : {},
  },
})

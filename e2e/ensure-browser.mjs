// Finds a Chromium for the browser tests, or gets one, and writes where it is to .cache/browser.json.
// Order: the one you name, Playwright's own, one on this machine, Playwright's download, Debian's.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const OUTPUT = join(ROOT, '.cache', 'browser.json')
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
]
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

function runs(path) {
  const done = spawnSync(path, ['--version'], { timeout: 20_000, encoding: 'utf8' })
  return done.status === 0
}

async function ownBrowser() {
  const { chromium } = await import('playwright')
  try {
    const browser = await chromium.launch()
    await browser.close()
    return true
  } catch {
    return false
  }
}

function onThisMachine() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...found, ...PLACES].find((path) => existsSync(path) && runs(path)) ?? null
}

function say(executablePath, how) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  writeFileSync(OUTPUT, JSON.stringify({ executablePath }))
  console.log(`Browser: ${how}`)
}

async function main() {
  const named = process.env.CHROMIUM_PATH ?? process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE
  if (named) {
    if (!runs(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not start.`)
    return say(named, named)
  }
  if (await ownBrowser()) return say(null, 'the one that Playwright installed')
  const here = onThisMachine()
  if (here) return say(here, here)
  console.log('No browser found. Asking Playwright to install Chromium.')
  const asRoot = process.getuid?.() === 0 && process.platform === 'linux'
  spawnSync('npx', ['playwright', 'install', ...(asRoot ? ['--with-deps'] : []), 'chromium'], {
    cwd: ROOT,
    stdio: 'inherit',
    timeout: 300_000,
  })
  if (await ownBrowser()) return say(null, 'the one that Playwright installed')
  if (asRoot && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Debian’s Chromium with apt-get.')
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit' })
    const installed = onThisMachine()
    if (installed) return say(installed, installed)
  }
  throw new Error(
    'No Chromium. Do one of: npx playwright install chromium; install Chromium or Chrome; set CHROMIUM_PATH.',
  )
}

await main().catch((error) => {
  console.error(error.message)
  process.exit(1)
})

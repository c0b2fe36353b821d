// `npm run shots`: every screen at two widths in both themes, from a fresh demonstration and a fresh
// empty installation of the production build, into .cache/shots.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { type Server, startServer } from '../server'

const ROOT = resolve(import.meta.dirname, '../..')
const OUTPUT = join(ROOT, '.cache', 'shots')
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const
const THEMES = ['light', 'dark'] as const

/** A screen: its name, who looks, and how it is reached. */
type Screen = {
  name: string
  as: string
  open: string | ((page: Page) => Promise<unknown>)
  /** Not on a phone, where it is reached in another way. */
  wide?: boolean
}

/** Opens the first row of a list, and waits for what it shows. */
const firstOf = (list: string, link: string) => async (page: Page) => {
  await page.goto(list)
  const to = await page.locator(`main a[href*="${link}"]`).first().getAttribute('href')
  await page.goto(to ?? list)
}

const opened = (to: string, button: string) => async (page: Page) => {
  await page.goto(to)
  await page.getByRole('button', { name: button }).first().click()
}

const MARA = 'Mara Lindqvist'
const PRIYA = 'Priya Nair'
const INES = 'Ines Kowalczyk'
const ADA = 'Ada Brandt'
const AGENT = '/agents/schema-migrator'

const DEMO: readonly Screen[] = [
  { name: 'overview', as: MARA, open: '/' },
  { name: 'inbox', as: MARA, open: '/inbox' },
  { name: 'inbox-proposal', as: MARA, open: firstOf('/inbox?kind=proposal', '/inbox/') },
  { name: 'inbox-tool-call', as: MARA, open: firstOf('/inbox?kind=tool_call', '/inbox/') },
  {
    name: 'inbox-change-set',
    as: MARA,
    open: firstOf('/inbox?view=needs&kind=change_set', '/inbox/'),
  },
  { name: 'inbox-done', as: MARA, open: firstOf('/inbox?view=done', '/inbox/') },
  { name: 'agents', as: MARA, open: '/agents' },
  { name: 'agent-record', as: PRIYA, open: AGENT },
  { name: 'agent-definition', as: PRIYA, open: `${AGENT}/definition` },
  { name: 'agent-definition-raw', as: PRIYA, open: `${AGENT}/definition?view=raw` },
  { name: 'agent-versions', as: PRIYA, open: `${AGENT}/versions` },
  { name: 'agent-imported', as: PRIYA, open: '/agents/service-designer/versions' },
  { name: 'agent-new', as: PRIYA, open: '/agents/new' },
  { name: 'matrix', as: INES, open: '/agents/matrix' },
  { name: 'departments', as: INES, open: '/departments' },
  { name: 'department', as: INES, open: '/departments/data' },
  { name: 'reach', as: INES, open: '/agents/reach?tool=Bash' },
  { name: 'routing', as: INES, open: '/agents/routing' },
  { name: 'constitution', as: INES, open: '/constitution' },
  { name: 'constitution-principles', as: INES, open: '/constitution/principles' },
  { name: 'constitution-policy', as: INES, open: '/constitution/policy' },
  { name: 'constitution-approvals', as: INES, open: '/constitution/approvals' },
  { name: 'constitution-rules', as: INES, open: '/constitution/rules' },
  { name: 'constitution-rule', as: INES, open: '/constitution/rules/toxic-combination' },
  { name: 'constitution-document', as: INES, open: '/constitution/document' },
  { name: 'waivers', as: MARA, open: '/waivers' },
  { name: 'inbox-waiver', as: MARA, open: firstOf('/inbox?kind=waiver', '/inbox/') },
  { name: 'notices', as: PRIYA, open: '/notices' },
  { name: 'groups', as: INES, open: '/people/groups' },
  { name: 'editor', as: PRIYA, open: `${AGENT}/edit` },
  { name: 'editor-form', as: PRIYA, open: '/agents/query-explainer/edit' },
  { name: 'import', as: PRIYA, open: '/agents/import' },
  { name: 'runs', as: MARA, open: '/runs' },
  { name: 'run-new', as: PRIYA, open: '/runs/new' },
  { name: 'run-finished', as: MARA, open: '/runs/1' },
  { name: 'run-changes-wait', as: MARA, open: '/runs/2' },
  { name: 'run-held', as: MARA, open: '/runs/3' },
  { name: 'reviews', as: MARA, open: '/reviews' },
  { name: 'review', as: MARA, open: firstOf('/reviews', '/reviews/0') },
  { name: 'reviews-decided', as: MARA, open: '/reviews?view=decided' },
  { name: 'log', as: MARA, open: '/log' },
  { name: 'log-fact', as: MARA, open: firstOf('/log?q=action:version.*', 'fact=') },
  { name: 'people', as: INES, open: '/people' },
  { name: 'person', as: INES, open: firstOf('/people', '/people/0') },
  { name: 'invite', as: INES, open: '/people?invite=1' },
  { name: 'settings', as: INES, open: '/settings' },
  { name: 'demo-removal', as: INES, open: opened('/settings', 'Remove the demonstration') },
  { name: 'not-found', as: INES, open: '/agents/nobody-made-this' },
  {
    name: 'person-menu',
    as: INES,
    open: opened('/agents', 'Preferences and sign out'),
    wide: true,
  },
]

const EMPTY: readonly Screen[] = [
  '/',
  '/inbox',
  '/agents',
  '/runs',
  '/runs/new',
  '/reviews',
  '/log',
]
  .map((to) => ({ name: to === '/' ? 'overview' : to.slice(1).replace('/', '-'), open: to }))
  .map(({ name, open }) => ({ name: `empty-${name}`, as: ADA, open }))

type State = Awaited<ReturnType<BrowserContext['storageState']>>
type Place = { browser: Browser; server: Server }

/** Pictures of screens for one person, in every size and theme. Returns how many failed. */
async function takeAll(place: Place, screens: readonly Screen[], state?: State): Promise<number> {
  let failed = 0
  for (const size of SIZES) {
    for (const theme of THEMES) {
      const context = await place.browser.newContext({
        ...look(place.server),
        viewport: size,
        ...(size.width < 640 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
        ...(state ? { storageState: state } : {}),
      })
      await context.addCookies([{ name: 'theme', value: theme, url: place.server.url }])
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      for (const screen of screens.filter((one) => !one.wide || size.width > 640)) {
        const done = await take(page, screen, `${screen.name}-${size.width}-${theme}.png`)
        if (!done) failed += 1
      }
      await context.close()
    }
  }
  return failed
}

function look(server: Server) {
  return {
    baseURL: server.url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce' as const,
  }
}

async function take(page: Page, screen: Screen, file: string): Promise<boolean> {
  try {
    await (typeof screen.open === 'string' ? page.goto(screen.open) : screen.open(page))
    await page.evaluate(() => document.fonts.ready)
    // What comes after the page: the editor, a proof, a list that asks once more.
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(OUTPUT, file) })
    return true
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    return false
  }
}

/** The demonstration, seen by each of its people in turn: switching ends the session before. */
async function demo(place: Place): Promise<number> {
  const context = await place.browser.newContext(look(place.server))
  const page = await context.newPage()
  await page.goto(place.server.setupLink ?? '')
  await page.getByRole('button', { name: 'Make the demonstration' }).click()
  const menu = page.getByRole('button', { name: /Preferences and sign out$/ })
  await menu.waitFor({ timeout: 180_000 })
  let failed = 0
  for (const name of [INES, MARA, PRIYA]) {
    if (!((await menu.getAttribute('aria-label')) ?? '').startsWith(name)) {
      await menu.click()
      await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
      await page.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor()
    }
    const own = DEMO.filter((screen) => screen.as === name)
    failed += await takeAll(place, own, await context.storageState())
    await page.goto('/')
  }
  await context.close()
  return failed
}

/** A fresh installation: before, during and right after its setup, and its empty screens. */
async function fresh(place: Place): Promise<number> {
  const { setupLink } = place.server
  const wrong = `/setup?token=${'x'.repeat(43)}`
  let failed = await takeAll(place, [
    { name: 'setup-closed', as: '', open: '/login' },
    { name: 'setup-wrong-link', as: '', open: wrong },
    { name: 'setup', as: '', open: setupLink ?? '' },
  ])
  const context = await place.browser.newContext(look(place.server))
  const page = await context.newPage()
  await page.goto(setupLink ?? '')
  await page.getByLabel('Name of the organisation').fill('Ledgerworks')
  await page.getByLabel('First department').fill('Finance')
  await page.getByLabel('Your name').fill(ADA)
  await page.getByLabel('E-mail').fill('ada@ledger.example')
  await page.getByLabel('Password', { exact: true }).fill('seven quiet harbour stones')
  await page.getByRole('button', { name: 'Open the record' }).click()
  await page.getByRole('link', { name: 'Choose files' }).waitFor()
  const state = await context.storageState()
  failed += await takeAll(place, [{ name: 'setup-next', as: ADA, open: '/setup' }, ...EMPTY], state)
  failed += await takeAll(place, [{ name: 'login', as: '', open: '/login' }])
  await context.close()
  return failed
}

async function main(): Promise<number> {
  rmSync(OUTPUT, { recursive: true, force: true })
  mkdirSync(OUTPUT, { recursive: true })
  const found = join(ROOT, '.cache', 'browser.json')
  const known = existsSync(found) ? JSON.parse(readFileSync(found, 'utf8')) : {}
  const executablePath: string | null = known.executablePath ?? null
  const browser = await chromium.launch(executablePath ? { executablePath } : {})
  let failed = 0
  for (const part of [fresh, demo]) {
    const server = await startServer()
    try {
      failed += await part({ browser, server })
    } finally {
      await server.stop()
    }
  }
  await browser.close()
  console.log(`Pictures in ${OUTPUT}. ${failed === 0 ? 'All were taken.' : `${failed} failed.`}`)
  return failed === 0 ? 0 : 1
}

process.exit(await main())

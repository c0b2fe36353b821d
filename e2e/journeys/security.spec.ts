import { expect, type Page, type Request, test } from '@playwright/test'
import { type Server, startServer } from '../server'
import { actAs, makeDemo } from './steps/demo'
import { type Seat, seat } from './steps/world'

test.describe.configure({ mode: 'serial' })
test.setTimeout(300_000)

let server: Server
let one: Seat
let page: Page

const PUBLIC = ['/login', '/setup', '/join?token=none']
const CONSOLE = [
  ...['/', '/inbox', '/agents', '/agents/schema-migrator', '/agents/schema-migrator/versions'],
  ...['/agents/import', '/runs', '/runs/new', '/reviews', '/log', '/people', '/settings'],
]
const API = [
  '/api/console/inbox',
  '/api/console/agents',
  '/api/console/agents/schema-migrator/definition',
]

test.beforeAll(async ({ browser }) => {
  server = await startServer()
  one = await seat(browser, server, 'Demo')
  page = one.page
  await makeDemo(one, server)
})

test.afterAll(async () => {
  await one?.context.close()
  await server?.stop()
})

function nonceOf(policy: string): string {
  return /script-src [^;]*'nonce-([\w+/=-]+)'/.exec(policy)?.[1] ?? ''
}

async function expectSecured(address: string): Promise<string> {
  const answer = await page.request.get(address)
  const headers = answer.headers()
  expect(headers['x-content-type-options'], address).toBe('nosniff')
  expect(headers['x-frame-options'], address).toBe('DENY')
  expect(headers['referrer-policy'], address).toBe('same-origin')
  expect(headers['cross-origin-opener-policy'], address).toBe('same-origin')
  expect(headers['permissions-policy'], address).toContain('camera=()')
  expect(headers['x-powered-by'], address).toBeUndefined()
  const policy = headers['content-security-policy'] ?? ''
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    expect(policy, address).toContain(part)
  }
  expect(policy, address).not.toMatch(/script-src[^;]*unsafe/)
  const nonce = nonceOf(policy)
  expect(nonce.length, `${address} has a nonce`).toBeGreaterThan(20)
  const body = await answer.text()
  const scripts = body.match(/<script\b[^>]*>/g) ?? []
  expect(
    scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
    address,
  ).toEqual([])
  expect(headers['cache-control'], `${address} is kept by no cache`).toContain('no-store')
  expect(headers['cache-control'], address).toContain('private')
  return nonce
}

test('every page carries a policy with a nonce of its own, and no cache keeps it', async () => {
  const nonces: string[] = []
  for (const address of [...PUBLIC, ...CONSOLE]) nonces.push(await expectSecured(address))
  nonces.push(await expectSecured('/login'))
  expect(new Set(nonces).size, 'no nonce is used twice').toBe(nonces.length)
})

test('answers of the API are kept by no cache and are refused without a session', async () => {
  for (const address of API) {
    const answer = await page.request.get(address)
    expect(answer.status(), address).toBe(200)
    expect(answer.headers()['cache-control'], address).toBe('private, no-store')
    expect(answer.headers()['x-content-type-options'], address).toBe('nosniff')
  }
  for (const address of [...API, '/api/console/changes?after=0']) {
    const answer = await fetch(`${server.url}${address}`)
    expect(answer.status, address).toBe(401)
    expect(answer.headers.get('cache-control'), address).toBe('private, no-store')
    expect(await answer.json()).toMatchObject({ ok: false, error: { code: 'unauthenticated' } })
  }
  const post = await fetch(`${server.url}/api/console/agents/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: '{}',
  })
  expect(post.status).toBe(401)
})

test('without a session every page of the console leads to the sign-in page and comes back', async () => {
  for (const address of CONSOLE) {
    const answer = await fetch(`${server.url}${address}`, { redirect: 'manual' })
    expect(answer.status, address).toBe(307)
    const to = new URL(answer.headers.get('location') ?? '', server.url)
    expect(to.pathname, address).toBe('/login')
    expect(to.searchParams.get('next'), address).toBe(address === '/' ? null : address)
  }
})

test('the session cookie is out of reach for scripts and other sites', async () => {
  const cookie = (await one.context.cookies()).find(({ name }) => name.includes('session'))
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(await page.evaluate(() => document.cookie)).not.toContain('session')
})

/** The request of a real action, as the browser sent it. */
async function createDepartment(name: string): Promise<Request> {
  await page.goto('/settings')
  await page.getByLabel('New department').fill(name)
  const sent = page.waitForRequest((request) => 'next-action' in request.headers())
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Departments' })).toContainText(name)
  return sent
}

test('an action is refused when another site sends it with the cookie of a signed-in person', async () => {
  await actAs(one, 'Ines Kowalczyk')
  const genuine = await createDepartment('Customs')
  const { cookie: _, 'content-length': __, ...own } = await genuine.allHeaders()
  const headers = Object.fromEntries(Object.entries(own).filter(([name]) => !name.startsWith(':')))
  // With a key of its own: the same key would only give the first result again.
  const replay = (name: string, changed: Record<string, string>) =>
    page.request.post(genuine.url(), {
      headers: { ...headers, ...changed },
      data: (genuine.postData() ?? '')
        .replace('Customs', name)
        .replace(/[0-9a-f-]{36}/, crypto.randomUUID()),
    })
  const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  await replay('Foreign', foreign)
  await replay('Sibling', { 'sec-fetch-site': 'same-site' })
  await replay('Opaque', { origin: 'null', 'sec-fetch-site': 'cross-site' })
  await replay('Forwarded', { ...foreign, 'x-forwarded-host': 'elsewhere.example' })
  const again = await replay('Genuine', { 'sec-fetch-site': 'same-origin' })
  expect(again.ok(), 'the same request from our own page is taken').toBe(true)
  await page.reload()
  const departments = page.getByRole('table', { name: 'Departments' })
  await expect(departments).toContainText('Genuine')
  for (const name of ['Foreign', 'Sibling', 'Opaque', 'Forwarded']) {
    await expect(departments).not.toContainText(name)
  }
  const posted = await page.request.post('/api/console/agents/import', {
    headers: foreign,
    data: { departmentId: '00000000-0000-7000-8000-000000000000', files: [] },
  })
  expect(posted.status()).toBe(403)
})

test('what belongs to a foreign department looks as if it were not there', async () => {
  await actAs(one, 'Mara Lindqvist')
  await page.goto('/inbox')
  const rows = page.locator('[data-row-link]')
  await expect(rows.first()).toBeVisible()
  const item = await rows.filter({ hasText: 'schema-migrator' }).first().getAttribute('href')
  await actAs(one, 'Jonas Weber')
  for (const address of ['/agents/schema-migrator', item ?? '', '/agents/schema-migrator/edit']) {
    const answer = await page.request.get(address)
    expect(await answer.text(), address).not.toMatch(/locks? time|planner/i)
    expect(answer.status(), address).toBe(404)
  }
  const api = await page.request.get('/api/console/agents/schema-migrator/definition')
  expect(api.status()).toBe(404)
  const none = await page.request.get('/api/console/agents/never-existed/definition')
  expect(none.status()).toBe(404)
  expect(await api.json(), 'the same words as for what never was').toEqual(await none.json())
})

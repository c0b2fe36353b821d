import { decode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSessionCookie, sessionCookie } from '@/lib/auth/cookie'
import { cookieKey } from '@/lib/auth/secrets'
import { actorForSession, secretHash } from '@/lib/auth/sessions'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { disablePerson } from './commands/disable'
import { invitePerson } from './commands/invite'
import { INTENT_COOKIES } from './intents'
import { ownWaysIn } from './queries/own'
import { Browser } from './testing/browser'
import { ADMIN, anOrganisation, type Organisation } from './testing/organisation'
import { oidcServer, type Running, signInServer } from './testing/servers'

let database: TestDatabase
let here: Organisation
let site: Running
let provider: Running
const before = { ...process.env }
beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = 'a key that only this test knows, long enough'
  database = await freshDatabase()
  here = await anOrganisation()
  site = await signInServer()
  provider = await oidcServer(site.url)
})
afterAll(async () => {
  await provider.close()
  await site.close()
  await database.close()
  process.env = before
})

/** Starts signing in: the address at the provider that the browser is sent to. */
async function leave(browser: Browser): Promise<string> {
  const csrf = JSON.parse((await browser.send(`${site.url}/api/auth/csrf`)).text)
  const form = { csrfToken: csrf.csrfToken, callbackUrl: `${site.url}/inbox`, json: 'true' }
  const sent = await browser.send(`${site.url}/api/auth/signin/oidc`, form)
  return JSON.parse(sent.text).url
}

/** Logs in and consents at the provider; returns the address of our callback, with the code. */
async function provenAs(browser: Browser, login: string, start: string): Promise<string> {
  const callback = (url: string) => url.startsWith(`${site.url}/api/auth/callback/`)
  let { url, sent } = await browser.follow(start, callback)
  for (let step = 0; step < 3 && !callback(url); step++) {
    const action = /<form[^>]*action="([^"]+)"/.exec(sent.text)?.[1] ?? ''
    const prompt = /name="prompt" value="([^"]+)"/.exec(sent.text)?.[1] ?? ''
    const posted = await browser.send(new URL(action, url).toString(), {
      prompt,
      login,
      password: 'whatever',
    })
    ;({ url, sent } = await browser.follow(posted.location ?? '', callback))
  }
  return url
}

async function signInAs(
  browser: Browser,
  login: string,
): Promise<{ to: string; sid: string | null }> {
  const back = await provenAs(browser, login, await leave(browser))
  const sent = await browser.send(back)
  const cookie = browser.cookies(site.url).get('chancery-session')
  const sid = await openSessionCookie(cookie)
  const to = new URL(sent.location ?? '/', site.url)
  return { to: to.pathname + to.search, sid }
}

let invited = 0
async function invite() {
  invited += 1
  const { value } = await invitePerson.execute(here.admin, {
    name: 'Ines',
    email: `ines-${invited}@example.org`,
    roles: [{ role: 'viewer', departmentId: null }],
  })
  return value
}

describe('signing in at a provider', () => {
  it('asks with PKCE, state and nonce', async () => {
    const url = new URL(await leave(new Browser()))
    expect(url.origin).toBe(provider.url)
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(url.searchParams.get(name)?.length).toBeGreaterThan(20)
    }
    expect(url.searchParams.get('scope')).toBe('openid')
  })

  it('lets in whoever holds an invitation, as the invited person, and later without it', async () => {
    const { token, personId } = await invite()
    const browser = new Browser()
    browser.cookies(site.url).set(INTENT_COOKIES.join, token)
    const first = await signInAs(browser, 'ines')
    expect(first.to).toBe('/inbox')
    expect(await actorForSession(first.sid ?? '')).toMatchObject({ id: personId, via: 'oidc' })
    const later = await signInAs(new Browser(), 'ines')
    expect(await actorForSession(later.sid ?? '')).toMatchObject({ id: personId })
  })

  it('refuses an unknown identity, whatever e-mail the provider tells, and says so in the log', async () => {
    const { to, sid } = await signInAs(new Browser(), 'stranger')
    expect(to).toBe('/login?error=identity')
    expect(sid).toBeNull()
    const [row] = await database.asAdmin(
      "select outcome from audit.event where action = 'session.refused'",
    )
    expect(row?.outcome).toBe('denied')
  })

  it('refuses a used invitation to a second identity', async () => {
    const { token } = await invite()
    const first = new Browser()
    first.cookies(site.url).set(INTENT_COOKIES.join, token)
    expect((await signInAs(first, 'first-of-two')).sid).not.toBeNull()
    const second = new Browser()
    second.cookies(site.url).set(INTENT_COOKIES.join, token)
    expect((await signInAs(second, 'second-of-two')).sid).toBeNull()
  })

  it('refuses a disabled person, even with a fresh invitation of somebody else', async () => {
    const { token, personId } = await invite()
    const browser = new Browser()
    browser.cookies(site.url).set(INTENT_COOKIES.join, token)
    const { sid } = await signInAs(browser, 'leaver')
    await disablePerson.execute(here.admin, { personId })
    expect(await actorForSession(sid ?? '')).toBeNull()
    const again = new Browser()
    again.cookies(site.url).set(INTENT_COOKIES.join, (await invite()).token)
    expect((await signInAs(again, 'leaver')).to).toBe('/login?error=identity')
  })

  it('puts nothing into the cookie but the id of the session, out of reach of scripts', async () => {
    const { token } = await invite()
    const browser = new Browser()
    browser.cookies(site.url).set(INTENT_COOKIES.join, token)
    const back = await provenAs(browser, 'cookie-reader', await leave(browser))
    const sent = await browser.send(back)
    const line = sent.headers.getSetCookie().find((c) => c.startsWith('chancery-session='))
    expect(line).toMatch(/HttpOnly/i)
    expect(line).toMatch(/SameSite=Lax/i)
    const value = browser.cookies(site.url).get('chancery-session') ?? ''
    const content = await decode({ token: value, secret: cookieKey() })
    expect(Object.keys(content ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid'])
    const session = await browser.send(`${site.url}/api/auth/session`)
    expect(Object.keys(JSON.parse(session.text))).toEqual(['expires'])
  })

  it('ends the session that the browser had before', async () => {
    const { token } = await invite()
    const browser = new Browser()
    browser.cookies(site.url).set(INTENT_COOKIES.join, token)
    const first = await signInAs(browser, 'twice')
    const second = await signInAs(browser, 'twice')
    expect(second.sid).not.toBe(first.sid)
    expect(await actorForSession(first.sid ?? '')).toBeNull()
    expect(await actorForSession(second.sid ?? '')).not.toBeNull()
  })
})

describe('an answer that the browser did not ask for', () => {
  const attacks: [string, (browser: Browser, back: URL) => void][] = [
    ['from another browser', (browser) => browser.cookies(site.url).clear()],
    ['with another state', (_, back) => back.searchParams.set('state', 'x'.repeat(43))],
    [
      'without the PKCE verifier',
      (b) => b.cookies(site.url).delete('next-auth.pkce.code_verifier'),
    ],
    ['without the nonce', (b) => b.cookies(site.url).delete('next-auth.nonce')],
    ['with another code', (_, back) => back.searchParams.set('code', 'x'.repeat(43))],
    ['of another issuer', (_, back) => back.searchParams.set('iss', 'https://evil.example')],
  ]
  it.each(attacks)('is refused %s', async (_, attack) => {
    const { token } = await invite()
    const browser = new Browser()
    const back = new URL(await provenAs(browser, 'attacked', await leave(browser)))
    browser.cookies(site.url).set(INTENT_COOKIES.join, token)
    attack(browser, back)
    const sent = await browser.send(back.toString())
    expect(sent.location).toMatch(/error=/)
    expect(browser.cookies(site.url).has('chancery-session')).toBe(false)
  })

  it('is refused when it is sent a second time', async () => {
    const { token } = await invite()
    const browser = new Browser()
    browser.cookies(site.url).set(INTENT_COOKIES.join, token)
    const back = await provenAs(browser, 'replayed', await leave(browser))
    expect((await browser.send(back)).location).toBe(`${site.url}/inbox`)
    const again = await browser.send(back)
    expect(again.location).toMatch(/error=/)
  })
})

describe('linking a second way in', () => {
  async function signedIn(): Promise<{ browser: Browser; hash: string }> {
    const browser = new Browser()
    const { value } = await sessionCookie(here.sessionId)
    browser.cookies(site.url).set('chancery-session', value)
    return { browser, hash: secretHash(here.sessionId).slice(0, 16) }
  }

  it('needs more than a session: nobody’s identity is attached by surprise', async () => {
    const { browser } = await signedIn()
    expect((await signInAs(browser, 'surprise')).to).toBe('/login?error=identity')
    expect((await ownWaysIn(here.admin)).issuers).toEqual([])
  })

  it('needs the request to be of the same session', async () => {
    const { browser } = await signedIn()
    browser.cookies(site.url).set(INTENT_COOKIES.link, '0123456789abcdef')
    expect((await signInAs(browser, 'surprise')).to).toBe('/login?error=identity')
  })

  it('needs a live session', async () => {
    const browser = new Browser()
    browser.cookies(site.url).set(INTENT_COOKIES.link, secretHash(here.sessionId).slice(0, 16))
    expect((await signInAs(browser, 'surprise')).to).toBe('/login?error=identity')
  })

  it('works when the person asked for it while signed in', async () => {
    const { browser, hash } = await signedIn()
    browser.cookies(site.url).set(INTENT_COOKIES.link, hash)
    const { to, sid } = await signInAs(browser, 'mara')
    expect(to).toBe('/inbox')
    expect(await actorForSession(sid ?? '')).toMatchObject({ id: here.admin.id, via: 'oidc' })
    expect((await ownWaysIn(here.admin)).issuers).toEqual([provider.url])
  })
})

describe('signing in with a password through the same handler', () => {
  const post = async (browser: Browser, form: Record<string, string>) => {
    const csrf = JSON.parse((await browser.send(`${site.url}/api/auth/csrf`)).text)
    return browser.send(`${site.url}/api/auth/callback/password`, {
      csrfToken: csrf.csrfToken,
      json: 'true',
      ...form,
    })
  }
  const right = { email: ADMIN.email, password: ADMIN.password }

  it('sets a cookie that opens the console, and signing out ends the session behind it', async () => {
    const browser = new Browser()
    const sent = await post(browser, right)
    expect(sent.status).toBe(200)
    const sid = await openSessionCookie(browser.cookies(site.url).get('chancery-session'))
    expect(await actorForSession(sid ?? '')).toMatchObject({ id: here.admin.id, via: 'password' })
    const csrf = JSON.parse((await browser.send(`${site.url}/api/auth/csrf`)).text)
    await browser.send(`${site.url}/api/auth/signout`, { csrfToken: csrf.csrfToken, json: 'true' })
    expect(browser.cookies(site.url).has('chancery-session')).toBe(false)
    expect(await actorForSession(sid ?? '')).toBeNull()
  })

  it('is refused without the token of the form', async () => {
    const browser = new Browser()
    await post(browser, { ...right, csrfToken: 'x'.repeat(64) })
    expect(browser.cookies(site.url).has('chancery-session')).toBe(false)
  })

  it('answers 401 with one code for every wrong pair', async () => {
    const wrong = await post(new Browser(), { ...right, password: 'wrong words' })
    const nobody = await post(new Browser(), { email: 'nobody@example.org', password: 'wrong' })
    expect(wrong.status).toBe(401)
    expect([nobody.status, nobody.text]).toEqual([wrong.status, wrong.text])
  })
})

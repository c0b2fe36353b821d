import { NextRequest } from 'next/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { proxy } from '@/proxy'

const at = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://chancery.example.org${path}`, { headers }))
const signedIn = { cookie: 'chancery-session=anything' }
/** What the framework is told to pass on to the page. */
const passedOn = (response: Response, name: string) =>
  response.headers.get(`x-middleware-request-${name}`)

afterEach(() => vi.unstubAllEnvs())

describe('without a session cookie', () => {
  it('a page leads to the sign-in page and back', () => {
    const { status, headers } = at('/agents/ledger-keeper?tab=use')
    expect(status).toBe(307)
    const to = new URL(headers.get('location') ?? '')
    expect(to.pathname).toBe('/login')
    expect(to.searchParams.get('next')).toBe('/agents/ledger-keeper?tab=use')
  })

  it.each(['/login', '/join?token=x', '/setup?token=x', '/api/console/inbox', '/api/auth/csrf'])(
    '%s is answered, so that it can say for itself who may',
    (path) => {
      expect(at(path).headers.get('location')).toBeNull()
    },
  )

  it.each(['/loginx', '/setups', '/joining'])('%s is not taken for an open page', (path) => {
    expect(at(path).status).toBe(307)
  })
})

describe('every answer', () => {
  it('has a policy of its own: a fresh nonce, no inline script, no eval, no frames', () => {
    const first = at('/inbox', signedIn).headers.get('content-security-policy') ?? ''
    const second = at('/inbox', signedIn).headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'self' 'nonce-([0-9a-f]{32})' 'strict-dynamic';/.exec(first)?.[1]
    expect(nonce).toBeDefined()
    expect(second).not.toContain(nonce)
    expect(first).not.toContain('unsafe-eval')
    expect(first.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline')
    for (const rule of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
      expect(first).toContain(rule)
    }
  })

  it('tells the page the same policy and nonce as the browser', () => {
    const response = at('/inbox', signedIn)
    const policy = response.headers.get('content-security-policy')
    expect(passedOn(response, 'content-security-policy')).toBe(policy)
    expect(policy).toContain(passedOn(response, 'x-nonce'))
  })

  it.each([['/inbox'], ['/login'], ['/api/console/inbox']])(
    '%s is kept by no cache, and sniffed, framed or leaked by nobody',
    (path) => {
      for (const { headers } of [at(path), at(path, signedIn)]) {
        expect(headers.get('cache-control')).toBe('private, no-store')
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('x-frame-options')).toBe('DENY')
        expect(headers.get('referrer-policy')).toBe('same-origin')
        expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      }
    },
  )

  it('insists on https exactly when the site is served over it', () => {
    expect(at('/login').headers.get('strict-transport-security')).toBeNull()
    vi.stubEnv('CHANCERY_URL', 'https://chancery.example.org')
    expect(at('/login').headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
    // The name of the cookie follows, so the one of http opens nothing.
    expect(at('/inbox', signedIn).status).toBe(307)
    expect(at('/inbox', { cookie: '__Host-chancery-session=x' }).status).toBe(200)
  })
})

describe('what a client sends', () => {
  it.each(['x-middleware-subrequest', 'x-middleware-rewrite', 'next-resume', 'x-chancery-path'])(
    '%s does not reach the page',
    (name) => {
      const response = at('/inbox', { ...signedIn, [name]: 'forged' })
      expect(passedOn(response, name)).not.toBe('forged')
      const kept = (response.headers.get('x-middleware-override-headers') ?? '').split(',')
      if (name !== 'x-chancery-path') expect(kept).not.toContain(name)
    },
  )

  it('cannot choose the nonce, the policy or the id of the request', () => {
    const forged = { 'x-nonce': 'f', 'content-security-policy': 'f', 'x-request-id': 'f' }
    const response = at('/inbox', { ...signedIn, ...forged })
    for (const name of Object.keys(forged)) expect(passedOn(response, name)).not.toBe('f')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

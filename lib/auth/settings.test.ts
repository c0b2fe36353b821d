import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { oidcSettings } from './oidc'
import { cookieKey } from './secrets'
import { isSecureSite, safeNext, sessionCookieName, siteUrl } from './site'

describe('the key that seals cookies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-key-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is made once, readable by its owner only, and the same ever after', () => {
    const env = { CHANCERY_DATA: join(folder, 'made') }
    const key = cookieKey(env)
    expect(key.length).toBeGreaterThanOrEqual(43)
    expect(cookieKey(env)).toBe(key)
    const mode = statSync(join(folder, 'made', 'session.key')).mode & 0o777
    expect(mode).toBe(0o600)
  })

  it('must be set by hand when many processes share a database', () => {
    const env = { DATABASE_URL: 'postgres://u:p@db.example.org/chancery', CHANCERY_DATA: folder }
    expect(() => cookieKey(env)).toThrow(/NEXTAUTH_SECRET/)
    const secret = 'x'.repeat(40)
    expect(cookieKey({ ...env, NEXTAUTH_SECRET: secret })).toBe(secret)
  })

  it('is refused when it is too short, in the environment and in the file', () => {
    expect(() => cookieKey({ NEXTAUTH_SECRET: 'short' })).toThrow(/shorter/)
    writeFileSync(join(folder, 'session.key'), 'short\n')
    expect(() => cookieKey({ CHANCERY_DATA: folder })).toThrow(/shorter/)
  })
})

describe('the site', () => {
  it('is named by the settings, never by a request', () => {
    expect(siteUrl({ CHANCERY_URL: 'https://chancery.example.org/x' })).toBe(
      'https://chancery.example.org',
    )
    expect(siteUrl({ PORT: '4000' })).toBe('http://127.0.0.1:4000')
  })

  it('binds the cookie to the host exactly when it is served over https', () => {
    const env = { CHANCERY_URL: 'https://chancery.example.org' }
    expect(isSecureSite(env)).toBe(true)
    expect(sessionCookieName(env)).toBe('__Host-chancery-session')
    expect(sessionCookieName({})).toBe('chancery-session')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/login',
    '/login?next=/',
    '',
    null,
    7,
  ])('does not go to %s after signing in', (next) => {
    expect(safeNext(next)).toBe('/')
  })

  it('goes back to the page that was asked for', () => {
    expect(safeNext('/runs/1?step=2#log')).toBe('/runs/1?step=2#log')
  })
})

describe('sign-on settings', () => {
  const full = {
    OIDC_ISSUER: 'https://sso.example.org/realm',
    OIDC_CLIENT_ID: 'chancery',
    OIDC_CLIENT_SECRET: 'secret',
  }
  it('are absent, whole or refused', () => {
    expect(oidcSettings({})).toBeNull()
    expect(oidcSettings(full)).toMatchObject({ name: 'sso.example.org', clientId: 'chancery' })
    expect(() => oidcSettings({ ...full, OIDC_CLIENT_SECRET: '' })).toThrow(/half set/)
  })
  it('do not accept a provider without encryption, except on this machine', () => {
    expect(() => oidcSettings({ ...full, OIDC_ISSUER: 'http://sso.example.org' })).toThrow(/https/)
    expect(oidcSettings({ ...full, OIDC_ISSUER: 'http://127.0.0.1:9000' })).not.toBeNull()
  })
})

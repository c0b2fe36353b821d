import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { addressPrefix } from './address'
import { cleanHeaders, guardIncoming, trustedProxies } from './incoming'

const from = (trusted: number) => ({ peer: '10.0.0.9', trustedProxies: trusted })

describe('headers of a request', () => {
  it('a client cannot name its own address when no proxy is trusted', () => {
    const headers = {
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      forwarded: 'for=1.2.3.4',
    }
    cleanHeaders(headers, from(0))
    expect(headers).toEqual({ 'x-forwarded-for': '10.0.0.9' })
  })

  it('a client cannot name the host or the scheme when no proxy is trusted', () => {
    const headers = { host: 'a', 'x-forwarded-host': 'evil', 'x-forwarded-proto': 'https' }
    cleanHeaders(headers, from(0))
    expect(headers).toEqual({ host: 'a', 'x-forwarded-for': '10.0.0.9' })
  })

  it('behind proxies the address is the one that the outermost of them saw', () => {
    const headers = {
      'x-forwarded-for': 'forged, 203.0.113.7, 10.1.1.1',
      'x-forwarded-proto': 'https',
    }
    cleanHeaders(headers, from(2))
    expect(headers).toEqual({ 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' })
  })

  it('a chain that is shorter than the trusted proxies names nobody', () => {
    const headers = { 'x-forwarded-for': 'forged' }
    cleanHeaders(headers, from(2))
    expect(headers).toEqual({})
  })

  it.each([
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'next-resume',
    'x-nonce',
    'x-request-id',
    'x-chancery-path',
  ])('a client cannot send %s, even through a trusted proxy', (name) => {
    const headers = { [name]: 'forged', accept: '*/*' }
    cleanHeaders(headers, { peer: undefined, trustedProxies: 1 })
    expect(headers).toEqual({ accept: '*/*' })
  })

  it('trusts nobody unless told a small number', () => {
    for (const text of [undefined, '', 'yes', '-1', '1.5', '100']) {
      expect(trustedProxies({ CHANCERY_TRUSTED_PROXIES: text })).toBe(0)
    }
    expect(trustedProxies({ CHANCERY_TRUSTED_PROXIES: '2' })).toBe(2)
  })
})

describe('a server of this process', () => {
  const server = createServer((request, response) => {
    response.end(JSON.stringify(request.headers))
  })
  afterAll(() => void server.close())

  it('sees only clean headers once the guard stands', async () => {
    guardIncoming()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { 'x-forwarded-for': '1.2.3.4', 'x-middleware-subrequest': 'proxy', accept: 'a/b' },
    })
    const seen = (await response.json()) as Record<string, string>
    expect(seen['x-forwarded-for']).toBe('127.0.0.1')
    expect(seen['x-middleware-subrequest']).toBeUndefined()
    expect(seen.accept).toBe('a/b')
  })
})

describe('the prefix that guessing is counted by', () => {
  const prefix = (text: string) => addressPrefix(new Headers({ 'x-forwarded-for': text }))
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:7:1::1', '2001:db8:7::/48'],
    ['2001:0db8:0007:ffff:1:2:3:4', '2001:db8:7::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['no address', 'unknown'],
    ['', 'unknown'],
  ])('%s counts as %s', (address, expected) => {
    expect(prefix(address)).toBe(expected)
  })
})

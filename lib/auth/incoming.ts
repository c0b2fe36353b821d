import { subscribe } from 'node:diagnostics_channel'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Headers that only our own code or a configured proxy may set. The framework believes them when a
 * client sends them, which was how its routing layer was bypassed more than once.
 */
const INTERNAL = /^(?:x-middleware-|x-chancery-|next-resume$|x-nonce$|x-request-id$)/
const FORWARDED = /^(?:forwarded$|x-forwarded-|x-real-ip$|x-original-|x-rewrite-)/

/**
 * Cleans the headers of one request in place. `trustedProxies` is how many proxies stand in front:
 * with 0 every forwarding header is dropped; with n the client is the n-th address from the right,
 * because everything left of it was written by the client. `peer` is the socket's address.
 */
export function cleanHeaders(
  headers: IncomingHttpHeaders,
  from: { peer: string | undefined; trustedProxies: number },
): void {
  const hops = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '')
  const client = hops[hops.length - from.trustedProxies]
  for (const name of Object.keys(headers)) {
    const forwarded = FORWARDED.test(name) && from.trustedProxies === 0
    if (forwarded || INTERNAL.test(name)) delete headers[name]
  }
  const address = from.trustedProxies > 0 ? client : from.peer
  if (address === undefined) delete headers['x-forwarded-for']
  else headers['x-forwarded-for'] = address
}

/** Reads `CHANCERY_TRUSTED_PROXIES`, a small whole number; anything else is 0 (trust nobody). */
export function trustedProxies(env: Record<string, string | undefined> = process.env): number {
  const text = env.CHANCERY_TRUSTED_PROXIES ?? ''
  return /^[0-9]$/.test(text) ? Number(text) : 0
}

const GUARD = Symbol.for('chancery.incoming')

/**
 * From now on every request that this process receives has clean headers before anything reads
 * them. Call once at start (`instrumentation.ts`); a second call does nothing.
 */
export function guardIncoming(): void {
  const global = globalThis as { [GUARD]?: true }
  if (global[GUARD]) return
  global[GUARD] = true
  const proxies = trustedProxies()
  // Published synchronously before the server's own listeners see the request.
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket }
    cleanHeaders(request.headers, { peer: socket.remoteAddress, trustedProxies: proxies })
  })
}

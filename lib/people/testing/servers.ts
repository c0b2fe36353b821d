import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import NextAuth from 'next-auth'
import Provider from 'oidc-provider'
import { signInOptions } from '../next-auth'

export type Running = { url: string; close: () => Promise<void> }

async function listen(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Our side of signing in over real HTTP: next-auth's handler with the product's settings. */
export async function signInServer(): Promise<Running> {
  const server = createServer((request, response) => {
    void answer(request, response).catch((error) => response.writeHead(500).end(String(error)))
  })
  const running = await listen(server)
  process.env.NEXTAUTH_URL = running.url
  return running
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', process.env.NEXTAUTH_URL)
  const cookies = Object.fromEntries(
    (request.headers.cookie ?? '')
      .split('; ')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', ...rest] = pair.split('=')
        return [name, decodeURIComponent(rest.join('='))] as const
      }),
  )
  if (!url.pathname.startsWith('/api/auth/')) {
    response.end('a page')
    return
  }
  const options = signInOptions({
    headers: { get: (name) => String(request.headers[name] ?? '') || null },
    cookie: (name) => cookies[name],
  })
  const query = {
    ...Object.fromEntries(url.searchParams),
    nextauth: url.pathname.split('/').slice(3),
  }
  const body = Object.fromEntries(new URLSearchParams(await bodyOf(request)))
  const asked = Object.assign(request, { query, cookies, body })
  await NextAuth(asked as never, withShortcuts(response) as never, options)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The three methods that next-auth expects of a response beyond Node's own. */
function withShortcuts(response: ServerResponse) {
  const send = (value: unknown) => {
    if (typeof value === 'object') response.setHeader('content-type', 'application/json')
    response.end(typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''))
  }
  return Object.assign(response, {
    status: (code: number) => {
      response.statusCode = code
      return response
    },
    json: send,
    send,
  })
}

/** A strict provider on loopback: PKCE required, and everybody may log in under any name. */
export async function oidcServer(site: string): Promise<Running> {
  const server = createServer((request, response) => handler(request, response))
  const running = await listen(server)
  const provider = new Provider(running.url, {
    clients: [
      {
        client_id: 'chancery',
        client_secret: 'a secret between the two',
        redirect_uris: [`${site}/api/auth/callback/oidc`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key of the test'] },
    // Claims an e-mail of somebody else: it must not open their account.
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: 'mara@example.org', email_verified: true }),
    }),
  })
  const handler = provider.callback()
  Object.assign(process.env, {
    OIDC_ISSUER: running.url,
    OIDC_CLIENT_ID: 'chancery',
    OIDC_CLIENT_SECRET: 'a secret between the two',
    OIDC_NAME: 'Example sign-on',
  })
  return running
}

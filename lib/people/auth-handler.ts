import 'server-only'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { cookieOptions } from '@/lib/auth/cookie'
import { siteUrl } from '@/lib/auth/site'
import { refuseForeignOrigin, reported } from '@/lib/command/act'
import { INTENT_COOKIES, INTENT_PATH } from './intents'
import { signInOptions } from './next-auth'

// The library reads its own address from here; it must never take it from a request.
process.env.NEXTAUTH_URL ??= siteUrl()

type Context = { params: Promise<{ nextauth: string[] }> }

/**
 * Answers everything under `/api/auth`. A POST must come from our own pages; a limit is answered
 * with 429 and Retry-After; intents are used up when the provider has answered.
 */
export async function answerAuth(request: NextRequest, context: Context): Promise<Response> {
  if (request.method === 'POST') {
    try {
      refuseForeignOrigin(request.headers)
    } catch (error) {
      return Response.json(reported(error, '/api/auth'), { status: 403 })
    }
  }
  const options = signInOptions({
    headers: request.headers,
    cookie: (name) => request.cookies.get(name)?.value,
  })
  const response: Response = await NextAuth(request, context, options)
  const path = request.nextUrl.pathname
  if (path.endsWith('/callback/oidc')) forgetIntents(response.headers)
  if (response.status === 401 && path.endsWith('/callback/password')) return limited(response)
  return response
}

function forgetIntents(headers: Headers): void {
  const { httpOnly, sameSite, secure } = cookieOptions(0)
  const attributes = [`Path=${INTENT_PATH}`, 'Max-Age=0', `SameSite=${sameSite}`]
  if (httpOnly) attributes.push('HttpOnly')
  if (secure) attributes.push('Secure')
  for (const name of Object.values(INTENT_COOKIES)) {
    headers.append('set-cookie', [`${name}=`, ...attributes].join('; '))
  }
}

async function limited(response: Response): Promise<Response> {
  const body = await response.text()
  const seconds = /error=limit-(\d+)/.exec(body)?.[1]
  const { headers } = response
  if (seconds !== undefined) headers.set('retry-after', seconds)
  return new Response(body, { status: seconds === undefined ? 401 : 429, headers })
}

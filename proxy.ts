import { type NextRequest, NextResponse } from 'next/server'
import { isSecureSite, sessionCookieName } from '@/lib/auth/site'

/** Pages for people who are not signed in. */
const OPEN = /^\/(?:login|join|setup)(?:\/|$)/
/** What only our own code may say inside the process. */
const INTERNAL = /^(?:x-middleware-|x-chancery-|x-nonce$|next-resume$)/

/**
 * Headers for every answer, and a courtesy: without a session cookie a page leads to the sign-in
 * page. Nothing is authorised here; who may see what is asked of the database by every page,
 * handler and action, because a routing layer can be gone around.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const api = pathname.startsWith('/api/')
  if (!api && !OPEN.test(pathname) && !request.cookies.has(sessionCookieName())) {
    const to = new URL('/login', request.url)
    if (pathname !== '/') to.searchParams.set('next', pathname + search)
    return secured(NextResponse.redirect(to), null)
  }
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  for (const name of [...headers.keys()]) if (INTERNAL.test(name)) headers.delete(name)
  // The framework takes the nonce for its own scripts from the policy of the request.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  headers.set('x-chancery-path', pathname + search)
  const requestId = crypto.randomUUID()
  headers.set('x-request-id', requestId)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('x-request-id', requestId)
  return secured(response, policy)
}

/** One policy per answer. Style attributes are allowed because React writes them; no inline script. */
function contentSecurityPolicy(nonce: string): string {
  // The development server evaluates code and injects styles without a nonce.
  const dev = process.env.NODE_ENV === 'development'
  const directives = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': dev ? "'self' ws:" : "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

function secured(response: NextResponse, policy: string | null): NextResponse {
  const { headers } = response
  headers.set('content-security-policy', policy ?? "default-src 'none'; frame-ancestors 'none'")
  headers.set('cache-control', 'private, no-store')
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  if (isSecureSite()) headers.set('strict-transport-security', 'max-age=63072000')
  return response
}

export const config = {
  // Built files are the same for everybody and carry no policy of their own.
  matcher: ['/((?!_next/static/|icon\\.svg$).*)'],
}

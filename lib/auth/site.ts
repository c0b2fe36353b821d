type Environment = Record<string, string | undefined>

/**
 * The address that people type, without a slash at its end: `CHANCERY_URL`, else `NEXTAUTH_URL`,
 * else this machine at `PORT`. Never taken from a request: its Host header is the client's.
 */
export function siteUrl(env: Environment = process.env): string {
  const named = env.CHANCERY_URL ?? env.NEXTAUTH_URL
  if (named !== undefined && URL.canParse(named)) return new URL(named).origin
  return `http://127.0.0.1:${env.PORT ?? '3000'}`
}

/** Cookies carry `Secure` and the `__Host-` prefix exactly when the site is served over https. */
export function isSecureSite(env: Environment = process.env): boolean {
  return siteUrl(env).startsWith('https://')
}

/** The name of the session cookie. */
export function sessionCookieName(env: Environment = process.env): string {
  return isSecureSite(env) ? '__Host-chancery-session' : 'chancery-session'
}

/** Where to go after signing in: a path of ours, or `/`. An address of another site never. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 2_000) return '/'
  // A browser reads "//host" and "/\host" as another site.
  const url = URL.canParse(next, 'http://here.invalid')
    ? new URL(next, 'http://here.invalid')
    : null
  if (url === null || url.host !== 'here.invalid') return '/'
  return url.pathname.startsWith('/login') ? '/' : `${url.pathname}${url.search}${url.hash}`
}

/** Talks to `/api/auth` from the browser: a token of the form first, then the request itself. */

export type SignInAnswer =
  | { state: 'in' }
  | { state: 'wrong' }
  | { state: 'limited'; seconds: number }
  | { state: 'failed' }

/** Signs in by e-mail and password; the answer sets the cookie. */
export async function signInWithPassword(email: string, password: string): Promise<SignInAnswer> {
  const response = await post('callback/password', { email, password })
  if (response === null) return { state: 'failed' }
  if (response.status === 429) {
    return { state: 'limited', seconds: Number(response.headers.get('retry-after') ?? '30') }
  }
  if (response.status === 401) {
    const { url = '' } = (await response.json().catch(() => ({}))) as { url?: string }
    return url.includes('error=CredentialsSignin') ? { state: 'wrong' } : { state: 'failed' }
  }
  return response.ok ? { state: 'in' } : { state: 'failed' }
}

/** Leaves for the provider; `next` is where the person comes back to. False: it did not answer. */
export async function leaveForProvider(next: string): Promise<boolean> {
  const response = await post('signin/oidc', { callbackUrl: new URL(next, location.origin).href })
  if (!response?.ok) return false
  const { url } = (await response.json()) as { url?: string }
  if (url === undefined || url.includes('error=')) return false
  location.assign(url)
  return true
}

async function post(path: string, fields: Record<string, string>): Promise<Response | null> {
  try {
    const answer = await fetch('/api/auth/csrf', { cache: 'no-store' })
    const { csrfToken } = (await answer.json()) as { csrfToken: string }
    const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
    return await fetch(`/api/auth/${path}`, { method: 'POST', body })
  } catch {
    return null
  }
}

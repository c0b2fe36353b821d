import 'server-only'
import { cookies, headers } from 'next/headers'
import { sessionCookie } from '@/lib/auth/cookie'
import { refuseForeignOrigin, reported } from '@/lib/command/act'
import type { Result, Success } from '@/lib/core/result'

export type Filled = { token?: unknown; userAgent: string | null }

/** Runs what starts a session and puts its id into the cookie; the id itself never goes out. */
export async function enterSession(
  name: string,
  input: unknown,
  run: (filled: Filled, requestId: string | undefined) => Promise<Success<{ sessionId: string }>>,
): Promise<Result<null>> {
  try {
    const list = await headers()
    refuseForeignOrigin(list)
    const given = typeof input === 'object' && input !== null ? input : {}
    const filled = { ...given, userAgent: list.get('user-agent')?.slice(0, 2_000) ?? null }
    const done = await run(filled, list.get('x-request-id') ?? undefined)
    const cookie = await sessionCookie(done.value.sessionId)
    const jar = await cookies()
    jar.set(cookie.name, cookie.value, cookie.options)
    return { ok: true, value: null, ...(done.fact === undefined ? {} : { fact: done.fact }) }
  } catch (error) {
    return reported(error, name)
  }
}

import 'server-only'
import type { PersonActor } from '@/lib/auth/actor'
import { requireActor } from '@/lib/auth/current'
import { HTTP_STATUS } from '@/lib/core/errors'
import { reported } from './act'

type Context<Params> = { params: Promise<Params> }

/**
 * Makes a GET route handler: actor from the session, value as JSON, never cached. GET decides
 * nothing; it only shows.
 */
export function respond<Params = Record<string, never>>(
  read: (call: { actor: PersonActor; request: Request; params: Params }) => Promise<unknown>,
) {
  return async (request: Request, context: Context<Params>): Promise<Response> => {
    try {
      const actor = await requireActor()
      const value = await read({ actor, request, params: await context.params })
      return value instanceof Response ? value : json(value, 200)
    } catch (error) {
      const failure = reported(error, new URL(request.url).pathname)
      const code = failure.ok ? 'internal' : failure.error.code
      return json(failure, code === 'internal' ? 500 : HTTP_STATUS[code])
    }
  }
}

function json(value: unknown, status: number): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'private, no-store' } })
}

import 'server-only'
import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { requireActor } from '@/lib/auth/current'
import { ChanceryError } from '@/lib/core/errors'
import { type Result, toFailure } from '@/lib/core/result'
import type { Command } from './command'

/** A server action over one command: who is asking → the door → fresh pages → a typed result. */
export type Action<Value> = (input: unknown, key?: unknown) => Promise<Result<Value>>

/**
 * Makes the server action of a command. The actor comes from the session, never from the input;
 * `key` is the idempotency key that the form made when it was opened.
 */
export function act<Value>(command: Command<Value>): Action<Value> {
  return async (input, key) => {
    try {
      const list = await headers()
      refuseForeignOrigin(list)
      const actor = await requireActor()
      const result = await command.execute(actor, input, {
        key: typeof key === 'string' ? key : undefined,
        requestId: list.get('x-request-id') ?? undefined,
      })
      revalidatePath('/', 'layout')
      return result
    } catch (error) {
      return reported(error, command.name)
    }
  }
}

/** A state change must come from our own pages (Sec-Fetch-Site, else Origin = Host; never `null`). */
export function refuseForeignOrigin(list: Headers | Awaited<ReturnType<typeof headers>>): void {
  const site = list.get('sec-fetch-site')
  if (site === 'same-origin') return
  const origin = list.get('origin')
  const host = list.get('host')
  if (site === null && origin !== null && host !== null && originHost(origin) === host) return
  throw new ChanceryError('forbidden', 'This request did not come from a Chancery page.')
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

/** Speaks only for expected errors; anything else is logged in full and told as ours. */
export function reported(error: unknown, where: string): Result<never> {
  if (!(error instanceof ChanceryError)) console.error(`[${where}]`, error)
  return toFailure(error)
}

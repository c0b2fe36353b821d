import { respond } from '@/lib/command/respond'
import { factsAfter } from '@/lib/inbox/queries/changes'

/** Shorter than the 30 seconds after which proxies give up on a silent answer. */
const HOLD_MS = 25_000

/** Holds the request until something was recorded after `?after=` facts; answers with how many are. */
export const GET = respond(async ({ request }) => {
  const after = Number(new URL(request.url).searchParams.get('after') ?? Number.NaN)
  const seen = Number.isSafeInteger(after) ? after : -1
  return { facts: await factsAfter(seen, { timeoutMs: HOLD_MS, signal: request.signal }) }
})

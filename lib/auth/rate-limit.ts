import 'server-only'
import { sql } from 'drizzle-orm'
import { ChanceryError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'

/** `burst` at once, then one every `everyMs`. */
export type Rate = { burst: number; everyMs: number }

/** Rows that one call clears away at most, so that old keys do not pile up. */
const SWEPT = 5

/**
 * Takes one token from the bucket of `key` (generic cell rate algorithm, on the database's clock,
 * shared by every process). Throws `limit` with `retryAfterSeconds` when it is empty; a refused
 * call takes nothing, so an impatient caller does not push the end further away.
 */
export async function takeToken(key: string, rate: Rate): Promise<void> {
  const step = sql`${rate.everyMs}::float8 * interval '1 millisecond'`
  const full = sql`${rate.everyMs * rate.burst}::float8 * interval '1 millisecond'`
  const taken = await db().execute(sql`
    with swept as (
      delete from rate_bucket where key in (
        select key from rate_bucket where at < now() - interval '1 hour' and key <> ${key}
        limit ${SWEPT} for update skip locked))
    insert into rate_bucket as bucket (key, at) values (${key}, now() + ${step})
    on conflict (key) do update set at = greatest(bucket.at, now()) + ${step}
      where greatest(bucket.at, now()) + ${step} <= now() + ${full}
    returning 1`)
  if (taken.length > 0) return
  const [row] = await db().execute<{ seconds: number }>(sql`
    select ceil(extract(epoch from at + ${step} - ${full} - now()))::int as seconds
    from rate_bucket where key = ${key}`)
  const seconds = Math.max(1, row?.seconds ?? 1)
  throw new ChanceryError('limit', `Too many attempts. Try again ${inWords(seconds)}.`, {
    data: { retryAfterSeconds: seconds },
  })
}

function inWords(seconds: number): string {
  if (seconds < 90) return `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  return `in ${Math.ceil(seconds / 60)} minutes`
}

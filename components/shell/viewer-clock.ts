import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import type { Clock } from '@/components/ui/time-words'
import { readZone, ZONE_COOKIE } from './theme'

/**
 * The reader's moment for this request: one `now` for the whole page, and the zone their browser
 * told us through a cookie (UTC on the very first request). Pass it to `Time` and friends.
 */
export const viewerClock = cache(async (): Promise<Clock> => {
  const zone = readZone((await cookies()).get(ZONE_COOKIE)?.value)
  return { now: Date.now(), zone }
})

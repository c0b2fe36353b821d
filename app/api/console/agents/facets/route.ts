import { parsePlace } from '@/components/agents/catalog/address'
import { viewerClock } from '@/components/shell/viewer-clock'
import { facetCounts } from '@/lib/agents/queries/facets'
import { respond } from '@/lib/command/respond'
import { localDate } from '@/lib/core/time'

/** What each filter could still be, with counts under the others: the menu of the same address. */
export const GET = respond(async ({ actor, request }) => {
  const clock = await viewerClock()
  const place = parsePlace(Object.fromEntries(new URL(request.url).searchParams))
  return facetCounts({ actor, ...place, today: localDate(new Date(clock.now), clock.zone) })
})

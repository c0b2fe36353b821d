import { parsePlace } from '@/components/agents/catalog/address'
import { viewerClock } from '@/components/shell/viewer-clock'
import { listAgents } from '@/lib/agents/queries/list'
import { respond } from '@/lib/command/respond'
import { localDate } from '@/lib/core/time'

/** The next page of the catalog: the same address as the screen's, the same query. */
export const GET = respond(async ({ actor, request }) => {
  const clock = await viewerClock()
  const place = parsePlace(Object.fromEntries(new URL(request.url).searchParams))
  return listAgents({ actor, ...place, today: localDate(new Date(clock.now), clock.zone) })
})

import { parsePlace } from '@/components/agents/catalog/address'
import { viewerClock } from '@/components/shell/viewer-clock'
import { listAgents } from '@/lib/agents/queries/list'
import { respond } from '@/lib/command/respond'
import { MAX_PAGE_SIZE } from '@/lib/core/limits'
import { localDate } from '@/lib/core/time'

/** The next rows of the catalog: the same address as the screen's, the same query, longer pages. */
export const GET = respond(async ({ actor, request }) => {
  const clock = await viewerClock()
  const place = parsePlace(Object.fromEntries(new URL(request.url).searchParams))
  const today = localDate(new Date(clock.now), clock.zone)
  return listAgents({ actor, ...place, today }, MAX_PAGE_SIZE)
})

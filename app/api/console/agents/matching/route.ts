import { parsePlace } from '@/components/agents/catalog/address'
import { viewerClock } from '@/components/shell/viewer-clock'
import { selectMatching } from '@/lib/agents/queries/list'
import { respond } from '@/lib/command/respond'
import { localDate } from '@/lib/core/time'

/** Ids and names of what the same address lists, up to the bound of a selection. */
export const GET = respond(async ({ actor, request }) => {
  const clock = await viewerClock()
  const place = parsePlace(Object.fromEntries(new URL(request.url).searchParams))
  const today = localDate(new Date(clock.now), clock.zone)
  return { agents: await selectMatching({ actor, ...place, today }) }
})

import type { Metadata } from 'next'
import { viewerClock } from '@/components/shell/viewer-clock'
import { parsePlace } from '@/components/waivers/address'
import { WaiversScreen } from '@/components/waivers/waivers-screen'
import { countWaivers, listWaivers } from '@/lib/agents/queries/waivers'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'

export const metadata: Metadata = { title: 'Waivers' }

export default async function WaiversPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const place = parsePlace(await props.searchParams)
  const clock = await viewerClock()
  const now = new Date(clock.now)
  const [{ rows, next }, counts] = await Promise.all([
    listWaivers(actor, { ...place, now }),
    countWaivers(actor, { filters: place.filters, now }),
  ])
  return (
    <WaiversScreen
      place={place}
      rows={rows}
      next={next}
      counts={counts}
      reader={{
        id: actor.id,
        mayAsk: (row) => can(actor, 'waiver.request', row.departmentId),
        mayRevoke: (row) => can(actor, 'waiver.revoke', row.departmentId),
      }}
      clock={clock}
    />
  )
}

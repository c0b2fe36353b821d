import type { Metadata } from 'next'
import { Gaps } from '@/components/agents/routing/gaps'
import { readPlace } from '@/components/agents/routing/place'
import { RoutingFrame } from '@/components/agents/routing/screen'
import { Tests } from '@/components/agents/routing/tests'
import { Trial } from '@/components/agents/routing/trial'
import { routeRequest, routingCases, routingGaps } from '@/lib/agents/queries/routing'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'

export const metadata: Metadata = { title: 'Routing' }

export default async function RoutingPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const { view, request } = readPlace(await props.searchParams)
  if (view === 'tests') {
    const cases = await routingCases(actor)
    return (
      <RoutingFrame view={view} count={cases.length}>
        <Tests cases={cases} mayEdit={can(actor, 'routing.edit', null)} />
      </RoutingFrame>
    )
  }
  if (view === 'gaps') {
    return (
      <RoutingFrame view={view}>
        <Gaps gaps={await routingGaps(actor)} />
      </RoutingFrame>
    )
  }
  const routing = request === '' ? null : await routeRequest(actor, request)
  return (
    <RoutingFrame view={view}>
      <Trial request={request} routing={routing} />
    </RoutingFrame>
  )
}

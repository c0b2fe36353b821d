import type { Metadata } from 'next'
import { matrixPlace } from '@/components/agents/matrix/place'
import { MatrixScreen } from '@/components/agents/matrix/screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { principleMatrix } from '@/lib/agents/queries/coverage'
import { catalogChoices } from '@/lib/agents/queries/list'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Principles' }

export default async function MatrixPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const place = matrixPlace(await props.searchParams)
  const clock = await viewerClock()
  const [matrix, { departments }] = await Promise.all([
    principleMatrix({ actor, ...place, now: new Date(clock.now) }),
    catalogChoices(actor),
  ])
  return <MatrixScreen matrix={matrix} place={place} departments={departments} />
}

import type { Metadata } from 'next'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { SectionsScreen } from '@/components/constitution/plain-parts'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, sections' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function SectionsPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  return (
    <ConstitutionFrame view={view} current="sections" clock={await viewerClock()}>
      <SectionsScreen view={view} />
    </ConstitutionFrame>
  )
}

import type { Metadata } from 'next'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { PolicyScreen } from '@/components/constitution/policy'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'
import { listDepartments } from '@/lib/people/queries/installation'

export const metadata: Metadata = { title: 'Constitution, policy matrix' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function PolicyPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const [view, departments] = await Promise.all([
    constitutionView(actor, { draft: draft !== undefined }),
    listDepartments(actor),
  ])
  return (
    <ConstitutionFrame view={view} current="policy" clock={await viewerClock()}>
      <PolicyScreen view={view} departments={departments} />
    </ConstitutionFrame>
  )
}

import type { Metadata } from 'next'
import { ApprovalRules } from '@/components/constitution/approval-rules'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, approvals' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function ApprovalsPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  return (
    <ConstitutionFrame view={view} current="approvals" clock={await viewerClock()}>
      <ApprovalRules rules={view.content.approvals} documentHref="/constitution/document" />
    </ConstitutionFrame>
  )
}

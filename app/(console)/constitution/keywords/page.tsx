import type { Metadata } from 'next'
import { DOMAIN_COLUMNS } from '@/components/constitution/columns'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { PartTable } from '@/components/constitution/part-table'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, keywords' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function KeywordsPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  return (
    <ConstitutionFrame view={view} current="keywords" clock={await viewerClock()}>
      <PartTable
        view={view}
        part="domains"
        caption="Subjects, their agents and keywords"
        columns={DOMAIN_COLUMNS}
        rows={view.content.domains}
        blank={{ name: '', title: '', agents: [], keywords: [] }}
        addLabel="Add a subject"
      />
    </ConstitutionFrame>
  )
}

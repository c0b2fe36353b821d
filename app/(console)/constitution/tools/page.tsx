import type { Metadata } from 'next'
import { TOOL_COLUMNS } from '@/components/constitution/columns'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { PartTable } from '@/components/constitution/part-table'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, tools' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function ToolsPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  return (
    <ConstitutionFrame view={view} current="tools" clock={await viewerClock()}>
      <PartTable
        view={view}
        part="tools"
        caption="Tools that agents may hold"
        columns={TOOL_COLUMNS}
        rows={view.content.tools}
        blank={{ name: '', class: 'read', risk: 'low', meaning: '' }}
        addLabel="Add a tool"
      />
    </ConstitutionFrame>
  )
}

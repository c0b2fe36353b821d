import type { Metadata } from 'next'
import { MODEL_COLUMNS } from '@/components/constitution/columns'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { PartTable } from '@/components/constitution/part-table'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, models' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function ModelsPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  return (
    <ConstitutionFrame view={view} current="models" clock={await viewerClock()}>
      <PartTable
        view={view}
        part="models"
        caption="Models and their use"
        columns={MODEL_COLUMNS}
        rows={view.content.models}
        blank={{ name: '', title: '', risk: 'low', use: 'allowed' }}
        addLabel="Add a model"
      />
    </ConstitutionFrame>
  )
}

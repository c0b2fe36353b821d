import type { Metadata } from 'next'
import { DocumentScreen } from '@/components/constitution/document'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'
import { constitutionDocument } from '@/lib/constitution/queries'

export const metadata: Metadata = { title: 'Constitution, document' }

type Props = { searchParams: Promise<{ draft?: string; as?: string }> }

export default async function DocumentPage(props: Props) {
  const actor = await requirePageActor()
  const { draft, as } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  const { bytes } = await constitutionDocument(view.of === 'draft' ? 'draft' : null)
  const text = Buffer.from(bytes).toString('utf8')
  return (
    <ConstitutionFrame view={view} current="document" clock={await viewerClock()}>
      <DocumentScreen view={view} text={text} as={as === 'rendered' ? 'rendered' : 'raw'} />
    </ConstitutionFrame>
  )
}

import type { Metadata } from 'next'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { ServersScreen } from '@/components/constitution/servers'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, MCP servers' }

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function ServersPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const view = await constitutionView(actor, { draft: draft !== undefined })
  return (
    <ConstitutionFrame view={view} current="servers" clock={await viewerClock()}>
      <ServersScreen view={view} />
    </ConstitutionFrame>
  )
}

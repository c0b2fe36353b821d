import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { RuleScreen } from '@/components/constitution/rules'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView, ruleCounts } from '@/lib/agents/queries/constitution'
import { rulePage, shownRules } from '@/lib/agents/queries/shown-rules'
import { requirePageActor } from '@/lib/auth/current'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `Rule ${(await props.params).id}` }
}

export default async function RulePage(props: Props) {
  const actor = await requirePageActor()
  const { id } = await props.params
  const [view, counts, clock] = await Promise.all([
    constitutionView(actor, { draft: false }),
    ruleCounts(actor),
    viewerClock(),
  ])
  const rule = shownRules(counts).find((one) => one.id === id)
  const page = rulePage(id)
  if (!rule || !page) notFound()
  return (
    <ConstitutionFrame view={view} current="rules" clock={clock} plain>
      <RuleScreen rule={rule} page={page} />
    </ConstitutionFrame>
  )
}

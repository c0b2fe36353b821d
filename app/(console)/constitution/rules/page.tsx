import type { Metadata } from 'next'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { RulesScreen } from '@/components/constitution/rules'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView, ruleCounts } from '@/lib/agents/queries/constitution'
import { shownRules } from '@/lib/agents/queries/shown-rules'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Constitution, rules' }

export default async function RulesPage() {
  const actor = await requirePageActor()
  const [view, counts, clock] = await Promise.all([
    constitutionView(actor, { draft: false }),
    ruleCounts(actor),
    viewerClock(),
  ])
  return (
    <ConstitutionFrame view={view} current="rules" clock={clock} plain>
      <RulesScreen rules={shownRules(counts)} />
    </ConstitutionFrame>
  )
}

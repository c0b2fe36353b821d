import type { Metadata } from 'next'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { OverviewScreen } from '@/components/constitution/overview'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView, failingAgents, whoMustAgree } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'
import { CATALOG_RULES, RULES } from '@/lib/constitution/check'
import { constitutionVersions } from '@/lib/constitution/queries'

export const metadata: Metadata = { title: 'Constitution' }

/** Named on the overview; the catalog lists them all. */
const FAILING = 10
const VERSIONS = 5

export default async function ConstitutionPage() {
  const actor = await requirePageActor()
  const view = await constitutionView(actor, { draft: false })
  const [versions, failing, agree, clock] = await Promise.all([
    constitutionVersions(),
    failingAgents(actor, FAILING),
    whoMustAgree(actor, view.draft),
    viewerClock(),
  ])
  return (
    <ConstitutionFrame view={view} current="" clock={clock} plain>
      <OverviewScreen
        {...{ view, failing, agree, clock }}
        versions={versions.rows.slice(0, VERSIONS)}
        rules={RULES.length + CATALOG_RULES.length}
      />
    </ConstitutionFrame>
  )
}

import type { Metadata } from 'next'
import { ChangesScreen, NoDraft } from '@/components/constitution/changes'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView, whoMustAgree } from '@/lib/agents/queries/constitution'
import { cutImpact, previewOf } from '@/lib/agents/queries/constitution-impact'
import { requirePageActor } from '@/lib/auth/current'
import { compareDocuments, draftOfConstitution } from '@/lib/constitution/queries'

export const metadata: Metadata = { title: 'Constitution, draft' }

/** Agents listed of each kind. */
const LISTED = 200

export default async function ChangesPage() {
  const actor = await requirePageActor()
  const [view, draft, clock] = await Promise.all([
    constitutionView(actor, { draft: true }),
    draftOfConstitution(),
    viewerClock(),
  ])
  if (!draft || !view.draft) {
    return (
      <ConstitutionFrame view={view} current="changes" title="Draft" clock={clock} plain>
        <NoDraft whyNotEdit={view.whyNotEdit} />
      </ConstitutionFrame>
    )
  }
  const [impact, compared, agree] = await Promise.all([
    previewOf(draft, { actor }),
    compareDocuments(null, 'draft'),
    whoMustAgree(actor, view.draft),
  ])
  return (
    <ConstitutionFrame view={view} current="changes" title="Draft" clock={clock}>
      <ChangesScreen
        draft={view.draft}
        inForce={view.inForce.label}
        impact={cutImpact(impact, LISTED)}
        diff={compared.diff}
        agree={agree}
        mayEdit={view.whyNotEdit === null}
      />
    </ConstitutionFrame>
  )
}

import type { Metadata } from 'next'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { PrinciplesScreen } from '@/components/constitution/principles'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView, principleCounts } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'
import { CATALOG_RULES, RULES } from '@/lib/constitution/check'

export const metadata: Metadata = { title: 'Constitution, principles' }

/** The rule that asks of every principle whether it is stated at all. */
const STATED = 'principle-missing'

type Props = { searchParams: Promise<{ draft?: string }> }

export default async function PrinciplesPage(props: Props) {
  const actor = await requirePageActor()
  const { draft } = await props.searchParams
  const [view, counts] = await Promise.all([
    constitutionView(actor, { draft: draft !== undefined }),
    principleCounts(actor),
  ])
  const rules = [...RULES, ...CATALOG_RULES]
  const served = new Map(
    view.content.principles.map(({ slug }) => [
      slug,
      {
        rules: rules
          .filter((rule) => rule.principle === slug || rule.id === STATED)
          .map((rule) => rule.id),
        agents: counts.get(slug) ?? 0,
      },
    ]),
  )
  return (
    <ConstitutionFrame view={view} current="principles" clock={await viewerClock()}>
      <PrinciplesScreen principles={view.content.principles} served={served} />
    </ConstitutionFrame>
  )
}

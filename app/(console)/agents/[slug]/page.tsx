import type { Metadata } from 'next'
import { AgentFrame } from '@/components/agents/frame'
import { orNotFound } from '@/components/agents/or-not-found'
import { readerOf } from '@/components/agents/reader'
import { RecordScreen } from '@/components/agents/record/record-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { aroundAgent } from '@/lib/agents/queries/around'
import { assignable } from '@/lib/agents/queries/assignable'
import { agentPage } from '@/lib/agents/queries/page'
import { principlesOf } from '@/lib/agents/queries/principles'
import { requirePageActor } from '@/lib/auth/current'
import { currentRulebook } from '@/lib/constitution/queries'
import { listRuns } from '@/lib/runs/queries/list'

const RUNS_SHOWN = 4

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await props.params).slug }
}

export default async function AgentRecordPage(props: Props) {
  const { slug } = await props.params
  const actor = await requirePageActor()
  const page = await orNotFound(agentPage(actor, slug))
  const reader = readerOf(actor, page.facts.departmentId)
  const clock = await viewerClock()
  const { id, departmentId } = page.facts
  const of = { id, slug, capabilities: page.check?.capabilities ?? null }
  const [{ rows }, people, rulebook, around] = await Promise.all([
    listRuns(actor, { view: 'all', agentId: id }),
    assignable(actor, departmentId),
    currentRulebook(),
    aroundAgent(actor, of, new Date(clock.now)),
  ])
  return (
    <AgentFrame
      facts={page.facts}
      draft={page.draft}
      versionCount={page.versionCount}
      current="record"
      reader={reader}
    >
      <RecordScreen
        page={page}
        runs={rows.slice(0, RUNS_SHOWN)}
        assignable={people}
        around={around}
        principles={await principlesOf(page.facts, around.excuses)}
        clock={clock}
        reader={reader}
        constitution={rulebook.content}
      />
    </AgentFrame>
  )
}

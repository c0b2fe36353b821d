import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HeldInPlace } from '@/components/runs/held-in-place'
import { RunScreen } from '@/components/runs/run-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { factCount } from '@/lib/inbox/queries/changes'
import { inboxItem } from '@/lib/inbox/queries/item'
import { runPage } from '@/lib/runs/queries/page'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(props: Props): Promise<Metadata> {
  const actor = await requirePageActor()
  const run = await runPage(actor, (await props.params).id)
  return { title: run ? `Run ${run.number}` : 'Run' }
}

export default async function RunPage(props: Props) {
  const actor = await requirePageActor()
  // Read first: a fact recorded after this number wakes the page again.
  const facts = await factCount()
  const run = await runPage(actor, (await props.params).id)
  if (!run) notFound()
  const clock = await viewerClock()
  const held =
    run.waitingFor === 'tool_call' && run.openApproval
      ? await inboxItem(actor, run.openApproval)
      : null
  return (
    <RunScreen
      run={run}
      clock={clock}
      facts={facts}
      held={held ? <HeldInPlace item={held} clock={clock} /> : null}
    />
  )
}

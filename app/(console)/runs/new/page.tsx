import type { Metadata } from 'next'
import { StartForm } from '@/components/runs/start-form'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { Empty } from '@/components/ui/empty'
import { requirePageActor } from '@/lib/auth/current'
import { listWorkspaces } from '@/lib/runs/queries/list'
import { runnableAgents } from '@/lib/runs/queries/runnable'

export const metadata: Metadata = { title: 'Start a run' }

export default async function NewRunPage(props: { searchParams: Promise<{ agent?: string }> }) {
  const actor = await requirePageActor()
  const { agent } = await props.searchParams
  const [agents, workspaces] = await Promise.all([
    runnableAgents(actor),
    listWorkspaces(actor, 'run.start'),
  ])
  return (
    <>
      <PageHeader heading crumbs={[{ label: 'Runs', href: '/runs' }, { label: 'Start a run' }]} />
      <Pane label="Start a run">
        {agents.length === 0 ? (
          <Empty title="There is no agent that you may run">
            An operator of a department starts runs of its published agents. Ask an administrator.
          </Empty>
        ) : (
          <StartForm agents={agents} workspaces={workspaces} chosen={agent ?? null} />
        )}
      </Pane>
    </>
  )
}

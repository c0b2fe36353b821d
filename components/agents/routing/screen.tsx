import type { ReactNode } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { SavedViews } from '@/components/ui/tabs'
import { AgentViews } from '../agent-views'
import { hrefOf, type RoutingView } from './place'

const VIEWS: readonly { view: RoutingView; label: string }[] = [
  { view: 'try', label: 'Try a request' },
  { view: 'tests', label: 'Tests' },
  { view: 'gaps', label: 'Gaps' },
]

/** The frame of the three parts: trying, the requests that are tried again, what leads nowhere. */
export function RoutingFrame(props: { view: RoutingView; count?: number; children: ReactNode }) {
  const { view, count } = props
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Agents', href: '/agents' }, { label: 'Routing' }]}
        views={<AgentViews current="routing" />}
        heading
      />
      <div className="flex shrink-0 items-center border-b border-line px-3 py-1.5">
        <SavedViews
          label="Parts of routing"
          views={VIEWS.map((one) => ({
            label: one.label,
            href: hrefOf(one.view),
            current: one.view === view,
            count: one.view === view ? count : undefined,
          }))}
        />
      </div>
      <Pane label="Routing">{props.children}</Pane>
    </>
  )
}

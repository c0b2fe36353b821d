import { Play } from 'lucide-react'
import { LiveRefresh } from '@/components/live/live-refresh'
import { PageHeader, Views } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { Clock } from '@/components/ui/time-words'
import type { RunsPage } from '@/lib/runs/queries/list'
import { RunTable } from './run-table'

/** Every run that the reader may see, newest first. */
export function RunsScreen(props: {
  page: RunsPage
  view: 'all' | 'open'
  clock: Clock
  facts: number
  mayStart: boolean
}) {
  const { page, view } = props
  return (
    <>
      <PageHeader
        heading
        crumbs={[{ label: 'Runs' }]}
        views={
          <Views
            views={[
              { label: 'All', href: '/runs', current: view === 'all' },
              { label: 'Under way', href: '/runs?view=open', current: view === 'open' },
            ]}
          />
        }
      >
        {props.mayStart ? (
          <ButtonLink
            href="/runs/new"
            keys="N"
            icon={<Play aria-hidden="true" size={13} strokeWidth={1.9} />}
          >
            Start run
          </ButtonLink>
        ) : null}
      </PageHeader>
      <LiveRefresh facts={props.facts} />
      <Pane label="Runs">
        {page.rows.length === 0 ? (
          <Empty
            title={view === 'open' ? 'Nothing is under way' : 'Nothing has run yet'}
            actions={
              props.mayStart ? <ButtonLink href="/runs/new">Start a run</ButtonLink> : undefined
            }
          >
            A run works on a copy of a workspace. What it wants to change waits for people here.
          </Empty>
        ) : (
          <RunTable rows={page.rows} clock={props.clock} />
        )}
        {page.next === null ? null : (
          <p className="px-5 py-4">
            <ButtonLink href={`/runs?view=${view}&after=${page.next}`}>Older runs</ButtonLink>
          </p>
        )}
      </Pane>
    </>
  )
}

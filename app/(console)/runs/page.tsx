import type { Metadata } from 'next'
import { RunsScreen } from '@/components/runs/runs-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { scopeOf } from '@/lib/auth/permissions'
import { factCount } from '@/lib/inbox/queries/changes'
import { listRuns } from '@/lib/runs/queries/list'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsPage(props: {
  searchParams: Promise<{ view?: string; after?: string }>
}) {
  const actor = await requirePageActor()
  const { view, after } = await props.searchParams
  const shown = view === 'open' ? 'open' : 'all'
  const from = after !== undefined && /^\d{1,9}$/.test(after) ? Number(after) : undefined
  const [page, clock, facts] = await Promise.all([
    listRuns(actor, { view: shown, after: from }),
    viewerClock(),
    factCount(),
  ])
  const scope = scopeOf(actor, 'run.start')
  const mayStart = scope.everywhere || scope.departments.length > 0
  return <RunsScreen {...{ page, clock, facts, mayStart }} view={shown} />
}

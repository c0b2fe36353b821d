import type { Metadata } from 'next'
import { OverviewScreen } from '@/components/overview/overview-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { logSummary } from '@/lib/audit/queries/summary'
import { requirePageActor } from '@/lib/auth/current'
import { scopeOf } from '@/lib/auth/permissions'
import { inboxList } from '@/lib/inbox/queries/list'
import { decisionStats, driftByRule } from '@/lib/inbox/queries/overview'
import { listReviews } from '@/lib/reviews/queries'
import { listRuns } from '@/lib/runs/queries/list'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const actor = await requirePageActor()
  const clock = await viewerClock()
  const [inbox, runs, reviews, drift, decisions, log] = await Promise.all([
    part('inbox', inboxList(actor, { view: 'needs' })),
    part('runs', listRuns(actor, { view: 'open' })),
    part('reviews', listReviews(actor, 'open', new Date(clock.now))),
    part('drift', driftByRule(actor)),
    part('decisions', decisionStats(actor, clock.zone)),
    part('log', logSummary(1)),
  ])
  const start = scopeOf(actor, 'run.start')
  return (
    <OverviewScreen
      parts={{ inbox, runs: runs?.rows ?? null, reviews, drift, decisions, log }}
      personId={actor.id}
      mayStart={start.everywhere || start.departments.length > 0}
      clock={clock}
    />
  )
}

/** One part that fails leaves the others standing. */
async function part<Value>(name: string, reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading
  } catch (error) {
    console.error(`[overview ${name}]`, error)
    return null
  }
}

import type { Metadata } from 'next'
import { FactDrawer } from '@/components/log/fact-drawer'
import { linesByDay } from '@/components/log/lines'
import { LogScreen } from '@/components/log/log-screen'
import { NoLog } from '@/components/log/no-log'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { can, scopeOf } from '@/lib/auth/permissions'
import { factCount } from '@/lib/inbox/queries/changes'
import { readLog } from '@/lib/inbox/queries/log'

export const metadata: Metadata = { title: 'Log' }

type Search = { q?: string; fact?: string; before?: string; target?: string }

export default async function LogPage(props: { searchParams: Promise<Search> }) {
  const actor = await requirePageActor()
  const scope = scopeOf(actor, 'log.read')
  if (!scope.everywhere && scope.departments.length === 0) return <NoLog />
  const search = await props.searchParams
  const clock = await viewerClock()
  const facts = await factCount()
  const log = await readLog(scope, search)
  return (
    <LogScreen
      {...log.screen}
      days={linesByDay(log.rows, log.names, clock.zone)}
      clock={clock}
      facts={facts}
      mayVerify={can(actor, 'log.verify', null)}
      reader={
        log.fact ? (
          <FactDrawer
            fact={log.fact}
            names={log.names}
            clock={clock}
            closeHref={log.closeHref}
            hrefOf={log.screen.hrefOf}
          />
        ) : null
      }
    />
  )
}

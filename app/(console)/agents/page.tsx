import type { Metadata } from 'next'
import { parsePlace } from '@/components/agents/catalog/address'
import { CatalogScreen } from '@/components/agents/catalog/screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { assignableAnywhere } from '@/lib/agents/queries/assignable'
import { catalogChoices, countAgents, listAgents, ownDepartments } from '@/lib/agents/queries/list'
import { requirePageActor } from '@/lib/auth/current'
import { scopeOf } from '@/lib/auth/permissions'
import { localDate } from '@/lib/core/time'
import { ownViews } from '@/lib/people/queries/views'

export const metadata: Metadata = { title: 'Agents' }

export default async function AgentsPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const place = parsePlace(await props.searchParams)
  const clock = await viewerClock()
  const question = { actor, ...place, today: localDate(new Date(clock.now), clock.zone) }
  const [first, counts, choices, own, assignable] = await Promise.all([
    listAgents(question),
    countAgents(question),
    catalogChoices(actor),
    ownViews(actor, 'agents'),
    assignableAnywhere(actor),
  ])
  const importing = scopeOf(actor, 'agent.import')
  return (
    <CatalogScreen
      place={place}
      first={first}
      counts={counts}
      choices={choices}
      own={own}
      reader={{
        mayImport: importing.everywhere || importing.departments.length > 0,
        hasDepartment: ownDepartments(actor).length > 0,
        assignable,
      }}
      clock={clock}
    />
  )
}

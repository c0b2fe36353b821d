import type { Metadata } from 'next'
import { parsePlace } from '@/components/agents/catalog/address'
import { CatalogScreen } from '@/components/agents/catalog/screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { catalogChoices, countAgents, listAgents, ownDepartments } from '@/lib/agents/queries/list'
import { requirePageActor } from '@/lib/auth/current'
import { scopeOf } from '@/lib/auth/permissions'
import { localDate } from '@/lib/core/time'

export const metadata: Metadata = { title: 'Agents' }

export default async function AgentsPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const place = parsePlace(await props.searchParams)
  const clock = await viewerClock()
  const question = { actor, ...place, today: localDate(new Date(clock.now), clock.zone) }
  const [{ rows, next }, counts, choices] = await Promise.all([
    listAgents(question),
    countAgents(question),
    catalogChoices(actor),
  ])
  const importing = scopeOf(actor, 'agent.import')
  return (
    <CatalogScreen
      place={place}
      rows={rows}
      next={next}
      counts={counts}
      choices={choices}
      reader={{
        id: actor.id,
        mayImport: importing.everywhere || importing.departments.length > 0,
        hasDepartment: ownDepartments(actor).length > 0,
      }}
      clock={clock}
    />
  )
}

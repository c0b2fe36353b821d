import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OwnSessions } from '@/components/people/own-sessions'
import { PersonScreen } from '@/components/people/person-screen'
import { placesOf } from '@/components/people/places'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { ChanceryError } from '@/lib/core/errors'
import { listDepartments } from '@/lib/people/queries/installation'
import { ownSessions } from '@/lib/people/queries/own'
import { getPerson, mayManagePerson } from '@/lib/people/queries/people'
import { whyNotDisable, whyNotGrant } from '@/lib/people/rules'

export const metadata: Metadata = { title: 'Person' }

export default async function PersonPage(props: { params: Promise<{ id: string }> }) {
  const actor = await requirePageActor()
  const { id } = await props.params
  const person = await getPerson(actor, id).catch((error: unknown) => {
    if (error instanceof ChanceryError && error.code === 'not_found') notFound()
    throw error
  })
  const own = person.id === actor.id
  const [departments, sessions, clock] = await Promise.all([
    listDepartments(actor),
    own ? ownSessions(actor) : null,
    viewerClock(),
  ])
  return (
    <PersonScreen
      {...{ person, own, clock }}
      lines={person.roles.map((held) => ({
        ...held,
        mayRevoke: can(actor, 'role.grant', held.departmentId),
      }))}
      places={placesOf(actor, 'role.grant', departments)}
      whyNotGrant={whyNotGrant(actor, person)}
      mayManage={!own && mayManagePerson(actor, person)}
      whyNotDisable={whyNotDisable(actor, person, [])}
      sessions={sessions ? <OwnSessions sessions={sessions} clock={clock} /> : null}
    />
  )
}

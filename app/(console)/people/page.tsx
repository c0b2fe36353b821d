import type { Metadata } from 'next'
import { InviteForm } from '@/components/people/invite-form'
import { hrefOf, readPlace } from '@/components/people/people-place'
import { PeopleScreen } from '@/components/people/people-screen'
import { placesOf } from '@/components/people/places'
import { viewerClock } from '@/components/shell/viewer-clock'
import { Drawer } from '@/components/ui/drawer'
import { requirePageActor } from '@/lib/auth/current'
import { listDepartments } from '@/lib/people/queries/installation'
import { listPeople } from '@/lib/people/queries/people'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const place = readPlace(await props.searchParams)
  const { text, state, after } = place
  const [page, departments, clock] = await Promise.all([
    listPeople(actor, { text, state: state ?? undefined, after: after ?? undefined }),
    listDepartments(actor),
    viewerClock(),
  ])
  const places = placesOf(actor, 'people.invite', departments)
  const closeHref = hrefOf({ ...place, invite: false })
  const drawer =
    place.invite && places.length > 0 ? (
      <Drawer label="Invite a person" title="Invite a person" closeHref={closeHref}>
        <InviteForm places={places} closeHref={closeHref} />
      </Drawer>
    ) : null
  return (
    <PeopleScreen {...{ place, page, clock, drawer }} me={actor.id} mayInvite={places.length > 0} />
  )
}

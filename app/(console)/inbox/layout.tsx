import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { InboxScreen } from '@/components/inbox/inbox-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { inboxList } from '@/lib/inbox/queries/list'
import { readKind, readView } from '@/lib/inbox/rules/order'
import { ownViews } from '@/lib/people/queries/views'
import { listReviews } from '@/lib/reviews/queries'

/** The list stays mounted while items come and go beside it. */
export default async function InboxLayout(props: { children: ReactNode }) {
  const actor = await requirePageActor()
  // A layout is not told the query; the list in the browser asks for itself when this is missing.
  const path = (await headers()).get('x-chancery-path') ?? ''
  const query = new URLSearchParams(path.split('?')[1] ?? '')
  const view = readView(query.get('view'))
  const kind = readKind(query.get('kind'))
  const [initial, clock, views] = await Promise.all([
    inboxList(actor, { view, kind }),
    viewerClock(),
    ownViews(actor, 'inbox'),
  ])
  const reviews =
    initial.counts.needs > 0 ? [] : await listReviews(actor, 'open', new Date(clock.now))
  return (
    <InboxScreen
      initial={initial}
      initialKind={kind}
      personId={actor.id}
      ownViews={views}
      clock={clock}
      nextReview={reviews[0] ?? null}
    >
      {props.children}
    </InboxScreen>
  )
}

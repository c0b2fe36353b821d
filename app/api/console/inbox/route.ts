import { respond } from '@/lib/command/respond'
import { inboxList } from '@/lib/inbox/queries/list'
import { readKind, readView } from '@/lib/inbox/rules/order'

/** One page of the inbox: `?view=`, `?kind=`, `?after=` a cursor of the page before. */
export const GET = respond(({ actor, request }) => {
  const query = new URL(request.url).searchParams
  return inboxList(actor, {
    view: readView(query.get('view')),
    kind: readKind(query.get('kind')),
    after: query.get('after'),
  })
})
